"""Texts to a real gateway over HTTP: the right coding, one id, reports that move only forward."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from nav_access.core.message_settings import MessageSettings
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import Reach
from nav_access.messaging.codes import MessageState
from nav_access.web.messages.carrying import NotTaken, Parcel
from nav_access.web.messages.gateway import Gateway
from nav_access.web.messages.words import Wording
from tests.messages.conftest import PHONE, Post
from tests.messages.gateway_server import GatewayServer, gateway_server

SECRET = "a secret of more than twenty letters"
GSM, UCS2 = "0", "2"


@pytest.fixture
def server() -> Iterator[GatewayServer]:
    with gateway_server() as running:
        yield running


def gateway_to(url: str, **more: str) -> Gateway:
    """Return our side of it, set up as an installation sets it up."""
    environ = {"NAV_SMS_URL": url, "NAV_SMS_SENDER": "2000", **more}
    found = MessageSettings.from_environment(environ, is_sample=False)
    assert found.sms is not None
    return Gateway.from_settings(found, found.sms)


def parcel(text: str) -> Parcel:
    return Parcel(PHONE, Wording(text), "received-7")


@pytest.mark.parametrize(
    ("text", "coding"), [("Søknad på møte {1}", GSM), ("ሕቶኹም ተቐቢልና", UCS2), ("تم & استلام", UCS2)]
)
def test_a_text_goes_letter_for_letter(server: GatewayServer, text: str, coding: str) -> None:
    gateway_to(server.url).carry(parcel(text))
    fields = server.taken[0].fields
    assert (fields["text"], fields["coding"], fields["charset"]) == (text, coding, "UTF-8")
    assert (fields["username"], fields["password"]) == ("nav", "p@ss")
    assert (fields["from"], fields["to"]) == ("2000", PHONE)


@pytest.mark.parametrize("status", [302, 400, 403, 500, 503])
def test_what_is_not_taken_is_said(server: GatewayServer, status: int) -> None:
    server.decide = lambda _: status
    with pytest.raises(NotTaken, match=f"http_{status}"):
        gateway_to(server.url).carry(parcel("Hei"))


def test_no_answer_is_not_taken(server: GatewayServer) -> None:
    server.decide = lambda _: None
    with pytest.raises(NotTaken, match="no_answer"):
        gateway_to(server.url).carry(parcel("Hei"))


def test_while_nobody_answers_the_rest_of_a_run_waits(post: Post, unused_port: int) -> None:
    post.sms = gateway_to(f"http://127.0.0.1:{unused_port}/")
    for _ in range(6):
        post.receive(ContactWishes(Reach.SMS, PHONE))
    report = post.send()
    assert dict(report) == {"failed": 2, "put_off": 6}


@pytest.fixture
def reporting(post: Post, server: GatewayServer) -> GatewayServer:
    """A gateway that was asked for reports, and has taken one text."""
    public = "https://help.example.org"
    post.sms = gateway_to(server.url, NAV_PUBLIC_URL=public, NAV_SMS_SECRET=SECRET)
    post.receive(ContactWishes(Reach.SMS, PHONE))
    post.send()
    return server


@pytest.fixture
def client_with_secret(post: Post, client: FlaskClient) -> FlaskClient:
    post.set_secret(SECRET)
    return client


def report_path(server: GatewayServer, outcome: str) -> str:
    """Return the address the gateway calls, with the outcome where it was told to put it."""
    parts = urlsplit(server.taken[0].fields["dlr-url"].replace("%d", outcome))
    assert parse_qs(parts.query)["is"] == [outcome]
    return f"{parts.path}?{parts.query}"


@pytest.mark.parametrize(
    ("outcomes", "end"),
    [("8", "sent"), ("1", "delivered"), ("2", "failed"), ("12", "delivered"), ("21", "delivered")],
)
def test_reports_move_a_message_only_forward(
    post: Post, reporting: GatewayServer, client_with_secret: FlaskClient, outcomes: str, end: str
) -> None:
    for outcome in outcomes:
        found = client_with_secret.get(report_path(reporting, outcome))
        assert found.status_code == 200
    assert [row.state for row in post.rows()] == [MessageState(end)]


def test_a_report_nobody_signed_is_not_taken(
    post: Post, reporting: GatewayServer, client_with_secret: FlaskClient
) -> None:
    path = report_path(reporting, "1").replace("key=", "key=0")
    assert client_with_secret.get(path).status_code == 404
    assert [row.state for row in post.rows()] == [MessageState.SENT]


def test_without_a_secret_no_report_is_taken(
    post: Post, reporting: GatewayServer, client: FlaskClient
) -> None:
    assert client.get(report_path(reporting, "1")).status_code == 404
    assert [row.state for row in post.rows()] == [MessageState.SENT]
