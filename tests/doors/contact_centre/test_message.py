"""Writing to the office, and reading what became of it."""

import pytest

from nav_access.intake.centre import messages
from tests.page import page

WORDS = {"text": "Hun venter på svar.", "urgency": "1"}


@pytest.fixture
def number(centre):
    return centre.known()


@pytest.fixture
def write(browser, number):
    def write(**typed):
        shown = page(browser.get(f"/contact-centre/cases/{number}/message"))
        form = shown.form("form:has(textarea)")
        form.values["deadline"] = [typed.pop("deadline", "")]
        return form.fill(**typed).submit(browser)

    return write


def soonest(browser, number):
    shown = page(browser.get(f"/contact-centre/cases/{number}/message"))
    return shown.all('input[name="deadline"]')[1]["value"]


def test_a_message_is_sent_and_stands_on_the_case(browser, number, write):
    sent = write(**WORDS, deadline=soonest(browser, number), promised="Vi ringer i dag.")
    assert sent.location == f"/contact-centre/cases/{number}#messages"
    shown = page(browser.get(f"/contact-centre/cases/{number}"))
    said = ("Hun venter på svar.", "Vi ringer i dag.", "The message asks for an earlier time.")
    assert [one for one in said if one not in shown.text] == []


def test_the_form_begins_with_what_is_known(browser, number):
    shown = page(browser.get(f"/contact-centre/cases/{number}/message"))
    chosen = {one["name"]: one["value"] for one in shown.all("input[checked]")}
    assert chosen == {"urgency": "1", "deadline": "", "reach": "call", "when": "any"}


def test_another_time_is_written_as_people_write_it(number, write, browser):
    assert write(**WORDS, deadline="other", day="tomorrow", time="10").status_code == 303
    assert "before 10:00 tomorrow" in page(browser.get(f"/contact-centre/cases/{number}")).text


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, {"text", "deadline"}),
        ({**WORDS, "deadline": "other"}, {"day", "time"}),
        ({**WORDS, "deadline": "other", "day": "today", "time": "8"}, {"day"}),
        ({**WORDS, "deadline": "2026-11-23T08:00:00+00:00"}, {"deadline"}),
        ({**WORDS, "deadline": "2026-11-23T08:00:00"}, {"deadline"}),
    ],
)
def test_what_is_missing_or_gone_by_is_asked_for(write, typed, wrong):
    answer = write(**typed)
    assert (answer.status_code, set(page(answer).errors)) == (422, wrong)


def test_the_same_form_twice_is_one_message(browser, number):
    shown = page(browser.get(f"/contact-centre/cases/{number}/message"))
    form = shown.form("form:has(textarea)")
    form.fill(**WORDS, deadline="other", day="tomorrow", time="10")
    for _ in range(2):
        assert form.submit(browser).status_code == 303
    assert page(browser.get("/contact-centre/")).text.count("Not acknowledged yet") == 1


def test_the_office_is_said_to_be_closed(browser, clock, centre):
    clock.advance(hours=8)
    browser = centre.browser(centre.olga)
    number = centre.receive().number
    centre.look(number=number, at=clock())
    shown = page(browser.get(f"/contact-centre/cases/{number}/message"))
    assert "Nobody at the office reads messages now. From 09:00 tomorrow" in shown.text


def test_an_answer_is_read_and_more_is_written_below(centre, browser, number):
    message_id = centre.send(number)
    centre.act(messages.answer, centre.anne, message_id, "Vi ringer kl. 13.")
    shown = page(browser.get(f"/contact-centre/messages/{message_id}"))
    assert "Vi ringer kl. 13." in shown.text
    shown.form("form:has(textarea)").fill(answer="Fint.").submit(browser)
    assert "Fint." in page(browser.get(f"/contact-centre/messages/{message_id}")).text
    assert shown.form("form:has(textarea)").fill(answer="").submit(browser).status_code == 422


def test_somebody_elses_message_is_not_there(centre, number):
    message_id = centre.send(number)
    other = centre.browser(centre.omar)
    for one in (message_id, message_id + 1, 2**63):
        assert other.get(f"/contact-centre/messages/{one}").status_code == 404
