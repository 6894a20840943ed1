"""A person's way through the site: ask for help, keep the code, come back to the case."""

import re
from dataclasses import dataclass

from bs4 import Tag

from tests.journeys.clients.base import Client
from tests.page import text_of

CODE = re.compile(r"\b\d{4}(?: \d{4}){4}\b")


@dataclass(frozen=True)
class Kept:
    """What the person writes down from the receipt."""

    code: str

    @property
    def number(self) -> str:
        """The case number, as the site shows it."""
        return self.code.replace(" ", "")[:8]


def main_button(client: Client, action: str) -> str:
    """Return the words on the first button of the form that is sent to an address."""
    form = client.recorder.source.select_one(f'form[method=post][action="{action}"]')
    button = form and form.select_one("button:not([name])")
    assert isinstance(button, Tag), f"no button sends a form to {action}"
    return text_of(button)


def ask_for_help(client: Client, lang: str) -> Kept:
    """Ask for food today at a postcode, and read the code off the screen."""
    client.open(f"/{lang}/help")
    fill_in_help(client)
    client.press(main_button(client, f"/{lang}/help"))
    found = CODE.search(client.text)
    assert found, client.text
    return Kept(found.group())


def fill_in_help(client: Client, message: str = "") -> None:
    """Say what it is about, where one is and how to be reached."""
    client.choose("need", "food")
    client.choose("acute", "no_food_today")
    client.fill("place", "0150")
    client.fill("phone", "+47 900 00 000")
    if message:
        client.fill("message", message)


def open_case(client: Client, lang: str, kept: Kept) -> None:
    """Go to the case with the code, from an empty browser; refused, it would be asked again."""
    client.open(f"/{lang}/case")
    client.fill("code", kept.code)
    client.press(main_button(client, f"/{lang}/case"))
    assert not client.recorder.source.select("[name=code]"), client.text
