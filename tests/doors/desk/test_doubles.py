"""A request with a protected person's phone, at the desk: told of, decided on, offered nowhere."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from nav_access.intake.protected import service
from nav_access.intake.protected.codes import ProtectionReason
from nav_access.intake.sides.codes import OfferReason
from nav_access.intake.sides.service import offer_case
from nav_access.staff.models import Membership
from tests.page import page

HERE = "/desk/protected"


def with_role(desk, name, *office_ids):
    """Return a browser with somebody who sees protected persons."""
    browser = desk.at_work(name, *office_ids)
    with desk.database.unit_of_work() as session:
        hers = update(Membership).where(Membership.staff_id == browser.who.staff_id)
        session.execute(hers.values(sees_protected=True))
    browser.who = replace(browser.who, protected_office_ids=browser.who.office_ids)
    return browser


@pytest.fixture
def keeper(desk):
    return with_role(desk, "Kaia")


@pytest.fixture
def there(desk):
    """Somebody with the role at the other office."""
    return with_role(desk, "Tor", desk.other_id)


@pytest.fixture
def first(desk, keeper):
    """The protected person's own case."""
    number = desk.receive().number
    protect(desk, keeper, number)
    return number


def protect(desk, keeper, number, seen=1):
    turn = desk.turn(number, seen, keeper.who)
    desk.do(service.protect, turn, ProtectionReason.THREATENED, None)


@pytest.fixture
def double(desk, first):
    """A request with the same phone, at the other office."""
    number = desk.receive(office="nav-granvik").number
    assert number != first
    return number


def test_both_offices_roles_are_told_of_it(keeper, there, first, double):
    for browser in (keeper, there):
        tasks = page(browser.get("/desk/tasks")).text
        assert "1 request came with the phone number of a protected person" in tasks
        assert "Look whose it is." in page(browser.get(HERE)).text
    assert (
        f"Case {double} has the same phone number." in page(keeper.get(f"/desk/cases/{first}")).text
    )
    shown = page(there.get(f"/desk/cases/{double}")).text
    assert "Anybody who knows the number may have sent it." in shown
    assert first not in shown


def test_nobody_else_is_told(browser, desk, double):
    for other in (browser, desk.at_work("Siv2", desk.other_id)):
        assert other.get(f"/desk/cases/{double}").status_code == 404
        assert "phone number of a protected" not in page(other.get("/desk/tasks")).text


def decide(browser, number, act, **typed):
    form = page(browser.get(f"/desk/cases/{number}/protection")).form(
        f'form:has([name="do"][value="{act}"])'
    )
    form.values |= {name: [value] for name, value in typed.items()}
    return form.submit(browser)


def test_it_is_the_persons_own(there, double):
    assert set(page(decide(there, double, "protect")).errors) == {"protect_reason"}
    assert decide(there, double, "protect", protect_reason="threatened").status_code == 303
    shown = page(there.get(f"/desk/cases/{double}")).text
    assert "This person is protected" in shown
    assert "Anybody who knows the number" not in shown
    assert "phone number of a protected" not in page(there.get("/desk/tasks")).text


def test_it_is_somebody_elses(desk, there, double):
    sent = decide(there, double, "end", end_reason="mistake", sure="yes")
    assert sent.status_code == 303
    shown = page(desk.at_work("Siv2", desk.other_id).get(f"/desk/cases/{double}")).text
    assert "This person is protected" not in shown
    assert "phone number of a protected" not in shown


def test_before_that_it_is_offered_to_no_other_office(desk, there, double):
    address = f"/desk/cases/{double}/sides"
    asked = page(there.get(address)).form('form:has([name="place"])').fill(place="Eikevik")
    chosen = page(asked.submit(there)).form('form:has([name="office"])')
    chosen.values |= {"office": [desk.slug], "office_reason": ["known_there"]}
    assert "Say first whose request it is." in page(chosen.submit(there)).text


def offer(desk, keeper):
    number = desk.receive().number
    turn = desk.turn(number, 1, keeper.who)
    desk.do(offer_case, turn, "nav-granvik", OfferReason.LIVES_ELSEWHERE, None)
    protect(desk, keeper, number, seen=2)
    return number


def test_an_offer_few_may_see_is_on_its_senders_start_page(desk, keeper, there):
    number = offer(desk, keeper)
    shown = page(keeper.get("/desk/tasks"))
    assert "Protected persons' cases offered to other offices" in shown.text
    assert number in shown.text
    assert "offered to other offices" not in page(there.get("/desk/tasks")).text


def test_an_offer_nobody_may_see_has_ended_and_the_timeline_says_so(desk, keeper):
    number = offer(desk, keeper)
    shown = page(keeper.get(f"/desk/cases/{number}")).text
    assert "The offer to the other office has ended: nobody there has the role" in shown
