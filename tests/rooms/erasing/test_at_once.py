"""A case is erased while others are at work in it: they get an answer, and it is whole or gone."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import select

from nav_access.core.patience import again_while_busy
from nav_access.erasing.cases import erase_asked, erase_if_over
from nav_access.erasing.service import run_retention
from nav_access.intake import handling, person
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import ContactOutcome, Reach
from nav_access.intake.errors import CaseChanged, CaseNotFound, NotNow
from nav_access.intake.messages import prepare
from nav_access.intake.models import Case, CaseEvent, Reaching
from nav_access.intake.sealing import open_event_text, open_seal
from nav_access.messaging import service as outbox
from nav_access.messaging.codes import MessageChannel, MessageState
from nav_access.messaging.models import OutboxMessage
from tests.desk_factory import submission

HOUR = timedelta(hours=1)
ANSWERS = (CaseChanged, CaseNotFound, NotNow)
ROUNDS = 3


def together(*acts):
    """Run acts in threads that start at once; return what each came to."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        except ANSWERS as fact:
            return type(fact)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def eraser(desk, number):
    """Return what erases a case; only this one tries again, nobody else has to wait for it."""

    def act():
        with desk.database.unit_of_work() as session:
            return erase_asked(session, number, actor="cli", now=desk.now)

    return partial(again_while_busy, act)


def add(desk, number):
    once = submission(desk.keyring)
    words = ("Og så er huset kaldt.", frozenset(), once)
    desk.as_person(person.add_information, number, None, *words)


def change(desk, number):
    wishes = ContactWishes(Reach.SMS, "+4798765432")
    desk.as_person(person.change_contact, number, None, wishes, submission(desk.keyring))


def write(desk, number):
    desk.do(handling.write_note, desk.turn(number), "Et notat.")


def log(desk, number):
    verb = partial(handling.log_contact, code_word="Ugle")
    desk.do(verb, desk.turn(number), ContactOutcome.ANSWERED, "Ord.")


ACTS = [add, change, write, log]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_whoever_is_at_work_gets_an_answer_and_the_case_is_whole_or_gone(desk, act):
    for _ in range(ROUNDS):
        number = desk.receive().number
        is_erased, answer = together(eraser(desk, number), lambda n=number: act(desk, n))
        assert answer in (None, *ANSWERS)
        assert is_erased or answer is None
        assert_whole_or_gone(desk, number)


def assert_whole_or_gone(desk, number):
    with desk.database.read_session() as session:
        found = select(Case, Reaching).join(Reaching).where(Case.number == number)
        case, reaching = session.execute(found).one()
        events = session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id)).all()
        if case.wrapped_key is None:
            assert not [event.seq for event in events if event.text_sealed]
            assert (reaching.phone_sealed, reaching.phone_index, reaching.name_sealed) == (
                None,
            ) * 3
            assert (reaching.code_word_sealed, reaching.email_sealed) == (None, None)
            return
        seal = open_seal(desk.keyring, case)
        texts = [open_event_text(seal, number, e.seq, e.text_sealed) for e in events]
        assert any(texts)
        assert len(events) == case.version


def test_an_undo_at_the_last_moment_wins_or_finds_nothing(desk):
    answers = Counter()
    for _ in range(ROUNDS):
        number = desk.receive().number
        desk.withdraw(number)
        end, undo = together(over(desk, number), lambda n=number: undoing(desk, n))
        answers[undo] += 1
        assert (undo is CaseNotFound) == (end is not None) == desk.is_erased(number)
    assert answers.keys() <= {None, CaseNotFound}


def over(desk, number):
    def act():
        with desk.database.unit_of_work() as session:
            case_id = session.scalar(select(Case.id).where(Case.number == number))
            return erase_if_over(session, case_id, now=desk.now + HOUR + timedelta(seconds=1))

    return partial(again_while_busy, act)


def undoing(desk, number):
    desk.as_person(person.undo_withdrawal, number, desk.now + HOUR)


def test_many_runs_at_once_erase_each_case_once(desk):
    numbers = [desk.receive().number for _ in range(4)]
    late = desk.after(days=731)
    runs = together(*[lambda: run_retention(desk.database, desk.keyring, now=late)] * 4)
    assert sum(run.done["cases"] for run in runs) == 4
    assert all(desk.is_erased(number) for number in numbers)


def claimed(desk):
    """A message that a sender is at work on, of a case."""
    number = desk.receive(wishes=ContactWishes(Reach.SMS, "+4798765432")).number
    with desk.database.unit_of_work() as session:
        [claim] = outbox.claim_due(session, now=desk.now)
    return number, claim


def test_a_sender_with_a_lease_learns_that_there_is_nobody_to_write_to(desk):
    number, claim = claimed(desk)
    eraser(desk, number)()
    with desk.database.read_session() as session:
        assert prepare(session, claim, keyring=desk.keyring, now=desk.now) is None
    with desk.database.unit_of_work() as session:
        outbox.mark_failed(session, claim, "away", now=desk.now)
        assert session.scalar(select(OutboxMessage.state)) == MessageState.FAILED


def test_what_a_sender_sent_meanwhile_is_noted(desk):
    for _ in range(ROUNDS):
        number, claim = claimed(desk)
        together(eraser(desk, number), lambda c=claim: sent(desk, c))
        with desk.database.read_session() as session:
            state = select(OutboxMessage.state).where(OutboxMessage.id == claim.id)
            assert session.scalar(state) == MessageState.SENT


def sent(desk, claim):
    with desk.database.unit_of_work() as session:
        outbox.mark_sent(session, claim, MessageChannel.SMS, now=desk.now)
