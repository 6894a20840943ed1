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


def add_rule(browser, **changes):
    return form(browser, "rule").fill(**(RULE | changes)).submit(browser)


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
    assert form(manager, "rule_gone").submit(manager).status_code == 303
    assert (count(desk, CapacityRule), count(desk, Slot)) == (0, 1)
    text = page(manager.get("/desk/capacity?purpose=meeting")).text
    assert "What people have booked always stands" in text
    assert "In 1 place more is booked than is offered now" in text


def test_a_closure_takes_the_times_of_that_day(desk, manager):
    add_rule(manager, weekday="1")
    before = count(desk, Slot)
    form(manager, "change").fill(day="tomorrow", change="closed").submit(manager)
    assert count(desk, Slot) < before
    form(manager, "change_gone").submit(manager)
    assert (count(desk, Slot), count(desk, CapacityException)) == (before, 0)


def test_an_extra_adds_some_for_both_kinds(manager):
    add_rule(manager)
    typed = {"day": "25.11", "change": "extra", "change_starts": "15", "change_ends": "16"}
    filled = form(manager, "change").fill(**typed, change_public="1", every_kind="yes")
    assert filled.submit(manager).status_code == 303
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
    assert filled.submit(manager).status_code == 303
    with desk.database.read_session() as session:
        terms = session.scalars(select(BookingTerms)).one()
        assert (terms.slot_minutes, terms.phone_minutes) == (20, None)


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
