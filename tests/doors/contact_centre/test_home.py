"""The first page: who is calling, what waits for the centre, where one's messages stand."""

import pytest

from nav_access.intake.centre import messages, rules
from nav_access.intake.clocks import run_clocks
from tests.centre_factory import add_line
from tests.page import page


@pytest.mark.parametrize("typed", ["912 34 567", "0047 912 34 567"])
def test_a_phone_however_written_leads_to_its_one_case(centre, ask, typed):
    number = centre.receive().number
    answer = ask(typed)
    assert (answer.status_code, answer.location) == (303, f"/contact-centre/cases/{number}")


def test_a_case_number_or_a_whole_code_leads_to_the_case(centre, ask):
    receipt = centre.receive()
    spaced = f"{receipt.number[:4]} {receipt.number[4:]}"
    for typed in (spaced, f"{receipt.number} {receipt.key}"):
        assert ask(typed).location == f"/contact-centre/cases/{receipt.number}"


def test_several_cases_are_told_apart_without_names(centre, ask):
    numbers = {centre.receive().number, centre.receive().number}
    found = page(ask("91234567"))
    assert found.heading == "Several cases"
    assert {words for words in found.links if words.isdigit()} == numbers
    assert "Kari" not in found.text


def test_a_number_without_a_case_leads_to_a_request_that_has_it(browser, ask):
    found = page(ask("90000000"))
    assert found.heading == "No case was found"
    form = page(found.form('form[action="/contact-centre/new-case"]').submit(browser))
    assert form.one("#phone")["value"] == "+4790000000"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"asked": "", "reason": "caller_rang"}, "asked"),
        ({"asked": "hun med hunden", "reason": "caller_rang"}, "asked"),
        ({"asked": "91234567", "reason": ""}, "reason"),
        ({"asked": "91234567", "reason": "other"}, "words"),
    ],
)
def test_what_is_missing_is_asked_for(ask, typed, wrong):
    answer = ask(**typed)
    assert (answer.status_code, set(page(answer).errors)) == (422, {wrong})


def test_who_has_looked_up_too_many_is_told_so(centre, ask):
    for _ in range(rules.LOOK_UPS_AN_HOUR):
        centre.look()
    answer = ask("91234567")
    assert answer.status_code == 429
    assert "Ask a colleague to look" in page(answer).text


def test_own_messages_say_where_they_stand(centre, browser):
    number = centre.known()
    message_id = centre.send(number)
    assert "Not acknowledged yet" in page(browser.get("/contact-centre/")).text
    centre.act(messages.acknowledge, centre.anne, message_id)
    assert "Anne has read it: 09:30 today." in page(browser.get("/contact-centre/")).text


def test_what_came_back_waits_for_every_operator(centre, clock):
    number = centre.known()
    centre.send(number)
    run_clocks(centre.database, centre.keyring, now=clock.advance(days=3))
    shown = page(centre.browser(centre.omar).get("/contact-centre/"))
    assert f"Message about case {number}" in shown.links
    assert f"Case {number}" in shown.links


def test_lines_answered_now_are_there_to_put_somebody_through(centre, browser, clock):
    with centre.database.unit_of_work() as session:
        add_line(session, centre.office_id, "+4755550001")
    assert "+4755550001" in page(browser.get("/contact-centre/")).phone_numbers
    clock.advance(hours=8)
    evening = centre.browser(centre.omar)
    assert "No office answers now." in page(evening.get("/contact-centre/")).text


def test_words_of_somebody_signed_out_come_back(centre, browser, clock):
    centre.receive()
    shown = page(browser.get("/contact-centre/"))
    clock.advance(hours=1)
    form = shown.form('form[action="/contact-centre/"]')
    answer = form.fill(asked="91234567", reason="other", words="Fordi.").submit(browser)
    assert "Sign in" in page(answer).heading


def test_a_line_that_opens_the_next_minute_is_there_then(centre, browser, clock):
    with centre.database.unit_of_work() as session:
        add_line(session, centre.office_id, "+4755550001", weekdays=[1])
    clock.advance(hours=23, minutes=29)
    early, late = centre.browser(centre.olga), "+4755550001"
    assert late not in page(early.get("/contact-centre/")).phone_numbers
    clock.advance(minutes=1)
    assert late in page(early.get("/contact-centre/")).phone_numbers
    assert browser.get("/contact-centre/").status_code == 303
