"""Through a real Kannel to a simulated phone: letter for letter, and reported back."""

from collections.abc import Iterator
from threading import Thread

import pytest
from werkzeug.serving import make_server

from nav_access.core.message_settings import MessageSettings
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import Reach
from nav_access.messaging.codes import MessageState
from nav_access.web.messages.carrying import Parcel
from nav_access.web.messages.gateway import Gateway
from nav_access.web.messages.words import Wording
from tests.kannel import Kannel, Phone, kannel, wait_until
from tests.messages.conftest import PHONE, Post

SECRET = "a secret of more than twenty letters"
TEXTS = [
    "Sak 1234 5674: vi kontakter deg før 15:00 på mandag. Ærlig talt: «nei» €{}",
    "Sak 1234 5674: vi kontakter deg før 15:00 på mandag. Ærlig! {}[]~^|\\€",
    "قضية 1234\N{NO-BREAK SPACE}5674: سنتصل بك قبل الساعة 15:00 يوم الاثنين.",
    "ሕቶኹም ተቐቢልና። ጉዳይ 1234 5674። ቅድሚ 15:00 ሰኑይ ክንረኽበኩም ኢና።",
    "ሕቶኹም ተቐቢልና። " * 12,
]


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kannel]:
    with kannel(tmp_path_factory.mktemp("kannel")) as running:
        yield running


@pytest.fixture
def phone(gateway: Kannel) -> Iterator[Phone]:
    with gateway.phone() as switched_on:
        yield switched_on


def to_kannel(gateway: Kannel, **more: str) -> Gateway:
    """Return our side of it, set up as an installation sets it up."""
    environ = {"NAV_SMS_URL": gateway.url, "NAV_SMS_SENDER": "2000", **more}
    found = MessageSettings.from_environment(environ, is_sample=True)
    assert found.sms is not None
    return Gateway.from_settings(found, found.sms)


def test_each_script_arrives_letter_for_letter(gateway: Kannel, phone: Phone) -> None:
    for number, text in enumerate(TEXTS):
        to_kannel(gateway).carry(Parcel(f"{PHONE}{number}", Wording(text), f"text-{number}"))
    came = phone.wait_for(len(TEXTS))
    assert [text.words for text in came] == TEXTS
    assert [text.receiver for text in came] == [f"{PHONE}{n}" for n in range(len(TEXTS))]
    assert {text.sender for text in came} == {"2000"}


@pytest.fixture
def public_url(post: Post) -> Iterator[str]:
    """The site where a gateway can reach it."""
    post.set_secret(SECRET)
    server = make_server("127.0.0.1", 0, post.app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("language", ["nb", "ar"])
def test_a_message_reaches_the_phone_and_is_known_to_have(
    gateway: Kannel, phone: Phone, post: Post, public_url: str, language: str
) -> None:
    post.sms = to_kannel(gateway, NAV_PUBLIC_URL=public_url, NAV_SMS_SECRET=SECRET)
    post.receive(ContactWishes(Reach.SMS, PHONE), language)
    post.send()
    (text,) = phone.wait_for(1)
    assert post.numbers[0][:4] in text.words
    wait_until(lambda: [row.state for row in post.rows()] == [MessageState.DELIVERED])
