"""An erased case is as unknown at the desk as one that never was, on every page and list."""

import pytest

from nav_access.erasing.cases import erase_asked
from nav_access.staff import service
from nav_access.staff.codes import StaffRole
from tests.old_cases import fill_case
from tests.page import page, without_token

pytestmark = pytest.mark.postgres_in_audit


@pytest.fixture
def erased(desk):
    """The number of an erased case that had left a row in every table."""
    number = desk.receive().number
    fill_case(desk, number)
    with desk.database.unit_of_work() as session:
        assert erase_asked(session, number, actor="cli", now=desk.now)
    return number


def addresses(app, *arguments):
    """Return the desk's addresses that take just these."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("desk.")]
    return sorted({rule.rule for rule in rules if set(arguments) == rule.arguments})


@pytest.mark.audit
def test_every_page_of_it_is_not_there(app, browser, erased):
    found = addresses(app, "number")
    assert len(found) > 5
    for address in found:
        gone = browser.get(address.replace("<number>", erased))
        unknown = browser.get(address.replace("<number>", "00000000"))
        assert (gone.status_code, without_token(gone)) == (
            unknown.status_code,
            without_token(unknown),
        )
        assert browser.post(address.replace("<number>", erased)).status_code < 500


def test_whoever_has_it_open_is_told_that_it_is_not_there(desk, browser):
    number = desk.receive().number
    form = page(browser.get(f"/desk/cases/{number}")).form("#write")
    with desk.database.unit_of_work() as session:
        assert erase_asked(session, number, actor="cli", now=desk.now)
    for button in ("note", "claim", "release"):
        answer = browser.post(
            f"/desk/cases/{number}",
            data={"do": button, "note": "x", "seen": "1", "token": form.values["token"][0]},
        )
        assert answer.status_code == 404


@pytest.mark.audit
def test_no_list_shows_it(app, desk, erased):
    manager = desk.at_work("Mona")
    join_as_manager(desk, manager.who)
    for address in addresses(app):
        answer = manager.get(address, follow_redirects=True)
        assert answer.status_code < 500, address
        assert erased not in answer.text, address


def join_as_manager(desk, who):
    """Let somebody manage the office, too."""
    with desk.database.unit_of_work() as session:
        given = {"actor": "system", "now": desk.now}
        service.join_office(session, who.staff_id, desk.office_id, StaffRole.MANAGER, **given)
