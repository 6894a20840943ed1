"""Where nothing is set up nothing is sent: messages are written down, and the site says so."""

import os
import socket

import pytest
from flask import Flask

from nav_access.core.settings import Settings, SettingsError
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import Reach
from nav_access.messaging.codes import MessageState
from nav_access.web.messages.carriers import say_what_is_not_sent
from nav_access.web.messages.send import send_due
from tests.messages.conftest import EMAIL, PHONE, Post
from tests.no_network import NothingMayBeSent

GATEWAY = {"NAV_SMS_URL": "https://sms.example.org/send", "NAV_SMS_SENDER": "2000"}


@pytest.fixture
def written(post: Post) -> str:
    """What is in the file after a text and an e-mail were due."""
    post.receive(ContactWishes(Reach.SMS, PHONE))
    post.receive(ContactWishes(Reach.EMAIL, email=EMAIL))
    send_due(post.installation, post.clock())
    path = post.installation.settings.instance / "outbox.txt"
    assert path.stat().st_mode & 0o077 == 0
    return path.read_text()


def test_messages_are_written_down(post: Post, written: str) -> None:
    assert written.count("--- ") == 2
    assert all(f"{number[:4]} {number[4:]}" in written for number in post.numbers)
    assert {(row.state, row.trouble) for row in post.rows()} == {
        (MessageState.SENT, "only_written")
    }


def test_nobodys_whole_address_is_written(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = written + capsys.readouterr().err
    assert PHONE[-2:] in said
    assert [part for part in (PHONE[-4:], "kari") if part in said] == []


def test_the_site_says_what_is_not_sent(app: Flask) -> None:
    settings: Settings = app.extensions["nav_access"].settings
    assert [line.split()[0] for line in say_what_is_not_sent(settings)] == ["Text", "E-mails"]


def test_a_sample_has_no_gateway_elsewhere() -> None:
    with pytest.raises(SettingsError, match="NAV_SMS_URL must be on this machine"):
        Settings.from_environment({"NAV_SAMPLE": "1", **GATEWAY})


def test_no_process_of_a_test_knows_a_gateway() -> None:
    assert [name for name in ("NAV_SMS_URL", "NAV_SMTP_URL") if name in os.environ] == []


def test_no_test_reaches_another_machine() -> None:
    with pytest.raises(NothingMayBeSent), socket.socket() as connection:
        connection.connect(("192.0.2.1", 25))
