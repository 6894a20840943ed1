"""Letters to print, and the outbox as the desk sees it."""

import pytest
from sqlalchemy import select

from nav_access.intake import handling
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import ContactOutcome
from nav_access.messaging.codes import MessageChannel
from nav_access.messaging.models import OutboxMessage
from nav_access.web.messages.send import send_due
from tests.page import page


@pytest.fixture
def write(app, desk):
    """Make a letter to a person of these wishes and language, and return its id."""

    def make(language="nb", **wishes):
        given = ContactWishes(phone="+4791234567", name="Kari Ås", may_say_who=True, **wishes)
        number = desk.receive(wishes=given, language=language).number
        desk.do(handling.log_contact, desk.turn(number), ContactOutcome.WRONG_NUMBER, None)
        with app.app_context():
            send_due(app.extensions["nav_access"], desk.now)
        with desk.database.read_session() as session:
            is_letter = OutboxMessage.channel == MessageChannel.LETTER
            return session.scalars(select(OutboxMessage.id).where(is_letter)).all()[-1]

    return make


def test_a_letter_is_read_printed_and_gone_from_the_list(browser, write):
    address = f"/desk/letters/{write()}"
    assert address in page(browser.get("/desk/letters")).links.values()
    shown = page(browser.get(address), lang="en")
    assert "Kari Ås" in shown.text
    done = shown.form(f'form[action="{address}"]').submit(browser)
    assert done.location == "/desk/letters"
    assert "No letters wait." in page(browser.get("/desk/letters")).text


def test_printed_twice_is_printed_once(browser, write):
    address = f"/desk/letters/{write()}"
    form = page(browser.get(address)).form(f'form[action="{address}"]')
    assert [form.submit(browser).status_code for _ in range(2)] == [303, 303]


def test_it_says_who_writes_and_the_pages_title_does_not(browser, write):
    shown = page(browser.get(f"/desk/letters/{write()}"))
    assert "own envelope" in shown.text
    assert "Nav Eikevik" in shown.one(".letter").get_text()
    assert "NAV" not in shown.title


def test_nothing_but_the_letter_is_printed(browser, write):
    shown = page(browser.get(f"/desk/letters/{write()}"))
    for hidden in shown.all(".no-print, header, footer, form, h1"):
        hidden.decompose()
    assert shown.one("main").get_text().split() == shown.one(".letter").get_text().split()


def test_a_letter_is_in_the_persons_language(browser, write):
    shown = page(browser.get(f"/desk/letters/{write(language='ar')}"))
    letter = shown.one(".letter")
    assert (letter["lang"], letter["dir"]) == ("ar", "rtl")


def test_anothers_letter_is_not_there(desk, write):
    message_id, stranger = write(), desk.at_work("Ola", desk.other_id)
    assert "No letters wait." in page(stranger.get("/desk/letters")).text
    assert stranger.get(f"/desk/letters/{message_id}").status_code == 404


@pytest.mark.parametrize("message_id", ["0", "99999999999999999999", "x"])
def test_no_such_letter(browser, message_id):
    assert browser.get(f"/desk/letters/{message_id}").status_code == 404


def test_the_outbox_tells_how_much_waits_and_nothing_of_anybody(desk, browser, write):
    write()
    desk.clock.advance(minutes=20)
    shown = page(browser.get("/desk/outbox"), lang="en")
    assert "1 letter waits to be printed" in shown.text
    assert "Nothing is late." in shown.text
    assert "Kari" not in shown.text
