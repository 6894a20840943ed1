"""One run of the sender: what fails waits its turn, and holds up nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from nav_access.core.db import Database, DatabaseUnavailable, Session
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import Channel, Reach
from nav_access.messaging import service
from nav_access.messaging.codes import MessageKind, MessageState
from nav_access.web.messages.carrying import NotTaken
from tests.desk_factory import FOOD
from tests.messages.conftest import EMAIL, PHONE, Post

BY_SMS = ContactWishes(Reach.SMS, PHONE)
BY_EMAIL = ContactWishes(Reach.EMAIL, email=EMAIL)


@pytest.mark.parametrize(
    ("reach", "receipts"),
    [(Reach.CALL, 0), (Reach.SMS, 1), (Reach.EMAIL, 1), (Reach.VISIT, 0), (Reach.HELPER, 0)],
)
def test_who_asked_to_be_written_to_gets_a_receipt(post: Post, reach: Reach, receipts: int) -> None:
    post.receive(ContactWishes(reach, PHONE, EMAIL, may_leave_voicemail=True))
    post.send()
    assert len(post.left) == receipts


def test_a_request_by_sms_gets_its_receipt_in_the_conversation(post: Post) -> None:
    post.desk.receive(replace(FOOD, wishes=BY_SMS, channel=Channel.SMS))
    assert post.rows() == []


def test_the_first_retry_is_at_once(post: Post) -> None:
    post.receive(BY_SMS)
    post.sms.trouble = NotTaken("http_400")
    post.send()
    (row,) = post.rows()
    assert (row.tries, row.due_utc - post.clock()) == (2, timedelta(minutes=1))


def test_one_way_out_that_is_away_does_not_hold_up_the_other(post: Post) -> None:
    post.sms.trouble = NotTaken("no_answer", is_away=True)
    for _ in range(12):
        post.receive(BY_SMS)
    post.receive(BY_EMAIL)
    post.send()
    assert [each.address for each in post.left] == [EMAIL]


def test_a_message_that_cannot_be_made_holds_up_nobody(post: Post) -> None:
    case_id = post.receive(BY_SMS)
    post.tell(case_id, MessageKind.DIALOGUE, say="no such words")
    for _ in range(12):
        post.receive(BY_SMS)
    post.send()
    assert len(post.left) == 13
    assert [row.trouble for row in post.rows() if row.state is MessageState.WAITING] == ["fault"]


def test_a_reminder_is_not_sent_when_its_time_has_begun(post: Post) -> None:
    case_id = post.receive(ContactWishes(Reach.CALL, PHONE, may_leave_voicemail=True))
    starts = post.clock() + timedelta(hours=1)
    post.tell(case_id, MessageKind.REMINDER_SAME_DAY, starts=starts.isoformat())
    post.clock.advance(hours=1)
    post.send()
    assert (post.left, post.rows()[0].trouble) == ([], "too_late")


def test_a_database_that_is_busy_makes_nobody_get_a_message_twice(post: Post) -> None:
    post.receive(BY_SMS)
    busy = _Busy(post)
    post.sms.on_carry = busy.begin
    post.send()
    post.clock.advance(hours=1)
    post.send()
    assert (len(post.left), busy.refused) == (1, 3)


def test_with_nothing_due_no_writer_loses_a_turn(post: Post) -> None:
    case_id = post.receive(ContactWishes(Reach.VISIT))
    post.tell(case_id, MessageKind.FALLBACK)
    post.tell(case_id, MessageKind.BOOKED, due=post.clock() + timedelta(hours=1))
    post.send()
    busy = _Busy(post)
    busy.begin()
    assert (post.send().total(), busy.refused) == (0, 0)


class _Busy:
    """A database that refuses the next three transactions after it was told to."""

    def __init__(self, post: Post) -> None:
        self.real: Database = post.installation.database
        self.left, self.refused = 0, 0
        self.read_session = self.real.read_session
        post.installation = replace(post.installation, database=self)

    def begin(self) -> None:
        self.left = 3

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        if self.left:
            self.left -= 1
            self.refused += 1
            raise DatabaseUnavailable("busy")
        with self.real.unit_of_work() as session:
            yield session


def test_while_a_run_is_slow_nobody_else_takes_what_it_is_about_to_send(post: Post) -> None:
    for _ in range(15):
        post.receive(BY_SMS)

    def is_slow() -> None:
        post.clock.advance(minutes=1)
        with post.installation.database.unit_of_work() as session:
            freed.append(service.sweep(session, now=post.clock()))

    freed: list[int] = []
    post.sms.on_carry = is_slow
    post.send()
    assert (len({each.once for each in post.left}), len(post.left), sum(freed)) == (15, 15, 0)


def test_a_run_that_lasts_into_the_evening_wakes_nobody(post: Post) -> None:
    post.clock.set(post.clock().replace(hour=19, minute=58))
    for _ in range(3):
        post.tell(post.receive(BY_SMS), MessageKind.MISSED_CALL)
    post.clock.advance(minutes=1)
    post.sms.on_carry = lambda: post.clock.advance(minutes=0.5)
    post.send()
    late = [row for row in post.rows() if row.kind == MessageKind.MISSED_CALL and not row.sent_utc]
    assert late
