"""The sample's rosters: shifts, a day nobody answers, cover asked and given, direct numbers."""

from datetime import timedelta

import pytest

from nav_access.intake.direct_number.codes import Split
from nav_access.intake.direct_number.policy import get_policy
from nav_access.intake.direct_number.rules import leaves_nobody_out
from nav_access.intake.direct_number.sample import load_sample_policies
from nav_access.offices.queries import find_office_by_number
from nav_access.offices.roster.covers import list_asked_of
from nav_access.offices.roster.queries import list_gaps
from nav_access.offices.roster.sample import load_sample_rosters
from nav_access.offices.sample import load_sample
from tests.rooms.offices_data import TODAY


@pytest.fixture
def sample(database):
    with database.unit_of_work() as session:
        load_sample(session, today=TODAY)
        assert load_sample_rosters(session, today=TODAY) == 3
        assert load_sample_policies(session) == 2
    return database


def gaps(database, number):
    with database.read_session() as session:
        office = find_office_by_number(session, number)
        return list_gaps(session, office.id, TODAY + timedelta(days=1))


def test_loading_again_writes_nothing(sample):
    with sample.unit_of_work() as session:
        assert load_sample_rosters(session, today=TODAY) == 0
        assert load_sample_policies(session) == 0


def test_one_office_is_always_answered_one_has_a_gap_and_one_is_covered(sample):
    assert gaps(sample, "9901") == ()
    assert sum(gap.minutes for gap in gaps(sample, "9908")) == 360
    assert all(gap.minutes == 120 for gap in gaps(sample, "9910"))


def test_a_question_of_cover_waits_for_the_manager(sample):
    with sample.read_session() as session:
        asked = find_office_by_number(session, "9901").id
        assert [cover.line.phone for cover in list_asked_of(session, asked, TODAY)]


def test_the_policies_leave_nobody_out(sample):
    with sample.read_session() as session:
        policy = get_policy(session, find_office_by_number(session, "9904").id)
    assert policy.split is Split.BIRTH_DAY
    assert leaves_nobody_out(policy.split, policy.lines)
