"""The contact centre's messages at the desk: the inbox, the case's page, one name under each."""

from datetime import timedelta

import pytest

from nav_access.intake.centre import messages
from nav_access.intake.clocks import run_clocks
from tests.centre_factory import Centre
from tests.page import page


@pytest.fixture
def centre(desk):
    """The contact centre, which writes to the desk's office."""
    centre = Centre(desk.database, desk.keyring, desk.now, suffix="-centre")
    centre.slug, centre.office_id = desk.slug, desk.office_id
    return centre


@pytest.fixture
def number(centre):
    return centre.known()


def test_the_inbox_has_the_oldest_deadline_first_and_says_where_each_stands(
    centre, browser, number
):
    later = centre.send(number, deadline_utc=centre.now + timedelta(hours=8))
    sooner = centre.send(number)
    shown = page(browser.get("/desk/messages"))
    found = [a["href"] for a in shown.all("td a")]
    assert found == [f"/desk/messages/{sooner}", f"/desk/messages/{later}"]
    assert "Earlier than the person was promised" in shown.text


def test_what_waits_is_seen_in_the_queue_and_among_tasks(centre, browser, number):
    message_id = centre.send(number)
    queue = page(browser.get("/desk/")).text
    assert "A message from the contact centre waits: 13:30 today" in queue
    tasks = page(browser.get("/desk/tasks"))
    assert "1 message from the contact centre waits to be acknowledged." in tasks.links
    centre.act(messages.acknowledge, browser.who, message_id)
    assert "contact centre" not in page(browser.get("/desk/")).text
    assert "contact centre" not in page(browser.get("/desk/tasks")).text


def test_an_empty_inbox_says_so(browser):
    assert "Nothing here now." in page(browser.get("/desk/messages")).text


def test_it_is_acknowledged_on_the_cases_page_by_name(centre, browser, number):
    message_id = centre.send(number, promised="Noen ringer før 14.")
    shown = page(browser.get(f"/desk/cases/{number}"))
    assert "Noen ringer før 14." in shown.text
    pressed = shown.form(f'form[action="/desk/messages/{message_id}"]').submit(browser)
    assert pressed.location == f"/desk/messages/{message_id}"
    shown = page(browser.get(f"/desk/cases/{number}"))
    assert "Eli has read it: 09:30 today." in shown.text
    assert shown.all(f'form[action="/desk/messages/{message_id}"]') == []


def test_who_comes_second_is_shown_who_was_first(centre, desk, browser, number):
    message_id = centre.send(number)
    shown = page(browser.get(f"/desk/messages/{message_id}"))
    first = desk.at_work("Ida")
    centre.act(messages.acknowledge, first.who, message_id)
    answer = shown.form('form:has([value="acknowledge"])').submit(browser)
    assert answer.status_code == 409
    assert "Ida was first and has acknowledged this message" in page(answer).text


def test_an_answer_goes_below_and_an_empty_one_is_asked_for(centre, browser, number):
    message_id = centre.send(number)
    shown = page(browser.get(f"/desk/messages/{message_id}"))
    form = shown.form('form:has([value="answer"])')
    assert form.submit(browser).status_code == 422
    assert form.fill(answer="Vi ringer kl. 13.").submit(browser).status_code == 303
    shown = page(browser.get(f"/desk/messages/{message_id}"))
    assert "Vi ringer kl. 13." in shown.text
    assert "Eli has read it" in shown.text


def test_another_office_sees_nothing_of_it(centre, desk, number):
    message_id = centre.send(number)
    stranger = desk.at_work("Liv", desk.other_id)
    for one in (message_id, message_id + 1, 2**63):
        assert stranger.get(f"/desk/messages/{one}").status_code == 404
    assert "Nothing here now." in page(stranger.get("/desk/messages")).text


def test_the_timeline_tells_of_each_step(centre, desk, number, clock):
    centre.send(number)
    run_clocks(desk.database, desk.keyring, now=clock.advance(days=3))
    shown = page(desk.at_work("Ada").get(f"/desk/cases/{number}"))
    wanted = (
        "Olga-centre at the contact centre sent a message to the office.",
        "Nobody has acknowledged the contact centre's message in time. The desk was told.",
        "The contact centre's message is still not acknowledged. The manager was told.",
        "The contact centre's message is still not acknowledged. The contact centre was told.",
    )
    assert [one for one in wanted if one not in shown.text] == []


def test_words_of_somebody_signed_out_come_back_and_nothing_is_done(centre, desk, clock, number):
    message_id = centre.send(number)
    email = desk.employ("Mia")
    browser = desk.sign_in(email)
    shown = page(browser.get(f"/desk/messages/{message_id}"))
    clock.advance(hours=1)
    locked = page(shown.form('form:has([value="answer"])').fill(answer="Ja.").submit(browser))
    back = page(desk.send_sign_in(browser, locked, email))
    assert back.one("#answer").get_text(strip=True) == "Ja."
    assert "Nothing is stored yet" in back.text
