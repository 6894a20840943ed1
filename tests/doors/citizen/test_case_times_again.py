"""Pages of one's own times that are gone back to: what is said is what stands."""

import pytest

from nav_access.appointments.codes import BookingState, Purpose
from tests.doors.citizen.booking import Booker, publish, slots_on
from tests.doors.citizen.conftest import QUIET, code_on
from tests.page import Page, page

BOX, MAIN = "form.box", "form:has(textarea)"
ASKED = "Is this another time?"


@pytest.fixture
def caller(citizen, site) -> Booker:
    """Somebody with an office that rings one person each half hour."""
    publish(site, Purpose.CALLBACK)
    return Booker(citizen, "callback")


@pytest.fixture
def times(caller, citizen) -> Page:
    """The times to choose among for a case that has none."""
    case = page(citizen.open(code_on(page(citizen.ask(QUIET, "en"))), "en"))
    return press(caller, case, "book-callback", MAIN)


def press(caller: Booker, shown: Page, button: str, form: str = BOX, **values: str) -> Page:
    """Press a button of one form of a page."""
    return page(shown.form(form).fill(**values).submit(caller.citizen.client, button))


def choose(caller: Booker, times: Page, index: int) -> Page:
    """Choose one of the times on a page."""
    return press(caller, times, "choose", "form", slot=slots_on(times)[index])


def give_up(caller: Booker, shown: Page) -> Page:
    """Cancel the time on a case's page."""
    return press(caller, press(caller, shown, "cannot"), "cancel-time", "form")


def standing(caller: Booker) -> list[str]:
    """Return when the bookings begin that stand."""
    booked = BookingState.BOOKED
    return [f"{one.starts_utc:%d %H:%M}" for one in caller.bookings() if one.state is booked]


def test_two_presses_book_once_and_say_so(caller, times):
    said = [choose(caller, times, 5).text for _ in range(2)]
    assert all("Your time is booked" in one for one in said)
    assert len(caller.bookings()) == 1


def test_a_time_given_up_is_not_said_to_be_booked(caller, times):
    give_up(caller, choose(caller, times, 5))
    again = choose(caller, times, 5)
    assert (ASKED in again.text, standing(caller)) == (True, [])
    assert again.one("[name=slot]:checked") is not None


def test_moving_back_from_a_page_gone_back_to_is_asked_about(caller, times):
    moving = press(caller, choose(caller, times, 5), "move")
    choose(caller, moving, 6)
    choose(caller, moving, 7)
    there, again = standing(caller), choose(caller, moving, 6)
    assert (ASKED in again.text, standing(caller)) == (True, there)


def test_giving_up_from_a_page_gone_back_to_is_asked_about(caller, times):
    asked = press(caller, choose(caller, times, 5), "cannot")
    gone = press(caller, asked, "cancel-time", "form")
    choose(caller, press(caller, gone, "book-callback", MAIN), 6)
    again = press(caller, asked, "cancel-time", "form")
    assert ("Your time is cancelled" in again.text, len(standing(caller))) == (False, 1)
    press(caller, again, "cancel-time", "form")
    assert standing(caller) == []
