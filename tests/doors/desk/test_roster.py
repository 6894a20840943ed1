"""The duty roster at the desk: the week, gaps, shifts, dates, cover, direct numbers."""

import pytest
from sqlalchemy import func, select

from nav_access.core.audit_tables import ENTRIES
from nav_access.intake import handling
from nav_access.offices.codes import DutyAudience
from nav_access.offices.keeping import lines as keeping
from nav_access.offices.keeping.lines import LineDetails
from nav_access.offices.models import DutyCover, DutyInterval, DutyLine, DutyShift
from nav_access.offices.roster.errors import RosterChanged
from nav_access.staff import service
from nav_access.staff.codes import StaffRole
from nav_access.staff.models import StaffSession
from tests.page import Page, page

SHIFT = {"shift_starts": "9", "shift_ends": "15.00", "weekdays": ["0", "1", "2", "3", "4"]}


@pytest.fixture(autouse=True)
def lines(desk):
    """A line at each of the two offices, staffed 10-12 as the register tells it."""
    with desk.database.unit_of_work() as session:
        return [add_line(session, office) for office in (desk.office_id, desk.other_id)]


def add_line(session, office_id, audience=DutyAudience.PUBLIC):
    hours = {"opens_minute": 600, "closes_minute": 720}
    week = [DutyInterval(weekday=day, **hours) for day in range(5)]
    line = DutyLine(
        office_id=office_id,
        position=0,
        phone=f"+47220000{office_id:02}",
        audience=audience,
        topic="Akutt",
        intervals=week,
    )
    session.add(line)
    session.flush()
    return line.id


def at_work(desk, name, office_id):
    browser = desk.at_work(name, office_id)
    role = StaffRole.MANAGER
    with desk.database.unit_of_work() as session:
        service.join_office(
            session, browser.who.staff_id, office_id, role, actor="system", now=desk.now
        )
    return browser


@pytest.fixture
def manager(desk):
    return at_work(desk, "Marit", desk.office_id)


@pytest.fixture
def neighbour(desk):
    return at_work(desk, "Nils", desk.other_id)


def read(browser, query="", **more):
    return page(browser.get(f"/desk/roster{query}"), lang="en", **more)


def form(browser, act, query=""):
    return read(browser, query).form(f'form:has(input[name="do"][value="{act}"])')


def save(browser, filled):
    """Look at what a form leads to, and save it."""
    looked = page(filled.submit(browser), lang="en")
    return looked.form('form:has(input[name="step"])').submit(browser)


def add(browser, **changes):
    return save(browser, form(browser, "shift").fill(**(SHIFT | changes)))


def count(desk, model):
    with desk.database.read_session() as session:
        return session.scalar(select(func.count()).select_from(model))


def audited(desk):
    with desk.database.read_session() as session:
        found = select(func.count()).where(ENTRIES.c.action.like("roster.%"))
        return session.scalar(found)


def test_the_week_shows_the_registers_hours_and_what_nobody_answers(manager):
    text = read(manager).text
    assert "10:00 to 12:00" in text
    assert "Monday 23 November, 09:30 to 10:00 and 12:00 to 15:00 : we tell people" in text


def test_shifts_close_the_gaps_and_stand_in_the_week(desk, manager):
    assert add(manager, on_duty="Mottaket").status_code == 303
    text = read(manager).text
    assert "09:00 to 15:00 Mottaket" in text
    assert "Somebody answers whenever the office is open or promises it." in text
    assert count(desk, DutyShift) == 5


def test_the_same_form_twice_is_one_change(desk, manager):
    looked = page(form(manager, "shift").fill(**SHIFT).submit(manager))
    filled = looked.form('form:has(input[name="step"])')
    assert [filled.submit(manager).status_code for _ in range(2)] == [303, 303]
    assert count(desk, DutyShift) == 5


def test_a_shift_is_changed_on_its_own(desk, manager):
    add(manager, weekdays=["0"])
    with desk.database.read_session() as session:
        shift_id = session.scalars(select(DutyShift.id)).one()
    filled = form(manager, "shift", f"?shift={shift_id}").fill(shift_ends="14")
    assert save(manager, filled).status_code == 303
    assert "09:00 to 14:00" in read(manager).text
    looked = page(form(manager, "gone").submit(manager))
    assert "Monday 09:00 to 14:00 on the line 22 00 00 01 is taken away." in looked.text
    away = looked.form('form:has(input[name="step"])')
    assert [away.submit(manager).status_code for _ in range(2)] == [303, 303]
    assert count(desk, DutyShift) == 0


def test_a_colleagues_change_is_shown_and_not_overwritten(desk, manager):
    looked = page(form(manager, "shift").fill(**SHIFT).submit(manager))
    add(at_work(desk, "Mona", desk.office_id), weekdays=["6"])
    again = page(looked.form('form:has(input[name="step"])').submit(manager))
    assert "Somebody changed this office after you opened the page." in again.text
    kept = again.form('form:has(input[name="step"])')
    assert kept.values["shift_ends"] == ["15.00"]
    assert kept.submit(manager).status_code == 303
    assert count(desk, DutyShift) == 6


def test_a_shift_is_seen_as_people_and_staff_will_before_it_is_saved(desk, manager):
    looked = page(form(manager, "shift").fill(**SHIFT).submit(manager), lang="en")
    assert looked.heading == "This is how it will look"
    assert "Somebody answers now. Monday to Friday: 09:00 to 15:00" in looked.text
    assert "Somebody answers whenever the office is open or promises it." in looked.text
    assert (count(desk, DutyShift), audited(desk)) == (0, 0)


def test_a_shift_that_begins_later_is_shown_as_people_will_read_it_then(manager):
    typed = SHIFT | {"shift_first": "7.12", "weekdays": ["0"]}
    looked = page(form(manager, "shift").fill(**typed).submit(manager), lang="en")
    assert "From Monday 7 December people will read:" in looked.text
    assert "Somebody answers now. Monday: 09:00 to 15:00" in looked.text


def test_what_a_colleague_took_away_is_said(manager):
    add(manager, weekdays=["0"])
    late = form(manager, "gone")
    save(manager, form(manager, "gone"))
    assert "Somebody else changed this meanwhile." in page(late.submit(manager)).text


def test_a_line_that_got_another_number_meanwhile_is_shown_before_it_is_saved(desk, manager):
    looked = page(form(manager, "shift").fill(**SHIFT).submit(manager), lang="en")
    with desk.database.unit_of_work() as session:
        details = LineDetails("+4722000099", DutyAudience.PUBLIC)
        seen = keeping.Editor(desk.office_id, "system", 1)
        keeping.save_line(session, seen, 1, details, now=desk.now)
    press = looked.form('form:has(input[name="step"])')
    again = page(press.submit(manager), lang="en")
    assert "Somebody changed this office after you opened the page." in again.text
    assert "22 00 00 99" in again.text
    assert count(desk, DutyShift) == 0
    assert again.form('form:has(input[name="step"])').submit(manager).status_code == 303


def test_a_change_in_the_moment_of_the_look_is_said(manager, monkeypatch):
    def change(*_, **__):
        raise RosterChanged

    filled = form(manager, "shift").fill(**SHIFT)
    monkeypatch.setattr("nav_access.offices.roster.service.add_shifts", change)
    assert "Somebody else changed this meanwhile." in page(filled.submit(manager)).text


def test_of_another_offices_line_only_the_one_that_asks_is_seen(desk, manager, neighbour):
    with desk.database.unit_of_work() as session:
        secret = add_line(session, desk.office_id, DutyAudience.CONTACT_CENTRE)
        session.get(DutyLine, secret).phone = "+4722000088"
    save(manager, form(manager, "cover").fill(by_office="Nav Granvik", cover_first="24.11"))
    looked = page(form(neighbour, "cover_yes").submit(neighbour), lang="en")
    assert "We answer for Nav Eikevik." in looked.text
    assert "From Tuesday 24 November people will read:" in looked.text
    assert "When nobody answers, ring: 22 00 00 02 Nav Granvik" in looked.text
    assert "22 00 00 88" not in looked.text


def test_a_date_off_is_a_gap_and_leaves_the_week_alone(manager):
    add(manager)
    filled = form(manager, "date").fill(date_first="24.11", kind="absent")
    save(manager, filled)
    text = read(manager).text
    assert "Tuesday 24 November, 09:00 to 15:00" in text
    assert "Wednesday 25 November 09:00 to 15:00" in text


def test_cover_is_asked_answered_with_a_line_and_shown(manager, neighbour):
    asked = {"by_office": "Nav Granvik", "cover_first": "24.12", "cover_last": "31.12"}
    assert save(manager, form(manager, "cover").fill(**asked)).status_code == 303
    assert "Asked, not answered yet" in read(manager).text
    assert "1 office asks you to answer its line" in page(neighbour.get("/desk/tasks")).text
    assert "Other offices that ask us to answer for them" in read(neighbour).text
    assert save(neighbour, form(neighbour, "cover_yes")).status_code == 303
    assert "Yes: they answer" in read(manager).text
    assert "Nav Granvik answers" in read(manager, "?week=2026-12-28").text


def test_a_no_is_seen_by_who_asked_and_cannot_be_ended_after(manager, neighbour):
    save(manager, form(manager, "cover").fill(by_office="Nav Granvik", cover_first="24.12"))
    late = form(manager, "cover_end")
    save(neighbour, form(neighbour, "cover_no"))
    assert "No: they cannot" in read(manager).text
    assert "Somebody answered this or took it back" in page(late.submit(manager)).text


@pytest.mark.parametrize("name", ["Nav Eikevik", "Nav", "Ukjent"])
def test_an_office_that_is_unclear_or_ones_own_is_asked_again(desk, manager, name):
    filled = form(manager, "cover").fill(by_office=name, cover_first="24.12")
    assert "by_office" in page(filled.submit(manager)).errors
    assert count(desk, DutyCover) == 0


WRONG = [
    ("shift", {"shift_starts": "x"}, "shift_starts"),
    ("shift", {"shift_ends": ""}, "shift_ends"),
    ("shift", {"shift_ends": "8"}, "shift_ends"),
    ("shift", {"weekdays": []}, "weekdays"),
    ("shift", {"shift_first": "25.11", "shift_last": "24.11"}, "shift_last"),
    ("shift", {"shift_last": "1.1.2099"}, "shift_last"),
    ("shift", {"on_duty": "Kari 912 34 567"}, "on_duty"),
    ("date", {"date_first": "x"}, "date_first"),
    ("date", {"date_first": "25.11", "date_starts": "9"}, "date_ends"),
    ("date", {"date_first": "25.11", "kind": "extra"}, "date_starts"),
    ("cover", {"by_office": "", "cover_first": "24.12"}, "by_office"),
]


def test_what_makes_no_sense_is_asked_again(desk, manager):
    shown = read(manager)
    for act, typed, field in WRONG:
        filled = shown.form(f'form:has(input[name="do"][value="{act}"])')
        filled.fill(**((SHIFT if act == "shift" else {}) | typed))
        assert field in Page.read(filled.submit(manager)).errors, typed
    assert count(desk, DutyShift) == 0


def test_a_caseworker_reads_and_changes_nothing(browser, manager):
    shown = read(browser)
    assert "10:00 to 12:00" in shown.text
    assert not shown.all("main form")
    bold = form(manager, "shift").fill(**SHIFT)
    assert bold.submit(browser).status_code == 404


def test_another_offices_roster_does_not_exist(manager):
    assert manager.get("/desk/roster?office=nav-granvik").status_code == 404
    bold = form(manager, "shift").fill(**SHIFT)
    bold.values["office"] = ["nav-granvik"]
    assert bold.submit(manager).status_code == 404


def test_another_offices_shift_and_line_do_not_exist(manager, neighbour):
    add(neighbour, weekdays=["0"])
    add(manager, weekdays=["0"])
    bold = form(manager, "gone")
    bold.values["which"] = ["1"]
    assert bold.submit(manager).status_code == 404
    other = form(manager, "shift").fill(**SHIFT)
    other.values["shift_line"] = ["2"]
    assert other.submit(manager).status_code == 404


def policy(browser):
    shown = page(browser.get("/desk/roster/direct"), lang="en")
    return shown.form('form:has(input[name="split"])')


def test_a_policy_is_saved_and_who_got_a_number_is_counted(desk, manager):
    assert save(manager, policy(manager).fill(split="everybody", others="1")).status_code == 303
    number = desk.receive().number
    desk.do(handling.claim, desk.turn(number))
    assert "1 of 1 new cases" in page(manager.get("/desk/roster/direct")).text
    shown = page(manager.get(f"/desk/cases/{number}"))
    assert "The case's direct number" in shown.text
    assert "The case got its direct number." in shown.text


def test_a_policy_without_a_line_for_the_others_is_asked_again(manager):
    assert "others" in page(policy(manager).fill(split="need").submit(manager)).errors


def test_a_line_that_is_gone_from_the_policy_is_said(desk, manager):
    save(manager, policy(manager).fill(split="everybody", others="1"))
    with desk.database.unit_of_work() as session:
        session.delete(session.get(DutyLine, 1))
    text = page(manager.get("/desk/roster/direct")).text
    assert "The line for everybody else is gone." in text


def test_by_day_of_birth_the_desk_chooses_at_the_case(desk, manager):
    with desk.database.unit_of_work() as session:
        second = add_line(session, desk.office_id)
        session.get(DutyLine, second).phone = "+4722000077"
    filled = policy(manager).fill(split="birth_day", others="1", first_2="16", last_2="31")
    looked = page(filled.submit(manager), lang="en")
    assert "Born on day 16 to 31 of a month" in looked.text
    assert "Everybody else Ring this number and say your case number: 22 00 00 01" in looked.text
    assert save(manager, filled).status_code == 303
    number = desk.receive().number
    shown = page(manager.get(f"/desk/cases/{number}"))
    chosen = shown.form('form:has(input[value="birth_day"])').fill(birth_day="27")
    assert chosen.submit(manager).status_code == 303
    assert "22 00 00 77" in page(manager.get(f"/desk/cases/{number}")).text


def test_a_day_that_is_none_is_asked_again(desk, manager):
    save(manager, policy(manager).fill(split="birth_day", others="1"))
    shown = page(manager.get(f"/desk/cases/{desk.receive().number}"))
    wrong = shown.form('form:has(input[value="birth_day"])').fill(birth_day="32")
    assert "birth_day" in page(wrong.submit(manager)).errors


def test_what_was_typed_survives_a_lost_session(desk, manager):
    filled = form(manager, "shift").fill(**SHIFT)
    with desk.database.unit_of_work() as session:
        session.query(StaffSession).update({"ended_utc": desk.now})
    assert "What you wrote" in filled.submit(manager).text
