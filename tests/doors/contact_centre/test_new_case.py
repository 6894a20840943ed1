"""Taking a request for a caller, and what to say at the end."""

import pytest
from sqlalchemy import select

from nav_access.intake.codes import Channel
from nav_access.intake.models import Case
from tests.page import page


@pytest.fixture
def take(browser):
    def take(**typed):
        shown = page(browser.get("/contact-centre/new-case"))
        wanted = {"need": ["food"], "place": "Eikevik"}
        return shown.form("form:has(#need)"), wanted | typed

    return take


def test_a_request_is_stored_as_the_centres_and_its_code_is_read_out(centre, browser, take):
    form, typed = take(reach="call", phone="91234567", reads="uk")
    taken = page(form.fill(**typed).submit(browser))
    assert taken.heading == "The request is taken"
    (case,) = centre.read(lambda session: session.scalars(select(Case)).all())
    assert (case.channel, case.language) == (Channel.CONTACT_CENTRE, "uk")
    code = taken.one("#code").get_text(strip=True).replace(" ", "")
    assert (len(code), code[:8]) == (20, case.number)
    assert browser.get(f"/contact-centre/cases/{case.number}").status_code == 200


def test_the_code_is_on_no_other_page(centre, browser, take):
    form, typed = take()
    taken = page(form.fill(**typed).submit(browser))
    key = taken.one("#code").get_text(strip=True)[10:]
    number = centre.read(lambda session: session.scalars(select(Case.number)).one())
    assert taken.response.headers["Cache-Control"] == "no-store"
    assert key not in page(browser.get(f"/contact-centre/cases/{number}")).text


def test_a_form_sent_twice_is_one_case(centre, browser, take):
    form, typed = take()
    form.fill(**typed)
    assert form.submit(browser).data.count(b'id="code"') == 1
    form.submit(browser)
    assert len(centre.read(lambda session: session.scalars(select(Case)).all())) == 1


def test_what_is_missing_is_asked_for_and_the_rest_is_kept(browser, take):
    form, _ = take()
    answer = form.fill(message="", need=[], name="Per").submit(browser)
    shown = page(answer)
    assert (answer.status_code, set(shown.errors)) == (422, {"need", "place"})
    assert shown.one("#name")["value"] == "Per"
