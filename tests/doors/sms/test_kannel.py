"""A whole request by text through a real Kannel, from a simulated phone and back to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.parse import quote

import pytest
from werkzeug.serving import make_server

from nav_access.core.clock import system_clock
from nav_access.core.i18n.locales import by_tag
from nav_access.core.i18n.wording import words_in
from nav_access.core.message_settings import MessageSettings
from nav_access.intake.codes import AcuteStatement
from nav_access.intake.texting.codes import Say
from nav_access.messaging.codes import MessageChannel
from nav_access.web.messages.gateway import Gateway
from nav_access.web.messages.send import send_due
from nav_access.web.shared.dialogue_words import QUESTIONS
from tests.doors.sms.conftest import DIGIT, NUMBER, PHONE, SECRET, Phone
from tests.doors.sms.test_desk_reads import TIGRINYA
from tests.kannel import Kannel, kannel, wait_until


class ThroughKannel:
    """The site and a gateway that know each other, and somebody's phone."""

    def __init__(self, phone: Phone, gateway: Kannel) -> None:
        self.site_phone, self.gateway = phone, gateway
        environ = {"NAV_SMS_URL": gateway.url, "NAV_SMS_SENDER": NUMBER}
        found = MessageSettings.from_environment(environ, is_sample=True)
        assert found.sms is not None
        self.carriers = {MessageChannel.SMS: Gateway.from_settings(found, found.sms)}

    def text(self, words: str, coding: str = "ucs2") -> str:
        """Send one text from the phone; return what comes back to it."""
        coded = words if coding == "text" else quote(words.encode("utf-16-be"), safe="")
        # Kannel's time stamps are of this moment, so the site's clock is, too.
        self.site_phone.clock.set(system_clock())
        with self.gateway.phone(f"{PHONE} {NUMBER} {coding} {coded}") as switched_on:
            wait_until(self.send)
            (came,) = switched_on.wait_for(1)
        assert (came.sender, came.receiver) == (NUMBER, PHONE)
        return came.words

    def send(self) -> int:
        """Send what is due; return how much that was."""
        phone = self.site_phone
        phone.clock.set(system_clock())
        with phone.app.app_context():
            return send_due(phone.site, phone.clock(), carriers=self.carriers).total()


@contextmanager
def serve(phone: Phone) -> Iterator[int]:
    """Answer a gateway's requests on a port of this machine."""
    server = make_server("127.0.0.1", 0, phone.app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def through_kannel(phone: Phone, tmp_path_factory: pytest.TempPathFactory):
    """Kannel, set up to deliver to the site as the guide says."""
    with serve(phone) as port:
        address = f"http://kannel:{SECRET}@localhost:{port}/sms/inbound?id=%I&ts=%T"
        service = (
            f'post-url = "{address}"',
            "send-sender = true",
            "max-messages = 0",
            "catch-all = true",
        )
        with kannel(tmp_path_factory.mktemp("kannel"), service) as gateway:
            yield ThroughKannel(phone, gateway)


def test_a_request_in_tigrinya_reaches_the_desk_and_its_promise_the_phone(
    through_kannel: ThroughKannel, phone: Phone
):
    ours = words_in(by_tag("ti"))
    assert f"{DIGIT['ti']} ትግርኛ" in through_kannel.text(TIGRINYA)
    assert ours.text(QUESTIONS[Say.ACUTE]) in through_kannel.text(DIGIT["ti"], coding="text")
    assert ours.text(QUESTIONS[Say.PLACE]) in through_kannel.text("٢")
    promise = through_kannel.text("0150", coding="text")
    (case,) = phone.cases()
    assert phone.events() == [("received", TIGRINYA)]
    assert case.acute == (AcuteStatement.POWER_CUT,)
    assert f"{case.number[:4]} {case.number[4:]}" in promise
    assert phone.place() == "0150"


@pytest.mark.parametrize(
    ("words", "coding", "digit"),
    [("jeg må ha hjelp, æøå", "text", "1"), ("їжі немає, допоможіть", "ucs2", DIGIT["uk"])],
)
def test_each_alphabet_arrives_letter_for_letter(
    through_kannel: ThroughKannel, phone: Phone, words: str, coding: str, digit: str
):
    said = through_kannel.text(words, coding)
    while not phone.cases():
        said = through_kannel.text(digit if "1 norsk" in said else "0150 1")
    assert phone.events()[0] == ("received", words)
