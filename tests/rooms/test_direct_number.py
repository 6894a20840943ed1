"""Direct numbers: one policy an office, given once when somebody there begins, countable."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.intake import handling
from nav_access.intake.codes import ContactOutcome, EventKind, Need
from nav_access.intake.direct_number.choosing import choose_by_birth_day
from nav_access.intake.direct_number.codes import Split
from nav_access.intake.direct_number.errors import (
    LineNotForPeople,
    NoSuchDay,
    PolicyChanged,
    PolicyIncomplete,
)
from nav_access.intake.direct_number.policy import get_policy, set_policy
from nav_access.intake.direct_number.queries import count_direct_numbers, find_direct_line
from nav_access.intake.direct_number.rules import PolicyLine, choose_line, leaves_nobody_out
from nav_access.intake.models import CaseEvent
from nav_access.offices.codes import DutyAudience
from nav_access.offices.models import DutyLine
from nav_access.offices.roster.errors import AlreadyDone
from nav_access.offices.roster.service import Editor
from tests.desk_factory import Desk

EVERYBODY, FOOD, LATE = "+4722000001", "+4722000002", "+4722000003"


class Policies(Desk):
    """A desk whose first office has three public lines."""

    def __init__(self, database, keyring, now):
        super().__init__(database, keyring, now)
        self.lines = {
            phone: self.add_line(self.office_id, phone) for phone in (EVERYBODY, FOOD, LATE)
        }

    def add_line(self, office_id, phone, audience=DutyAudience.PUBLIC):
        with self.database.unit_of_work() as session:
            line = DutyLine(office_id=office_id, position=0, phone=phone, audience=audience)
            session.add(line)
            session.flush()
            return line.id

    def line(self, phone, *needs, days=None):
        return PolicyLine(self.lines[phone], frozenset(needs), days)

    def decide(self, split, *lines, seen=0, name=b"1"):
        editor = Editor(self.office_id, "staff:1", seen, name)
        with self.database.unit_of_work() as session:
            set_policy(session, editor, split, lines, now=self.now)

    def phone_of(self, number):
        with self.database.read_session() as session:
            return find_direct_line(session, number).phone

    def count(self, kind=EventKind.DIRECT_NUMBER_GIVEN):
        with self.database.read_session() as session:
            return session.query(CaseEvent).filter_by(kind=kind).count()

    def counts(self):
        day = timedelta(days=1)
        with self.database.read_session() as session:
            found = count_direct_numbers(session, self.office_id, self.now - day, self.now + day)
        return found.begun, found.given, found.not_given


@pytest.fixture
def desk(database, keyring, now):
    return Policies(database, keyring, now)


def test_without_a_policy_nobody_gets_a_number_and_that_is_counted(desk):
    number = desk.receive().number
    desk.do(handling.claim, desk.turn(number))
    assert desk.phone_of(number) is None
    assert desk.counts() == (1, 0, 1)


def test_the_first_claim_gives_it_once(desk):
    desk.decide(Split.EVERYBODY, desk.line(EVERYBODY))
    number = desk.receive().number
    assert desk.phone_of(number) is None
    desk.do(handling.claim, desk.turn(number))
    desk.do(handling.log_contact, desk.turn(number, 3), ContactOutcome.NO_ANSWER, None)
    assert desk.phone_of(number) == EVERYBODY
    assert (desk.count(), desk.counts()) == (1, (1, 1, 0))


def test_a_first_attempt_gives_it_as_well_as_a_claim(desk):
    desk.decide(Split.EVERYBODY, desk.line(EVERYBODY))
    number = desk.receive().number
    desk.do(handling.log_contact, desk.turn(number), ContactOutcome.NO_ANSWER, None)
    assert desk.phone_of(number) == EVERYBODY


def test_by_need_the_first_need_decides_and_the_others_have_a_line(desk):
    desk.decide(Split.NEED, desk.line(EVERYBODY), desk.line(FOOD, Need.FOOD))
    food, letter = desk.receive(), desk.receive(needs=frozenset({Need.LETTER}))
    for receipt in (food, letter):
        desk.do(handling.claim, desk.turn(receipt.number))
    assert desk.phone_of(food.number) == FOOD
    assert desk.phone_of(letter.number) == EVERYBODY


def test_by_birth_day_the_desk_chooses_and_the_day_is_kept_nowhere(desk):
    desk.decide(Split.BIRTH_DAY, desk.line(EVERYBODY), desk.line(LATE, days=(16, 31)))
    number = desk.receive().number
    desk.do(handling.claim, desk.turn(number))
    assert desk.phone_of(number) == EVERYBODY
    desk.do(choose_by_birth_day, desk.turn(number, 3), 27)
    assert desk.phone_of(number) == LATE
    with desk.database.read_session() as session:
        assert not any("27" in str(event.detail) for event in session.query(CaseEvent))


def test_a_birth_day_is_not_asked_where_it_decides_nothing(desk):
    desk.decide(Split.EVERYBODY, desk.line(EVERYBODY))
    number = desk.receive().number
    with pytest.raises(NoSuchDay):
        desk.do(choose_by_birth_day, desk.turn(number), 27)


def test_a_later_policy_leaves_what_was_given(desk):
    desk.decide(Split.EVERYBODY, desk.line(EVERYBODY))
    number = desk.receive().number
    desk.do(handling.claim, desk.turn(number))
    desk.decide(Split.EVERYBODY, desk.line(LATE), seen=1, name=b"2")
    assert desk.phone_of(number) == EVERYBODY


def test_a_line_that_is_gone_is_not_shown_but_still_counted(desk):
    desk.decide(Split.EVERYBODY, desk.line(EVERYBODY))
    number = desk.receive().number
    desk.do(handling.claim, desk.turn(number))
    with desk.database.unit_of_work() as session:
        session.delete(session.get(DutyLine, desk.lines[EVERYBODY]))
    assert desk.phone_of(number) is None
    assert desk.counts() == (1, 1, 0)


def test_who_was_second_is_told_and_the_same_form_is_one_act(desk):
    desk.decide(Split.EVERYBODY, desk.line(EVERYBODY))
    with pytest.raises(PolicyChanged):
        desk.decide(Split.NOBODY, name=b"2")
    with pytest.raises(AlreadyDone):
        desk.decide(Split.EVERYBODY, desk.line(EVERYBODY))
    with desk.database.read_session() as session:
        assert get_policy(session, desk.office_id).version == 1


def test_only_the_offices_own_public_lines_are_given(desk):
    foreign = desk.add_line(desk.other_id, "+4722000009")
    secret = desk.add_line(desk.office_id, "+4722000008", DutyAudience.AGENCIES)
    for line_id in (foreign, secret):
        with pytest.raises(LineNotForPeople):
            desk.decide(Split.EVERYBODY, PolicyLine(line_id))


def test_a_policy_that_leaves_somebody_out_is_refused(desk):
    for lines in ([desk.line(FOOD, Need.FOOD)], []):
        with pytest.raises(PolicyIncomplete):
            desk.decide(Split.NEED, *lines)


ranges = st.tuples(st.integers(1, 31), st.integers(1, 31)).filter(lambda r: r[0] <= r[1])
needs = st.frozensets(st.sampled_from(Need), max_size=3)
policies = st.lists(st.builds(PolicyLine, st.integers(1, 9), needs, st.none() | ranges), max_size=4)


@given(st.sampled_from(Split), policies, needs, st.none() | st.integers(1, 31))
def test_a_whole_policy_gives_everybody_a_line_and_never_two(split, lines, wanted, day):
    if not leaves_nobody_out(split, lines):
        return
    chosen = choose_line(split, lines, wanted, day)
    assert (chosen is None) == (split is Split.NOBODY)
    if split is Split.BIRTH_DAY and day:
        fitting = [one.line_id for one in lines if one.days and one.days[0] <= day <= one.days[1]]
        assert len(fitting) <= 1
        assert not fitting or chosen == fitting[0]
