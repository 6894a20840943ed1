"""Putting somebody through in two taps."""

import pytest

from nav_access.offices.codes import DutyAudience
from tests.centre_factory import add_line
from tests.page import page


@pytest.fixture
def line_id(centre):
    with centre.database.unit_of_work() as session:
        return add_line(session, centre.office_id, "+4755550001")


@pytest.mark.usefixtures("line_id")
def test_two_taps_put_it_on_the_cases_trace(centre, browser):
    number = centre.known()
    shown = page(browser.get(f"/contact-centre/cases/{number}"))
    tapped = page(shown.follow(browser, "Put through to Nav Eikevik, 55 55 00 01"))
    assert tapped.form("form:has(fieldset)").submit(browser, "busy").status_code == 303
    shown = page(browser.get(f"/contact-centre/cases/{number}"))
    assert "Olga rang Nav Eikevik to put the caller through. The line was busy" in shown.text
    at_desk = page(centre.at_desk(centre.anne).get(f"/desk/cases/{number}"))
    assert "The office's line was busy." in at_desk.text


def test_a_caller_without_a_case_is_put_through_too(browser, line_id):
    tapped = page(browser.get(f"/contact-centre/transfer/{line_id}"))
    answer = tapped.form("form:has(fieldset)").submit(browser, "answered")
    assert answer.location == "/contact-centre/lines"


def test_how_it_went_is_asked_for(browser, line_id):
    tapped = page(browser.get(f"/contact-centre/transfer/{line_id}"))
    form = tapped.form("form:has(fieldset)")
    typed = {"token": form.values["token"][0], "outcome": "maybe"}
    answer = browser.post(f"/contact-centre/transfer/{line_id}", data=typed)
    assert answer.status_code == 422
    assert "Choose how it went." in page(answer).text


def test_lines_are_found_by_place_and_an_unknown_one_is_none(centre, browser, line_id):
    with centre.database.unit_of_work() as session:
        add_line(session, centre.other_id, "+4755550009", DutyAudience.PUBLIC)
    found = page(browser.get("/contact-centre/lines?q=granvik"))
    assert set(found.phone_numbers) >= {"+4755550009"}
    assert "+4755550001" not in found.phone_numbers
    assert "We know of no lines there" in page(browser.get("/contact-centre/lines?q=xyzzy")).text
    for gone in (line_id + 99, 2**63):
        assert browser.get(f"/contact-centre/transfer/{gone}").status_code == 404
