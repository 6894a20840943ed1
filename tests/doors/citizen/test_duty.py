"""Numbers to ring: who answers now stands first, whose lines are public, by place, in Arabic."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from nav_access.core.clock import OSLO
from nav_access.offices.codes import DutyAudience
from nav_access.offices.models import DutyCover, DutyInterval, DutyLine, DutyShift, Office
from nav_access.offices.roster.codes import CoverState, ShiftKind
from nav_access.offices.service import ensure_contact_centre
from tests.page import page

PUBLIC = DutyAudience.PUBLIC


@pytest.fixture
def add_line(citizen):
    """Gives an office a line staffed on weekdays from 9 to 12."""

    def add(slug: str, phone: str, audience: DutyAudience = PUBLIC, **columns: object) -> None:
        hours = {"opens_minute": 540, "closes_minute": 720}
        week = [DutyInterval(weekday=day, **hours) for day in range(5)]
        with citizen.database.unit_of_work() as session:
            office = session.scalars(select(Office).where(Office.slug == slug)).one()
            columns = {"intervals": week, "position": 0, **columns}
            office.duty_lines.append(DutyLine(phone=phone, audience=audience, **columns))

    return add


def test_the_service_and_the_emergency_numbers_are_always_there(citizen):
    with citizen.database.unit_of_work() as session:
        ensure_contact_centre(session)
    numbers = citizen.page("/en/duty").phone_numbers
    assert {"+4755553333", "112", "110", "113", "116117", "116111", "116006", "116123"} <= {
        *numbers
    }


def test_those_who_answer_now_stand_first(citizen, add_line):
    never = [DutyInterval(weekday=6, opens_minute=540, closes_minute=720)]
    add_line("nav-eikevik", "+4722000001", intervals=never)
    add_line("nav-granvik", "+4722000002")
    found = citizen.page("/en/duty")
    assert [name.get_text() for name in found.all("h3")] == ["Nav Granvik", "Nav Eikevik"]
    assert "Somebody answers now. Monday to Friday: 09:00 to 12:00" in found.text


def test_when_nobody_answers_it_says_when_and_whom_else(citizen, add_line, clock):
    add_line("nav-eikevik", "+4722000001", after_hours_phone="+4722000009")
    clock.set(datetime(2026, 11, 27, 12, 0, tzinfo=OSLO))
    found = citizen.page("/en/duty")
    assert "Nobody answers now. Ring from 09:00 on Monday 30 November." in found.text
    assert "+4722000009" in found.phone_numbers


def test_a_line_without_known_hours_promises_nothing(citizen, add_line):
    add_line("nav-eikevik", "+4722000001", intervals=[])
    box = citizen.page("/en/duty").one(".box:has(h3)").get_text()
    assert "answers" not in box


@pytest.mark.parametrize("audience", [DutyAudience.AGENCIES, DutyAudience.CONTACT_CENTRE])
def test_lines_for_agencies_are_not_shown(citizen, add_line, audience):
    add_line("nav-eikevik", "+4722000003", audience)
    for path in ("/en/duty", "/en/duty?q=Oslo", "/en/offices/nav-eikevik"):
        assert "+4722000003" not in citizen.page(path).phone_numbers


def test_a_place_shows_its_own_lines_only(citizen, add_line):
    add_line("nav-eikevik", "+4722000001", topic="Akutt hjelp", split="Født 1. til 15.")
    add_line("nav-granvik", "+4722000002")
    found = citizen.page("/en/duty?q=0150")
    assert [name.get_text() for name in found.all("h3")] == ["Nav Eikevik"]
    assert "Akutt hjelp Født 1. til 15." in found.text


def test_a_place_without_a_line_is_sent_to_the_service(citizen):
    assert "Ring the number above." in citizen.page("/en/duty?q=Ingensteds").text


def test_in_arabic_and_wrong_method(citizen):
    assert citizen.page("/ar/duty").root["dir"] == "rtl"
    answer = citizen.client.post("/ar/duty")
    assert answer.status_code == 405
    assert page(answer).phone_numbers


def test_a_line_another_office_answers_for_stands_first_with_its_number(citizen, add_line):
    add_line("nav-eikevik", "+4722000001", intervals=[])
    add_line("nav-granvik", "+4722000002")
    with citizen.database.unit_of_work() as session:
        mine, other = session.scalars(select(DutyLine).order_by(DutyLine.phone)).all()[:2]
        today = {"first_date": date(2026, 11, 23), "last_date": date(2026, 11, 23)}
        mine.shifts = [DutyShift(kind=ShiftKind.ABSENT, **today)]
        state, office_id = CoverState.ACCEPTED, other.office_id
        cover = DutyCover(office_id=office_id, by_line_id=other.id, state=state, **today)
        mine.covers = [cover]
    box = citizen.page("/en/duty").all(".box:has(h3)")[0].get_text(" ", strip=True)
    assert box.startswith("Nav Eikevik")
    assert "When nobody answers, ring: 22 00 00 02 Nav Granvik" in box
