"""What was typed when the session was over comes back to its writer, and to nobody else."""

import pytest
from sqlalchemy import select

from nav_access.intake import handling
from nav_access.intake.models import Case, CaseEvent
from nav_access.staff import sessions
from nav_access.web.shared.signed_in.drafts import MOST
from tests.page import page, text_of

WRITTEN = "Ring søsteren etter 12.\nHun har nøkkel <b>og</b> mat."


@pytest.fixture
def eli(desk):
    return desk.employ("Eli")


@pytest.fixture
def address(desk):
    return f"/desk/cases/{desk.receive().number}"


@pytest.fixture
def browser(desk, eli):
    return desk.sign_in(eli)


def form(shown, act):
    return shown.form(f'form:has(input[name="do"][value="{act}"])')


def left(desk, browser, address, act="note", away=None, **typed):
    """Write something, be away too long, send it, and return the answer."""
    filled = form(page(browser.get(address)), act).fill(**(typed or {"note": WRITTEN}))
    desk.clock.advance(**(away or {"minutes": 31}))
    return filled.submit(browser)


def stored(desk):
    with desk.database.read_session() as session:
        found = session.scalars(select(CaseEvent.kind).order_by(CaseEvent.seq))
        return [str(kind) for kind in found]


@pytest.mark.parametrize("away", [{"minutes": 31}, {"hours": 11}])
def test_a_note_is_in_the_form_again_after_signing_in(desk, browser, eli, address, away):
    asked = left(desk, browser, address, away=away)
    assert (asked.status_code, asked.headers["Cache-Control"]) == (200, "no-store")
    shown = page(asked, lang="en")
    assert "kept for you alone" in shown.text
    assert WRITTEN not in shown.text
    back = desk.send_sign_in(browser, shown, eli)
    assert back.status_code == 200
    restored = form(page(back, lang="en"), "note")
    assert restored.values["note"][0].strip().replace("\r\n", "\n") == WRITTEN
    assert stored(desk) == ["received"]
    assert restored.submit(browser).status_code == 303
    assert stored(desk) == ["received", "note_written"]


def test_signed_out_in_another_tab_loses_nothing_either(desk, browser, eli, address):
    filled = form(page(browser.get(address)), "note").fill(note=WRITTEN)
    token = browser.get_cookie("desk", path="/desk").value.partition(".")[2]
    with desk.database.unit_of_work() as session:
        sessions.sign_out(session, token, now=desk.now)
    asked = page(filled.submit(browser))
    desk.clock.advance(minutes=1)
    assert "Hun har nøkkel" in desk.send_sign_in(browser, asked, eli).text


def test_what_was_chosen_comes_back_too(desk, browser, eli, address):
    asked = left(desk, browser, address, "contact", outcome="busy", contact_text="Prøver 14.")
    back = form(page(desk.send_sign_in(browser, page(asked), eli)), "contact")
    assert back.values["outcome"] == ["busy"]
    assert back.values["contact_text"][0].strip() == "Prøver 14."


def test_a_deadline_comes_back_in_an_open_form_without_complaint(desk, browser, eli, address):
    asked = left(desk, browser, address, "deadline", day="30.2", deadline_text="Fordi.")
    shown = page(desk.send_sign_in(browser, page(asked), eli))
    assert not shown.errors
    assert "Fordi." in shown.one("details[open]").get_text()
    assert form(shown, "deadline").values["day"] == ["30.2"]


def test_another_person_does_not_see_it(desk, browser, address):
    asked = page(left(desk, browser, address))
    answer = desk.send_sign_in(browser, asked, desk.employ("Ola"))
    assert (answer.status_code, answer.location) == (303, address)
    assert "Hun har nøkkel" not in browser.get(address).text


def test_a_wrong_password_keeps_the_draft(desk, browser, eli, address):
    asked = page(left(desk, browser, address))
    again = page(desk.send_sign_in(browser, asked, eli, password="wrong"))
    assert again.errors
    assert "kept for you alone" in again.text
    assert "Hun har nøkkel" in desk.send_sign_in(browser, again, eli).text


@pytest.mark.parametrize("tamper", [lambda text: text[:-4] + "AAAA", lambda _: "x", lambda _: "å"])
def test_a_tampered_draft_is_a_plain_sign_in(desk, browser, eli, address, tamper):
    asked = page(left(desk, browser, address))
    sealed = asked.form('form[action="/desk/sign-in"]').values["draft"][0]
    answer = desk.send_sign_in(browser, asked, eli, draft=tamper(sealed))
    assert (answer.status_code, answer.location) == (303, address)


def test_a_draft_is_for_the_page_it_was_written_on(desk, browser, eli, address):
    other = f"/desk/cases/{desk.receive().number}"
    asked = page(left(desk, browser, address))
    answer = desk.send_sign_in(browser, asked, eli, next=other)
    assert (answer.status_code, answer.location) == (303, other)


def test_a_draft_lasts_the_night_and_no_longer(desk, browser, eli, address):
    asked = page(left(desk, browser, address))
    desk.clock.advance(hours=12)
    assert desk.send_sign_in(browser, asked, eli).status_code == 303


def test_words_of_nobody_known_are_shown_to_copy_and_kept_nowhere(client, address):
    data = {"do": "contact", "outcome": "busy", "contact_text": WRITTEN}
    asked = page(client.post(address, data=data, headers={"Accept-Language": "en"}), lang="en")
    assert asked.one(".words").get_text() == WRITTEN
    assert "busy" not in asked.text
    assert "Copy it from here first" in asked.text
    assert "draft" not in asked.form('form[action="/desk/sign-in"]').values


def test_more_than_can_be_carried_is_shown_to_copy(desk, browser, address):
    asked = left(desk, browser, address, note="a" * MOST)
    assert "a" * MOST in page(asked).text


def test_a_button_alone_is_nothing_to_keep(desk, browser, address):
    filled = form(page(browser.get(address)), "claim")
    desk.clock.advance(minutes=31)
    assert filled.submit(browser).status_code == 303


def test_what_colleagues_did_meanwhile_is_said(desk, browser, eli, address):
    asked = page(left(desk, browser, address))
    desk.do(handling.claim, desk.turn(address[-8:], who=desk.bo))
    shown = page(desk.send_sign_in(browser, asked, eli))
    assert "Bo took the case." in text_of(shown.all("[role=status]")[0])
    assert form(shown, "note").submit(browser).status_code == 303


def test_a_case_that_is_no_longer_theirs_takes_nothing_back(desk, browser, eli, address):
    asked = page(left(desk, browser, address))
    with desk.database.unit_of_work() as session:
        session.scalars(select(Case)).one().office_id = desk.other_id
    answer = desk.send_sign_in(browser, asked, eli)
    assert (answer.status_code, answer.location) == (303, address)
    assert browser.get("/desk/").status_code == 200
