"""A person's way to a time: choose one from the list, move it, give it up."""

from itertools import count

from bs4 import Tag

from tests.journeys.asking import main_button
from tests.journeys.clients.base import Client
from tests.page import attribute, text_of

OFFICE = "nav-eksempel-grunerhaven"

_people, _looks = count(1), count(1)


def choose_last_time(client: Client) -> None:
    """Choose the last of the times that are offered."""
    times = client.recorder.source.select(".day input[name=slot]")
    assert times, client.text
    client.choose("slot", attribute(times[-1], "value"))


def button(client: Client, value: str) -> str:
    """Return the words on the button that does this."""
    found = client.recorder.source.select_one(f'button[value="{value}"]')
    assert isinstance(found, Tag), f"no button does {value}: {client.text}"
    return text_of(found)


def book(client: Client, lang: str, path: str) -> None:
    """Book the last time on the first page of times."""
    # An address nobody has asked for: the site keeps each list for a little while.
    client.open(f"/{lang}/{path}?office={OFFICE}&look={next(_looks)}")
    choose_last_time(client)
    client.fill("phone", f"92 00 {next(_people):04}")
    client.press(main_button(client, f"/{lang}/{path}"))
    assert client.recorder.source.select_one("#code"), client.text


def go_on(client: Client, value: str) -> None:
    """Press the button that does this."""
    client.press(button(client, value))
