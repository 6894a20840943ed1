"""E-mail to a real server: over checked TLS, letter for letter, once, however long it refuses."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nav_access.core.message_settings import MessageSettings
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import Reach
from nav_access.messaging.codes import MessageState
from nav_access.web.messages.carrying import NotTaken, Parcel
from nav_access.web.messages.mail import MailServer
from nav_access.web.messages.words import Wording
from tests.messages.conftest import EMAIL, Post
from tests.messages.smtp_server import SmtpServer, smtp_server

SAID = Wording("ሕቶኹም ተቐቢልና። Søknaden er mottatt.\n. تم استلام الطلب", "Справа 1234 5674")
SENDER = "post@help.example.org"
REFUSALS = [
    {"GREETING": "421 later"},
    {"AUTH": "454 later"},
    {"RCPT": "451 4.3.2 later"},
    {"DATA": "452 no room"},
    {"MAIL": "550 not from you"},
]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmtpServer]:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trust.pem"))
    with smtp_server(tmp_path) as running:
        yield running


def mail_to(port: int, scheme: str = "smtp+starttls", host: str = "localhost") -> MailServer:
    """Return our side of it, set up as an installation sets it up."""
    url = f"{scheme}://nav:p%40ss%20word@{host}:{port}"
    environ = {"NAV_SMTP_URL": url, "NAV_MAIL_FROM": SENDER}
    found = MessageSettings.from_environment(environ, is_sample=False)
    assert found.smtp is not None
    return MailServer(found.smtp, SENDER)


def parcel(address: str = EMAIL) -> Parcel:
    return Parcel(address, SAID, "received-7")


def test_every_script_arrives_letter_for_letter(server: SmtpServer) -> None:
    mail_to(server.port).carry(parcel())
    (letter,) = server.received
    assert letter.get_content().splitlines() == SAID.text.splitlines()
    assert (letter["Subject"], letter["To"], letter["From"]) == (SAID.subject, EMAIL, SENDER)


def test_the_same_message_has_the_same_id(server: SmtpServer) -> None:
    for _ in range(2):
        mail_to(server.port).carry(parcel())
    assert len({letter["Message-ID"] for letter in server.received}) == 1


def test_tls_from_the_first_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trust.pem"))
    with smtp_server(tmp_path, is_tls_at_once=True) as server:
        mail_to(server.port, "smtps").carry(parcel())
        assert len(server.received) == 1


def test_a_server_nobody_vouches_for_gets_nothing(
    server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(NotTaken, match="no_trust"):
        mail_to(server.port).carry(parcel())
    assert server.received == []


def test_a_certificate_for_another_host_is_no_good(server: SmtpServer) -> None:
    with pytest.raises(NotTaken, match="no_trust"):
        mail_to(server.port, host="127.0.0.1").carry(parcel())


def test_nobody_there_is_no_answer(unused_port: int) -> None:
    with pytest.raises(NotTaken, match="no_answer"):
        mail_to(unused_port).carry(parcel())


@pytest.fixture
def writing(post: Post, server: SmtpServer) -> Callable[[str], None]:
    """Asks for help by e-mail, as so many people, on a site whose server this is."""
    post.email = mail_to(server.port)

    def write(*names: str) -> None:
        for name in names:
            post.receive(ContactWishes(Reach.EMAIL, email=f"{name}@example.org"), "ar")

    return write


@pytest.mark.parametrize("refusals", REFUSALS, ids=[next(iter(each)) for each in REFUSALS])
def test_after_two_hours_of_refusals_everything_arrives_once(
    post: Post, server: SmtpServer, writing: Callable[..., None], refusals: dict[str, str]
) -> None:
    names = ["kari", "ali", "olena", "semhar", "per"]
    writing(*names)
    server.refusals = refusals
    for _ in range(24):
        post.send()
        post.clock.advance(minutes=5)
    assert server.received == []
    assert server.tries > 10
    server.refusals = {}
    for _ in range(14):
        post.send()
        post.clock.advance(minutes=5)
    assert sorted(letter["To"] for letter in server.received) == sorted(
        f"{name}@example.org" for name in names
    )
    assert {row.state for row in post.rows()} == {MessageState.SENT}


@pytest.mark.parametrize(
    ("address", "goes_to"),
    [("kari@blåbær.no", "kari@xn--blbr-roah.no"), ("o'nil+1@a.no", "o'nil+1@a.no")],
)
def test_unusual_addresses(server: SmtpServer, address: str, goes_to: str) -> None:
    mail_to(server.port).carry(parcel(address))
    assert [letter["To"] for letter in server.received] == [goes_to]


@pytest.mark.parametrize("address", ["a@b.no, c@d.no", "a b@c.no", "a@" + "å" * 64 + ".no"])
def test_what_is_no_address_is_not_tried_again(server: SmtpServer, address: str) -> None:
    with pytest.raises(NotTaken, match="no_such_address") as fact:
        mail_to(server.port).carry(parcel(address))
    assert (fact.value.is_final, server.received) == (True, [])


def test_how_a_server_says_goodbye_does_not_matter(server: SmtpServer) -> None:
    server.refusals = {"QUIT": "421 too late"}
    mail_to(server.port).carry(parcel())
    assert len(server.received) == 1


def test_an_address_that_does_not_exist_is_not_tried_again(
    post: Post, server: SmtpServer, writing: Callable[..., None]
) -> None:
    writing("gone")
    server.refusals = {"RCPT": "550 5.1.1 nobody of that name"}
    post.send()
    (row,) = post.rows()
    assert (row.state, row.trouble, row.tries) == (MessageState.FAILED, "smtp_550", 1)
