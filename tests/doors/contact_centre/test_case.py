"""A case at the contact centre: what handing over needs, and nothing more."""

import pytest

from nav_access.intake.codes import AcuteStatement
from tests.centre_factory import add_line
from tests.page import page


@pytest.fixture
def number(centre):
    return centre.known(acute=frozenset({AcuteStatement.NO_FOOD_TODAY}))


def test_the_page_says_what_the_hand_over_needs_and_no_more(browser, number):
    shown = page(browser.get(f"/contact-centre/cases/{number}"))
    wanted = (
        "Nav Eikevik",
        "Acute",
        "Has no money for food today",
        "Do not leave a voice message.",
    )
    hidden = ("Kari", "Kjøleskapet", "912 34 567", "kari@example.org")
    assert [one for one in wanted if one not in shown.text] == []
    assert [one for one in hidden if one in shown.text] == []


def test_without_a_look_up_there_is_no_case(centre, browser, number):
    other = centre.browser(centre.omar)
    for path in ("", "/message", "/transfer/1"):
        assert other.get(f"/contact-centre/cases/{number}{path}").status_code == 404
    assert browser.get("/contact-centre/cases/12345678").status_code == 404


def test_after_an_hour_the_operator_looks_again(browser, clock, number):
    clock.advance(minutes=25)
    assert browser.get(f"/contact-centre/cases/{number}").status_code == 200
    clock.advance(minutes=25)
    assert browser.get(f"/contact-centre/cases/{number}").status_code == 200
    clock.advance(minutes=10)
    assert browser.get(f"/contact-centre/cases/{number}").status_code == 404


def test_the_offices_lines_are_shown_as_what_they_are(centre, browser, number):
    with centre.database.unit_of_work() as session:
        add_line(session, centre.office_id, "+4755550001")
        add_line(session, centre.office_id, "+4755550002", "public", weekdays=[5])
    shown = page(browser.get(f"/contact-centre/cases/{number}"))
    assert "Internal: for the contact centre alone" in shown.text
    assert "The public number" in shown.text
    assert "Somebody answers until 15:00 today." in shown.text
