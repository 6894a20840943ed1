"""Protected persons in the contact centre: no page tells an operator, or a caller, of them."""

import re

import pytest
from sqlalchemy import update

from nav_access.intake.models import Case
from tests.page import page

NUMBER = re.compile(r"\d{4}( ?\d{4})+")
KNOWN, UNKNOWN = "91234567", "98765432"


@pytest.fixture
def protected(centre):
    """A protected case with the phone every request of the tests has."""
    number = centre.receive().number
    protect(centre, number)
    return number


def protect(centre, number):
    with centre.database.unit_of_work() as session:
        session.execute(update(Case).where(Case.number == number).values(is_protected=True))


def take(browser, phone):
    """Take a request for whoever rings from a phone; return what is said."""
    form = page(browser.get("/contact-centre/new-case")).form("form:has([name=need])")
    typed = {"need": ["food"], "place": "Eikevik", "phone": phone, "reach": ["call"]}
    return form.fill(**typed).submit(browser)


def told(answer):
    """What an answer says, but for numbers of cases and phones."""
    return answer.status_code, NUMBER.sub("", page(answer).text)


@pytest.mark.usefixtures("protected")
def test_a_request_with_their_phone_is_taken_as_any_other(browser):
    plain, double = take(browser, UNKNOWN), take(browser, KNOWN)
    assert told(plain) == told(double)
    assert len(plain.data) == len(double.data)
    pages = []
    for answer in (plain, double):
        opened = browser.get(page(answer).links["Open the case"])
        pages.append(told(opened))
    assert pages[0][0] == 200
    assert pages[0] == pages[1]


@pytest.mark.usefixtures("protected")
def test_it_does_not_vanish_from_what_who_took_it_finds(browser, ask):
    number = page(take(browser, KNOWN)).links["Open the case"].rsplit("/", 1)[1]
    for asked in (KNOWN, number):
        assert ask(asked).location == f"/contact-centre/cases/{number}"


@pytest.mark.usefixtures("protected")
def test_the_phone_of_a_protected_person_leads_nowhere_and_says_what_not_to_say(ask):
    found = page(ask(KNOWN))
    assert found.heading == "No case was found"
    assert "Do not tell the caller that they have no case" in found.text
    assert told(ask(KNOWN)) == told(ask(UNKNOWN))


def test_what_was_sent_before_is_a_line_without_content(centre, browser):
    number = centre.known()
    centre.send(number)
    protect(centre, number)
    shown = page(browser.get("/contact-centre/")).text
    assert "Those who may read it have taken it over." in shown
    assert number not in shown
    other = page(centre.browser(centre.omar).get("/contact-centre/")).text
    assert "taken it over" not in other
