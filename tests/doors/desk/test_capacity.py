"""What can be booked, as an office's manager publishes it."""

from datetime import date

import pytest
from sqlalchemy import func, select

from nav_access.appointments.models import BookingTerms, CapacityException, CapacityRule, Slot
from nav_access.core.audit_tables import ENTRIES
from nav_access.staff import service
from nav_access.staff.codes import StaffRole
from tests.page import page

RULE = {"starts": "9", "ends": "12.00", "public_seats": "2", "internal_seats": "1"}


@pytest.fixture
def manager(desk):
    browser = desk.at_work("Marit")
    with desk.database.unit_of_work() as session:
        service.join_office(
            session,
            browser.who.staff_id,
            desk.office_id,
            StaffRole.MANAGER,
            actor="system",
            now=desk.now,
        )
    return browser


def form(browser, act, query="?purpose=meeting"):
    shown = page(browser.get(f"/desk/capacity{query}"), lang="en")
    return shown.form(f'form:has(input[name="do"][value="{act}"])')


def look(browser, filled):
    return page(filled.submit(browser), lang="en")


def save(browser, filled):
    """Look at what a form leads to, and save it."""
    return look(browser, filled).form('form:has(input[name="step"])').submit(browser)


def add_rule(browser, **changes):
    return save(browser, form(browser, "rule").fill(**(RULE | changes)))


def count(desk, model):
    with desk.database.read_session() as session:
        return session.scalar(select(func.count()).select_from(model))


def test_a_weekly_rule_makes_times_at_once(desk, manager):
    assert add_rule(manager, weekday="1").location.startswith("/desk/capacity?purpose=meeting")
    assert count(desk, Slot) > 0
    text = page(manager.get("/desk/capacity?purpose=meeting")).text
    assert "Tuesday 09:00 to 12:00" in text
    assert "for everybody" in text


def test_the_same_rule_twice_is_one(desk, manager):
    for _ in range(2):
        add_rule(manager)
    assert count(desk, CapacityRule) == 1


def test_a_rule_is_taken_away_and_what_is_booked_stands(desk, manager):
    add_rule(manager)
    with desk.database.unit_of_work() as session:
        first = session.scalars(select(Slot).order_by(Slot.starts_utc)).first()
        first.public_taken = 1
    assert save(manager, form(manager, "rule_gone")).status_code == 303
    assert (count(desk, CapacityRule), count(desk, Slot)) == (0, 1)
    text = page(manager.get("/desk/capacity?purpose=meeting")).text
    assert "What people have booked always stands" in text
    assert "In 1 place more is booked than is offered now" in text


def test_a_closure_takes_the_times_of_that_day(desk, manager):
    add_rule(manager, weekday="1")
    before = count(desk, Slot)
    save(manager, form(manager, "change").fill(day="tomorrow", change="closed"))
    assert count(desk, Slot) < before
    save(manager, form(manager, "change_gone"))
    assert (count(desk, Slot), count(desk, CapacityException)) == (before, 0)


def test_an_extra_adds_some_for_both_kinds(manager):
    add_rule(manager)
    typed = {"day": "25.11", "change": "extra", "change_starts": "15", "change_ends": "16"}
    filled = form(manager, "change").fill(**typed, change_public="1", every_kind="yes")
    assert save(manager, filled).status_code == 303
    text = page(manager.get("/desk/capacity?purpose=callback")).text
    assert "15:00 to 16:00" in text
    assert "Calls and meetings alike" in text


def test_a_rule_may_hold_from_a_day_until_another(desk, manager):
    add_rule(manager, weekday="1", valid_from="8.12", valid_to="2026-12-15")
    text = page(manager.get("/desk/capacity?purpose=meeting")).text
    assert "From Tuesday 8 December Until and with Tuesday 15 December" in text
    with desk.database.read_session() as session:
        days = {one.date() for one in session.scalars(select(Slot.starts_utc))}
    assert days == {date(2026, 12, 8), date(2026, 12, 15)}


def test_terms_are_saved(desk, manager):
    filled = form(manager, "terms").fill(slot_minutes="20", phone_minutes="")
    assert save(manager, filled).status_code == 303
    with desk.database.read_session() as session:
        terms = session.scalars(select(BookingTerms)).one()
        assert (terms.slot_minutes, terms.phone_minutes) == (20, None)


def test_the_times_people_can_choose_are_seen_before_they_are_saved(desk, manager):
    looked = look(manager, form(manager, "rule").fill(**RULE | {"weekday": "1"}))
    assert looked.heading == "This is how it will look"
    assert "Tuesday 24 November 09:00 to 10:00 09:30 to 10:30" in looked.text
    assert (count(desk, CapacityRule), count(desk, Slot)) == (0, 0)


def test_what_is_taken_away_is_said_and_what_is_left_is_shown(manager):
    add_rule(manager, weekday="1")
    looked = look(manager, form(manager, "rule_gone"))
    assert "Tuesday 09:00 to 12:00 is taken away." in looked.text
    assert "People can choose no time." in looked.text


def test_what_begins_far_ahead_is_shown_on_the_day_it_can_be_chosen(manager):
    typed = RULE | {"weekday": "1", "valid_from": "2.2.2027"}
    looked = look(manager, form(manager, "rule").fill(**typed))
    assert "From Tuesday 5 January people will read:" in looked.text
    assert "Tuesday 2 February 09:00 to 10:00" in looked.text


def test_a_seat_only_the_office_books_changes_nothing_for_people(manager):
    typed = RULE | {"public_seats": "", "internal_seats": "1"}
    looked = look(manager, form(manager, "rule").fill(**typed))
    assert "What people read about the office stays as it is." in looked.text


def test_a_second_managers_change_is_looked_at_anew(desk, manager):
    late = look(manager, form(manager, "rule").fill(**RULE))
    add_rule(manager, weekday="3")
    again = page(late.form('form:has(input[name="step"])').submit(manager), lang="en")
    assert "Somebody changed this office after you opened the page." in again.text
    assert count(desk, CapacityRule) == 1
    assert again.form('form:has(input[name="step"])').submit(manager).status_code == 303
    assert count(desk, CapacityRule) == 2


def test_saved_twice_is_taken_away_once(desk, manager):
    add_rule(manager)
    press = look(manager, form(manager, "rule_gone")).form('form:has(input[name="step"])')
    assert [press.submit(manager).status_code for _ in range(2)] == [303, 303]
    assert count(desk, CapacityRule) == 0


def test_a_version_that_is_none_is_looked_at_anew(manager):
    press = look(manager, form(manager, "rule").fill(**RULE)).form('form:has(input[name="step"])')
    press.values["seen"] = ["x-y"]
    assert "Somebody changed this office" in page(press.submit(manager), lang="en").text


def test_every_change_is_audited_with_who(desk, manager):
    add_rule(manager)
    with desk.database.read_session() as session:
        found = select(ENTRIES.c.actor, ENTRIES.c.subject)
        rows = session.execute(found.where(ENTRIES.c.action == "capacity.rule_added")).all()
    assert rows == [(f"staff:{manager.who.staff_id}", f"office:{desk.office_id}")]


@pytest.mark.parametrize(
    ("act", "typed", "field"),
    [
        ("rule", {"starts": "x"}, "starts"),
        ("rule", {"ends": "8"}, "ends"),
        ("rule", {"valid_from": "x"}, "valid_from"),
        ("rule", {"valid_from": "9.12", "valid_to": "8.12"}, "valid_to"),
        ("rule", {"public_seats": "-1"}, "public_seats"),
        ("rule", {"public_seats": "999"}, "public_seats"),
        ("rule", {"public_seats": "", "internal_seats": ""}, "public_seats"),
        ("terms", {"slot_minutes": ""}, "slot_minutes"),
        ("terms", {"horizon_days": "4000"}, "horizon_days"),
        ("change", {"day": "x"}, "day"),
        ("change", {"day": "25.11", "change_starts": "9"}, "change_ends"),
        ("change", {"day": "25.11", "change": "extra"}, "change_public"),
    ],
)
def test_what_makes_no_sense_is_asked_again(desk, manager, act, typed, field):
    filled = form(manager, act).fill(**((RULE if act == "rule" else {}) | typed))
    assert field in page(filled.submit(manager)).errors
    assert count(desk, Slot) == 0


def test_another_office_is_not_theirs_to_publish(manager):
    bold = form(manager, "rule").fill(**RULE)
    bold.values["office"] = ["nav-granvik"]
    assert bold.submit(manager).status_code == 404


def test_a_caseworker_has_no_such_page(browser):
    assert browser.get("/desk/capacity").status_code == 404
