"""Terminals at the desk: a manager gets a code, shown once, and ends what is lost."""

import re

import pytest

from nav_access.staff import service
from nav_access.staff.codes import StaffRole
from tests.page import page


@pytest.fixture
def manager(desk):
    browser = desk.at_work("Mia")
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


def add(browser, name="Ved døra"):
    form = page(browser.get("/desk/terminals")).form('form:has(button[value="add"])')
    return page(form.fill(name=name).submit(browser, "add"))


def test_the_code_makes_a_terminal_and_is_shown_once(desk, manager, new_browser):
    code = add(manager).one('[role="status"] .big').text
    assert re.fullmatch(r"(?:[2-9A-Z]{4} ){2}[2-9A-Z]{4}", code.strip())
    assert code not in manager.get("/desk/terminals").text
    terminal = new_browser()
    form = page(terminal.get("/kiosk/register")).form().fill(code=code)
    assert form.submit(terminal).location == f"/kiosk/{desk.slug}/"
    end = page(manager.get("/desk/terminals")).form('form:has(button[value="end"])')
    assert end.submit(manager, "end").status_code == 303
    assert terminal.get(f"/kiosk/{desk.slug}/").status_code == 403


@pytest.mark.parametrize("name", ["", "Ved døra"])
def test_a_terminal_needs_a_name_of_its_own(manager, name):
    add(manager)
    assert add(manager, name).response.status_code == 422


def test_a_command_prints_a_code(app, desk):
    done = app.test_cli_runner().invoke(args=["kiosk", "register", desk.slug, "Ved døra"])
    assert (done.exit_code, done.output[:20]) == (0, "Open /kiosk/register")
    for wrong in (["nowhere", "Ved døra"], [desk.slug, "Ved døra"], [desk.slug, " "]):
        assert app.test_cli_runner().invoke(args=["kiosk", "register", *wrong]).exit_code == 1
