"""The sample: about a dozen made-up offices, each showing something the pages must handle."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from nav_access.core.clock import to_oslo
from nav_access.core.db import Database
from nav_access.offices.codes import DayReason, DutyAudience, PlaceKind
from nav_access.offices.models import Office
from nav_access.offices.queries import (
    find_after_hours_numbers,
    get_contact_centre,
    list_duty_lines,
    list_public_offices,
    match_place,
)
from nav_access.offices.sample import load_sample
from nav_access.offices.timetables import office_hours
from tests.rooms.offices_data import TODAY


@pytest.fixture
def sample(database: Database) -> Database:
    """A database with the sample in it."""
    with database.unit_of_work() as session:
        load_sample(session, today=TODAY)
    return database


def offices(database: Database) -> Sequence[Office]:
    with database.read_session() as session:
        return list_public_offices(session, today=TODAY)


def test_loading_again_writes_nothing(sample: Database) -> None:
    with sample.unit_of_work() as session:
        assert load_sample(session, today=TODAY).rows == 0


def test_every_office_is_marked_and_plainly_made_up(sample: Database) -> None:
    assert len(offices(sample)) == 12
    for office in offices(sample):
        assert office.is_sample
        assert "Eksempel" in office.name


def test_one_postcode_of_oslo_leads_straight_to_one_office(sample: Database) -> None:
    with sample.read_session() as session:
        assert match_place(session, "0150").offices[0].slug == "nav-eksempel-bjorvika"
        assert match_place(session, "0150").kind is PlaceKind.ONE_OFFICE
        assert len(match_place(session, "0151").offices) == 3
        assert match_place(session, "Kárášjohka").kind is PlaceKind.ONE_OFFICE
        assert match_place(session, "Bergen").kind is PlaceKind.CHOOSE_OFFICE


def test_it_shows_what_is_hard(sample: Database, now: datetime) -> None:
    hours = [office_hours(office) for office in offices(sample)]
    week = [day for office in hours for one in office.receptions for day in one.week(TODAY)]
    assert any(day.is_appointment_only for day in week)
    assert any(day.reason is DayReason.EXCEPTION for day in week)
    assert any(office.weekly_minutes().best_reception == 0 for office in hours)
    assert any(office.restricted_reason and office.other_way_in for office in offices(sample))
    assert any(office.is_open(now + timedelta(hours=1)) for office in hours)


def test_dated_days_fall_on_working_days_whenever_it_is_loaded(sample: Database) -> None:
    for days in range(1, 30):
        with sample.unit_of_work() as session:
            load_sample(session, today=TODAY + timedelta(days=days))
    dated = [
        day
        for office in offices(sample)
        for one in office_hours(office).receptions
        for day in one.exceptions_from(TODAY)
    ]
    assert len(dated) == 2
    assert all(day.day.weekday() < 5 and day.holiday is None for day in dated)


def test_numbers_for_agencies_are_not_the_publics(sample: Database) -> None:
    with sample.read_session() as session:
        public = list_duty_lines(session, audience=DutyAudience.PUBLIC)
        agencies = list_duty_lines(session, audience=DutyAudience.AGENCIES)
    hidden = {line.phone for line in agencies} - {line.phone for line in public}
    assert hidden == {"+4722000002"}


def test_after_hours_numbers_are_the_publics_own(sample: Database) -> None:
    with sample.read_session() as session:
        office = match_place(session, "0150").offices[0]
        numbers = find_after_hours_numbers(session, office.id)
        assert [number.phone for number in numbers] == ["+4722000091"]
        assert find_after_hours_numbers(session, None) == ()


def test_the_contact_centre_is_staffed_nine_to_three(sample: Database, now: datetime) -> None:
    with sample.read_session() as session:
        centre = get_contact_centre(session)
    assert not centre.is_sample
    assert centre.phone == "+4755553333"
    assert to_oslo(now).hour == 9
    assert [i.weekday for i in centre.duty_lines[0].intervals] == [0, 1, 2, 3, 4]
