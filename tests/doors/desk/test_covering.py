"""Whoever answers another office's line finds its case by number, and picks up where it stands."""

import json
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from nav_access.core.audit_tables import ENTRIES
from nav_access.core.clock import OSLO
from nav_access.intake.models import Case, CaseEvent
from nav_access.offices.codes import DutyAudience
from nav_access.offices.models import DutyCover, DutyInterval, DutyLine
from nav_access.offices.roster.codes import CoverState
from tests.doors.desk.test_case import events, form
from tests.page import page

TODAY = date(2026, 11, 23)
covered = pytest.mark.usefixtures("cover")
ANSWERS = "You answer for Nav Eikevik until 15:00."


def at(hour, minute=0):
    return datetime(2026, 11, 23, hour, minute, tzinfo=OSLO)


def add_line(session, office_id, phone):
    hours = {"opens_minute": 540, "closes_minute": 900}
    week = [DutyInterval(weekday=day, **hours) for day in range(5)]
    public = DutyAudience.PUBLIC
    line = DutyLine(office_id=office_id, position=0, phone=phone, audience=public, intervals=week)
    session.add(line)
    session.flush()
    return line.id


@pytest.fixture
def cover(desk):
    """The other office has said yes to answering for the first one today, 9 to 15."""
    with desk.database.unit_of_work() as session:
        line = add_line(session, desk.office_id, "+4722000001")
        by_line = add_line(session, desk.other_id, "+4722000002")
        cover = DutyCover(
            line_id=line,
            office_id=desk.other_id,
            by_line_id=by_line,
            first_date=TODAY,
            last_date=TODAY,
            state=CoverState.ACCEPTED,
        )
        session.add(cover)
        session.flush()
        return cover.id


@pytest.fixture
def address(desk):
    return f"/desk/cases/{desk.receive().number}"


@pytest.fixture
def siv(desk):
    """A browser of somebody at the office that covers."""
    return desk.at_work("Siv at work", desk.other_id)


def change(desk, changed):
    with desk.database.unit_of_work() as session:
        session.execute(changed)


def test_without_cover_there_is_no_such_case(siv, address):
    assert siv.get(address).status_code == 404


@covered
def test_the_case_is_found_by_its_number_and_on_no_list(siv, address):
    found = siv.get(f"/desk/?case={address[-8:]}")
    assert ANSWERS in page(siv.get(found.location)).text
    assert address not in siv.get("/desk/").text
    assert siv.get("/desk/?office=nav-eikevik").status_code == 404


@covered
def test_contact_is_logged_and_the_case_stays_whose_it_is(desk, siv, address):
    shown = page(siv.get(f"{address}/call"))
    assert ANSWERS in shown.text
    call = shown.form('form:has(input[name="do"][value="contact"])')
    assert call.fill(outcome="no_answer").submit(siv).status_code == 303
    note = form(page(siv.get(address)), "note").fill(note="De ringte vakttelefonen.")
    assert note.submit(siv).status_code == 303
    with desk.database.read_session() as session:
        case = session.scalars(select(Case)).one()
        kinds = set(session.scalars(select(CaseEvent.kind)))
    assert (case.office_id, case.claimed_by, case.attempts) == (desk.office_id, None, 1)
    assert {"contact_logged", "note_written", "call_planned"} <= kinds


@covered
@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("claim", {}),
        ("close", {"close_reason": "duplicate"}),
        ("deadline", {"day": "24.11", "time": "12", "deadline_reason": "more_urgent"}),
        ("reopen", {}),
        ("birth_day", {"birth_day": "1"}),
    ],
)
def test_whose_it_is_and_how_it_ends_is_for_its_office(desk, siv, address, act, fields):
    note = form(page(siv.get(address)), "note")
    token = {name: note.values[name] for name in ("seen", "token")}
    assert f'name="do" value="{act}"' not in siv.get(address).text
    assert siv.post(address, data={**token, "do": act, **fields}).status_code == 409
    assert events(desk) == ["received"]


@covered
@pytest.mark.parametrize("page_of_case", ["sides", "plan", "code", "acting", "protection"])
def test_the_other_pages_of_a_case_are_its_offices(siv, address, page_of_case):
    assert siv.get(f"{address}/{page_of_case}").status_code == 404
    assert f"{address}/{page_of_case}" not in siv.get(address).text


@covered
def test_the_next_call_is_planned_where_the_office_offers_times(siv, address):
    assert ANSWERS in page(siv.get(f"{address}/booking")).text


def test_reading_is_logged_with_the_cover(desk, cover, siv, address):
    siv.get(address)
    siv.get(f"{address}/call")
    with desk.database.read_session() as session:
        found = select(ENTRIES.c.detail).where(ENTRIES.c.action == "case.read")
        details = [json.loads(detail) for detail in session.scalars(found)]
    assert [detail["cover"] for detail in details] == [cover, cover]


@covered
def test_who_works_there_reads_it_as_ever(desk, browser, address):
    assert "You answer for" not in page(browser.get(address)).text
    with desk.database.read_session() as session:
        found = select(ENTRIES.c.detail).where(ENTRIES.c.action == "case.read")
        assert "cover" not in session.scalars(found).one()


@covered
@pytest.mark.parametrize(
    ("instant", "status"),
    [(at(8, 59), 404), (at(9), 200), (at(15, 59), 200), (at(16, 1), 404)],
)
def test_from_the_shifts_start_to_an_hour_after_its_end(desk, address, instant, status):
    desk.clock.advance(seconds=(instant - desk.clock()) / timedelta(seconds=1))
    assert desk.at_work("Siv later", desk.other_id).get(address).status_code == status


@covered
@pytest.mark.parametrize("state", [CoverState.ASKED, CoverState.DECLINED, CoverState.ENDED])
def test_cover_counts_only_while_both_have_agreed(desk, siv, address, state):
    change(desk, update(DutyCover).values(state=state))
    assert siv.get(address).status_code == 404


@covered
def test_cover_of_another_day_or_another_office_counts_for_nothing(desk, siv, address):
    tomorrow = TODAY + timedelta(days=1)
    assert desk.at_work("Nobody", desk.other_id).get(address).status_code == 200
    change(desk, update(DutyCover).values(first_date=tomorrow, last_date=tomorrow))
    assert siv.get(address).status_code == 404


@covered
@pytest.mark.parametrize("values", [{"is_protected": True}, {"wrapped_key": None}])
def test_protected_and_erased_cases_are_never_found(desk, siv, address, values):
    change(desk, update(Case).values(**values))
    for page_of_case in ("", "/call", "/booking"):
        assert siv.get(address + page_of_case).status_code == 404


@covered
def test_what_is_sent_too_late_is_shown_to_its_writer(desk, siv, address):
    note = form(page(siv.get(address)), "note").fill(note="De ringte vakttelefonen.")
    change(desk, update(DutyCover).values(state=CoverState.DECLINED))
    late = note.submit(siv)
    assert late.status_code == 404
    assert "De ringte vakttelefonen." in page(late).text
    assert page(late).one('main a[href="/desk/"]')
