"""What clocks did stands on the case's page, and refuses nobody who was at work meanwhile."""

from itertools import count

import pytest

from nav_access.intake.clocks import run_clocks
from tests.page import page

_names = count(1)


@pytest.fixture
def address(desk):
    return f"/desk/cases/{desk.receive().number}"


@pytest.fixture
def come_to_work(desk):
    """Sign a new colleague in: nobody's session lasts until tomorrow."""
    return lambda: desk.at_work(f"Turid{next(_names)}")


def log(browser, shown, outcome="no_answer"):
    form = shown.form('form:has(input[name="do"][value="contact"])')
    assert form.fill(outcome=outcome).submit(browser).status_code == 303


def run(desk, clock, **later):
    clock.advance(**later)
    return run_clocks(desk.database, desk.keyring, now=clock())


def test_a_missed_call_shows_when_the_next_is(come_to_work, address):
    browser = come_to_work()
    log(browser, page(browser.get(address)))
    shown = page(browser.get(address))
    assert "The next attempt is planned: from 11:00 today until 13:00 today." in shown.text


def test_enough_missed_calls_show_that_somebody_has_the_task(come_to_work, address, clock):
    for _ in range(3):
        browser = come_to_work()
        log(browser, page(browser.get(address)))
        clock.advance(days=1, hours=2)
    shown = page(come_to_work().get(address))
    assert "A named colleague must reach the person in another way." in shown.text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (2, "The promised time has passed. The desk was told."),
        (2.5, "Still no answer. The manager was told."),
        (7, "Still no answer. The contact centre was told."),
    ],
)
def test_a_late_promise_shows_who_was_told(desk, come_to_work, address, clock, days, said):
    run(desk, clock, days=days)
    assert said in page(come_to_work().get(address)).text


def test_an_answer_can_be_logged_though_clocks_ran_meanwhile(desk, come_to_work, address, clock):
    clock.advance(days=1, hours=5, minutes=15)
    browser = come_to_work()
    shown = page(browser.get(address))
    assert run(desk, clock, minutes=20).done["escalated"] == 1
    log(browser, shown, "answered")
