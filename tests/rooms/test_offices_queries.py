"""Getting offices, their staffed hours, and what must never come along."""

import pytest

from nav_access.core.clock import to_oslo
from nav_access.core.db import Database
from nav_access.offices.codes import DutyAudience
from nav_access.offices.errors import OfficeNotFound
from nav_access.offices.models import DutyInterval, DutyLine
from nav_access.offices.queries import (
    find_office_by_number,
    find_public_office,
    get_contact_centre,
    get_data_version,
    get_office,
    get_office_by_id,
    get_staffed_hours,
)
from nav_access.offices.rules import Interval
from nav_access.offices.service import bump_data_version, ensure_contact_centre
from nav_access.offices.timetables import office_hours
from tests.rooms.offices_data import TODAY, UNITS, bring_in


def test_a_public_office_comes_with_its_hours(database: Database) -> None:
    bring_in(database, UNITS)
    with database.read_session() as session:
        office = get_office(session, "nav-vaernes", today=TODAY)
    assert len(office.receptions) == 5
    assert office_hours(office).weekly_minutes().best_reception > 0


def test_a_hidden_office_is_found_by_staff_and_not_by_the_public(database: Database) -> None:
    bring_in(database, UNITS)
    with database.read_session() as session:
        hidden = find_office_by_number(session, "0441")
        assert hidden is not None
        assert get_office_by_id(session, hidden.id).number == "0441"
        assert find_public_office(session, hidden.slug) is None
        with pytest.raises(OfficeNotFound):
            get_office(session, hidden.slug)


def test_no_slug_is_no_office(database: Database) -> None:
    with database.read_session() as session:
        assert find_public_office(session, None) is None
        assert find_public_office(session, "") is None
        assert find_public_office(session, "nav\0moss") is None
        with pytest.raises(OfficeNotFound):
            get_office(session, "nav\0moss")
        with pytest.raises(OfficeNotFound):
            get_contact_centre(session)
        with pytest.raises(OfficeNotFound):
            get_office_by_id(session, 12345)


def test_the_contact_centre_is_made_once(database: Database) -> None:
    with database.unit_of_work() as session:
        made = ensure_contact_centre(session).id
    with database.unit_of_work() as session:
        assert ensure_contact_centre(session).id == made


def test_staffed_hours_come_from_the_offices_own_lines(database: Database) -> None:
    bring_in(database, UNITS)
    with database.unit_of_work() as session:
        office = find_office_by_number(session, "1805")
        assert office is not None
        assert get_staffed_hours(session, office.id).intervals_on(TODAY) == (Interval(540, 900),)
        monday = DutyInterval(weekday=0, opens_minute=600, closes_minute=660)
        line = DutyLine(phone="+4722000001", position=0, audience=DutyAudience.AGENCIES)
        line.intervals = [monday, DutyInterval(on_date=TODAY)]
        office.duty_lines.append(line)
    with database.read_session() as session:
        hours = get_staffed_hours(session, office.id)
    assert hours.intervals_on(TODAY) == ()
    assert hours.intervals_on(TODAY.replace(day=30)) == (Interval(600, 660),)


def test_an_import_leaves_the_offices_own_duty_lines(database: Database) -> None:
    bring_in(database, "navno_mock_office_details.json")
    with database.unit_of_work() as session:
        office = find_office_by_number(session, "1234")
        assert office is not None
        own = DutyLine(phone="+4722000001", position=5, audience=DutyAudience.PUBLIC)
        office.duty_lines.append(own)
    assert bring_in(database, "navno_mock_office_details.json").rows == 0
    with database.read_session() as session:
        kept = find_office_by_number(session, "1234")
        assert kept is not None
        assert [line.phone for line in kept.duty_lines] == ["+4799527885", "+4722000001"]


def test_the_data_version_grows(database: Database) -> None:
    with database.unit_of_work() as session:
        assert get_data_version(session) == 0
        assert bump_data_version(session) == 1
        assert bump_data_version(session) == 2
    with database.read_session() as session:
        assert get_data_version(session) == 2


def test_the_exception_of_2042_is_ahead_and_that_of_1999_behind(database: Database) -> None:
    bring_in(database, "navno_mock_office_details.json")
    with database.read_session() as session:
        office = get_office(session, "nav-oslo", today=TODAY)
    ahead = office_hours(office).receptions[1].exceptions_from(TODAY)
    assert [day.day.year for day in ahead] == [2042, 2042]
    assert ahead[0].is_closed
    assert to_oslo(ahead[1].spans[0].ends).hour == 12
