"""Staff acting at the same time, and any order of acts: nothing overwritten, nothing forgotten."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from nav_access.intake import handling, person
from nav_access.intake.codes import AcuteStatement, CloseReason, ContactOutcome, DeadlineReason
from nav_access.intake.errors import AlreadyDone, CaseChanged, CaseNotFound, NotAnswered, NotNow
from nav_access.intake.events import state_of
from nav_access.intake.models import Case, CaseEvent
from nav_access.intake.rules import Happening, derive
from tests.desk_factory import Desk, submission


@pytest.fixture
def desk(database, keyring, now):
    return Desk(database, keyring, now)


def together(count, act):
    """Run `act(i)` in `count` threads that start at once; count what they came to."""
    start = Barrier(count)

    def run(index):
        start.wait()
        try:
            act(index)
        except (CaseChanged, AlreadyDone) as fact:
            return type(fact)
        return "done"

    with ThreadPoolExecutor(count) as pool:
        return Counter(pool.map(run, range(count)))


def test_of_many_who_saw_the_same_one_wins_and_the_others_are_told(desk):
    number = desk.receive().number
    whos = [desk.anne, desk.bo] * 4
    results = together(8, lambda i: desk.do(handling.claim, desk.turn(number, 1, whos[i])))
    assert results == {"done": 1, CaseChanged: 7}
    with desk.database.read_session() as session:
        assert len(session.scalars(select(CaseEvent)).all()) == 2


def test_a_form_sent_many_times_at_once_happens_once(desk):
    turn = desk.turn(desk.receive().number)
    results = together(8, lambda _: desk.do(handling.write_note, turn, "En gang."))
    assert results == {"done": 1, AlreadyDone: 7}


STAFF_ACTS = st.one_of(
    st.tuples(st.just(handling.claim)),
    st.tuples(st.just(handling.release)),
    st.tuples(st.just(handling.log_contact), st.sampled_from(ContactOutcome), st.none()),
    st.tuples(st.just(handling.write_note), st.just("Notat.")),
    st.tuples(
        st.just(handling.change_deadline),
        st.just(timedelta(days=1)),
        st.sampled_from(DeadlineReason),
        st.none(),
    ),
    st.tuples(st.just(handling.close_case), st.sampled_from(CloseReason), st.none()),
    st.tuples(st.just(handling.reopen_case), st.none()),
)
PERSON_ACTS = st.sampled_from(["ask", "ask_acute", "withdraw", "undo"])
ACTS = st.lists(st.tuples(st.booleans(), st.one_of(STAFF_ACTS, PERSON_ACTS)), max_size=12)


def act_as_person(desk, number, act):
    given_ = {"keyring": desk.keyring, "now": desk.now}
    with desk.database.unit_of_work() as session:
        if act == "withdraw":
            person.withdraw(session, number, **given_)
        elif act == "undo":
            person.undo_withdrawal(session, number, **given_)
        else:
            acute = {AcuteStatement.NO_FOOD_TODAY} if act == "ask_acute" else ()
            once = submission(desk.keyring)
            person.add_information(session, number, "Hei.", frozenset(acute), once, **given_)


def act_as_staff(desk, number, who, verb, *arguments):
    with desk.database.read_session() as session:
        seen = session.scalar(select(Case.version).where(Case.number == number))
    values = [desk.now + one if isinstance(one, timedelta) else one for one in arguments]
    desk.do(verb, desk.turn(number, seen, who), *values)


def happenings(session, case):
    events = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.seq)
    for event in session.scalars(events):
        yield Happening(event.kind, event.at_utc, event.detail, event.staff_id)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(acts=ACTS)
def test_the_stored_state_is_what_the_events_add_up_to(desk, acts):
    number = desk.receive().number
    for is_anne, act in acts:
        desk.now += timedelta(minutes=20)
        try:
            if isinstance(act, str):
                act_as_person(desk, number, act)
            else:
                act_as_staff(desk, number, desk.anne if is_anne else desk.bo, *act)
        except (NotNow, NotAnswered, CaseNotFound):
            continue
    with desk.database.read_session() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        assert derive(happenings(session, case)) == state_of(case)
