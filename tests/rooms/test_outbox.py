"""The outbox: queued once, claimed by one sender, tried again, given up, only ever forward."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select

from nav_access.core.db import Database
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.registry import resealers
from nav_access.messaging import service
from nav_access.messaging.codes import MessageChannel, MessageKind, MessageState
from nav_access.messaging.models import OutboxMessage
from nav_access.messaging.sealing import open_recipient
from nav_access.messaging.service import Claim
from tests.desk_factory import Desk

PHONE = "+4791234567"
STEPS_IN_MINUTES = [0, 1, 5, 15, 60, 60]


class Outbox:
    """The outbox of one database, a step in a transaction of its own."""

    def __init__(self, database: Database, keyring: Keyring, now: datetime) -> None:
        self.database, self.keyring, self.now = database, keyring, now

    def queue(self, once: str, *, minutes: float = 0, **detail: str) -> None:
        """Queue an answer to somebody without a case, due in `minutes`."""
        with self.database.unit_of_work() as session:
            service.queue(
                session,
                MessageKind.DIALOGUE,
                case_id=None,
                once=once,
                due_utc=self.now + timedelta(minutes=minutes),
                now=self.now,
                detail=detail,
                recipient=PHONE,
                language="nb",
                keyring=self.keyring,
            )

    def claim(self, after: timedelta = timedelta(0)) -> tuple[Claim, ...]:
        """Claim what is due so long after now."""
        with self.database.unit_of_work() as session:
            return service.claim_due(session, now=self.now + after)

    def do(self, verb: Callable[..., object], *arguments: object, **named: object) -> object:
        """Run one verb of the room."""
        with self.database.unit_of_work() as session:
            return verb(session, *arguments, **named)

    def get(self, once: str) -> OutboxMessage:
        """Return a message as it is stored."""
        with self.database.read_session() as session:
            return session.scalars(select(OutboxMessage).where(OutboxMessage.once == once)).one()


@pytest.fixture
def outbox(database: Database, keyring: Keyring, now: datetime) -> Outbox:
    return Outbox(database, keyring, now)


def test_what_is_queued_twice_is_there_once(outbox: Outbox) -> None:
    outbox.queue("a", say="first")
    outbox.queue("a", say="second")
    assert [claim.detail["say"] for claim in outbox.claim()] == ["first"]


def test_a_message_waits_until_it_is_due(outbox: Outbox) -> None:
    outbox.queue("later", minutes=10)
    assert outbox.claim(timedelta(minutes=9)) == ()
    assert len(outbox.claim(timedelta(minutes=10))) == 1


def test_what_is_claimed_is_not_claimed_again(outbox: Outbox) -> None:
    outbox.queue("a")
    assert len(outbox.claim()) == 1
    assert outbox.claim() == ()


def test_the_number_is_sealed(outbox: Outbox) -> None:
    outbox.queue("a")
    assert PHONE[-8:].encode() not in (outbox.get("a").recipient_sealed or b"")


def test_a_failed_message_is_tried_at_once_then_ever_later(outbox: Outbox) -> None:
    outbox.queue("a")
    passed, waits = timedelta(0), []
    for _ in STEPS_IN_MINUTES:
        (claim,) = outbox.claim(passed)
        outbox.do(service.mark_failed, claim, "no_answer", now=outbox.now + passed)
        waits.append(outbox.get("a").due_utc - outbox.now - passed)
        passed += waits[-1]
    assert waits == [timedelta(minutes=minutes) for minutes in STEPS_IN_MINUTES]


def test_after_two_days_it_is_given_up(outbox: Outbox) -> None:
    outbox.queue("a")
    (claim,) = outbox.claim(timedelta(hours=47, minutes=59))
    late = outbox.now + timedelta(days=2)
    outbox.do(service.mark_failed, claim, "no_answer", now=late)
    assert outbox.get("a").state is MessageState.FAILED


def test_what_is_refused_for_good_is_not_tried_again(outbox: Outbox) -> None:
    outbox.queue("a")
    (claim,) = outbox.claim()
    outbox.do(service.mark_failed, claim, "refused", is_final=True, now=outbox.now)
    assert outbox.get("a").state is MessageState.FAILED
    assert outbox.claim(timedelta(days=1)) == ()


def test_a_dead_senders_message_is_free_when_its_lease_runs_out(outbox: Outbox) -> None:
    outbox.queue("a")
    (claim,) = outbox.claim()
    assert outbox.do(service.sweep, now=claim.lease_utc - timedelta(seconds=1)) == 0
    assert outbox.do(service.sweep, now=claim.lease_utc) == 1
    assert len(outbox.claim(claim.lease_utc - outbox.now)) == 1


def test_a_sender_whose_lease_ran_out_does_not_undo_the_next_ones_work(outbox: Outbox) -> None:
    outbox.queue("a")
    (slow,) = outbox.claim()
    outbox.do(service.sweep, now=slow.lease_utc)
    (quick,) = outbox.claim(slow.lease_utc - outbox.now)
    outbox.do(service.mark_failed, slow, "no_answer", now=slow.lease_utc)
    assert outbox.get("a").lease_token == quick.token


def test_a_sender_whose_lease_ran_out_still_says_that_it_left(outbox: Outbox) -> None:
    outbox.queue("a")
    (slow,) = outbox.claim()
    outbox.do(service.sweep, now=slow.lease_utc)
    sent(outbox, slow)
    assert outbox.claim(timedelta(days=1)) == ()
    assert outbox.get("a").state is MessageState.SENT


@pytest.mark.parametrize(
    ("reports", "end"),
    [
        (("delivered",), "delivered"),
        (("failed", "delivered"), "delivered"),
        (("delivered", "failed"), "delivered"),
        (("delivered", "delivered"), "delivered"),
        (("failed",), "failed"),
    ],
)
def test_reports_only_move_forward(outbox: Outbox, reports: tuple[str, ...], end: str) -> None:
    outbox.queue("a")
    sent(outbox, *outbox.claim())
    for state in reports:
        outbox.do(service.apply_report, "a", MessageState(state), now=outbox.now)
    assert outbox.get("a").state == end


def test_a_report_quicker_than_our_own_note_stands(outbox: Outbox) -> None:
    outbox.queue("a")
    (claim,) = outbox.claim()
    outbox.do(service.apply_report, "a", MessageState.DELIVERED, now=outbox.now)
    sent(outbox, claim)
    found = outbox.get("a")
    assert (found.state, found.sent_utc) == (MessageState.DELIVERED, outbox.now)


def sent(outbox: Outbox, claim: Claim) -> None:
    """Note that a message left by SMS."""
    outbox.do(service.mark_sent, claim, MessageChannel.SMS, now=outbox.now)


def test_a_report_of_an_unknown_message_is_nothing(outbox: Outbox) -> None:
    assert outbox.do(service.apply_report, "x", MessageState.FAILED, now=outbox.now) is False


SENDERS = 6


def test_many_senders_at_once_claim_each_message_once(outbox: Outbox) -> None:
    names = {f"m{number}" for number in range(60)}
    for name in names:
        outbox.queue(name)
    start = Barrier(SENDERS)

    def claim_all(_: int) -> list[str]:
        start.wait()
        batches = iter(outbox.claim, ())
        return [claim.once for batch in batches for claim in batch]

    with ThreadPoolExecutor(SENDERS) as pool:
        claimed = Counter(once for each in pool.map(claim_all, range(SENDERS)) for once in each)
    assert claimed == dict.fromkeys(names, 1)


@pytest.fixture
def case_id(outbox: Outbox) -> int:
    """A case with one reminder in the outbox."""
    desk = Desk(outbox.database, outbox.keyring, outbox.now)
    desk.receive()
    tomorrow = outbox.now + timedelta(days=1)
    detail = {"starts": tomorrow.isoformat(), "ends": (tomorrow + timedelta(hours=1)).isoformat()}
    outbox.do(
        service.queue,
        MessageKind.REMINDER_SAME_DAY,
        case_id=1,
        once="reminder",
        due_utc=outbox.now,
        now=outbox.now,
        detail=detail,
    )
    return 1


REMINDERS = {MessageKind.REMINDER_SAME_DAY, MessageKind.REMINDER_DAY_BEFORE}


def test_what_is_withdrawn_is_not_sent(outbox: Outbox, case_id: int) -> None:
    outbox.do(service.withdraw_queued, case_id, REMINDERS)
    assert outbox.claim() == ()
    assert outbox.get("reminder").state is MessageState.WITHHELD


def test_only_the_kinds_named_are_withdrawn(outbox: Outbox, case_id: int) -> None:
    outbox.do(service.withdraw_queued, case_id, {MessageKind.BOOKED})
    assert len(outbox.claim()) == 1


def test_what_is_withdrawn_under_way_is_not_tried_again(outbox: Outbox, case_id: int) -> None:
    (claim,) = outbox.claim()
    outbox.do(service.withdraw_queued, case_id, REMINDERS)
    outbox.do(service.mark_failed, claim, "no_answer", now=outbox.now)
    assert outbox.get("reminder").state is MessageState.FAILED


def test_a_reminder_is_given_up_when_its_time_begins(outbox: Outbox, case_id: int) -> None:
    assert outbox.get("reminder").case_id == case_id
    assert outbox.get("reminder").give_up_utc == outbox.now + timedelta(days=1)


def test_a_rotation_reaches_the_numbers(outbox: Outbox, keys_file: Path) -> None:
    for name in ("a", "b", "c"):
        outbox.queue(name)
    Keyring.rotate(keys_file)
    keyring = Keyring.load(keys_file)
    (ours,) = (one for one in resealers() if one.name == "recipients of messages")
    cursor = None
    while cursor := outbox.do(ours.reseal_batch, keyring, cursor, 2):
        pass
    assert outbox.do(ours.key_ids_in_use) == {keyring.active_id}
    assert open_recipient(keyring, "b", outbox.get("b").recipient_sealed or b"") == PHONE
