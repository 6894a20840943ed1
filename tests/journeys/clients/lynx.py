"""Lynx: text only, no script, the first choice of people with braille lines and old machines."""

import re
from pathlib import Path

from bs4 import Tag

from tests.journeys.clients.base import Client
from tests.journeys.clients.recorder import Recorder
from tests.journeys.clients.terminal import Terminal

CONFIGURATION = """INFOSECS:0
MESSAGESECS:0
ALERTSECS:0
DEFAULT_KEYPAD_MODE:LINKS_AND_FIELDS_ARE_NUMBERED
SET_COOKIES:FALSE
ACCEPT_ALL_COOKIES:FALSE
TEXTFIELDS_NEED_ACTIVATION:TRUE
CHARACTER_SET:utf-8
ASSUME_CHARSET:utf-8
"""
NUMBER = re.compile(r"\[(\d+)\]")


class Lynx(Client):
    """Lynx with its links and fields numbered, so that each can be gone to."""

    def __init__(self, recorder: Recorder, home: Path) -> None:
        super().__init__(recorder, home)
        self.configuration = home / "lynx.cfg"
        self.configuration.write_text(CONFIGURATION)
        self.terminal: Terminal | None = None

    def open(self, path: str) -> None:
        """Start Lynx on an address."""
        self.close()
        seen = len(self.recorder.pages)
        options = [f"-cfg={self.configuration}", "-cookies=off", "-nopause"]
        self.terminal = Terminal(["lynx", *options, self.recorder.url + path], self.home)
        self.wait_for_page(seen)
        self.terminal.settle()

    def fill(self, name: str, value: str) -> None:
        """Go to the field, open it, empty it, write, leave it."""
        self._go(self.field(name))
        self._running.press("Enter", "C-u")
        self._running.type(value)
        # Tab leaves the field; Enter would send the form.
        self._running.press("Tab")
        self._running.settle()

    def choose(self, name: str, value: str) -> None:
        """Go to the choice and make it."""
        self._go(self.field(name, value))
        self._running.press("Enter")
        self._running.settle()

    def press(self, words: str) -> None:
        """Go to the button and press it."""
        self._activate(self.stop(words, "button", "input"))

    def follow(self, words: str) -> None:
        """Go to the link and follow it."""
        self._activate(self.stop(words, "a"))

    @property
    def text(self) -> str:
        """The screen without the numbers of links and fields."""
        return NUMBER.sub("", self._running.screen())

    def close(self) -> None:
        """Leave Lynx."""
        if self.terminal:
            self.terminal.close()
            self.terminal = None

    @property
    def _running(self) -> Terminal:
        assert self.terminal, "no page has been opened"
        return self.terminal

    def _activate(self, place: int) -> None:
        self._go(place)
        seen = len(self.recorder.pages)
        self._running.press("Enter")
        self.wait_for_page(seen)
        self._running.settle()

    def _go(self, place: int) -> None:
        shown = [int(number) for number in NUMBER.findall(self._running.settle())]
        weights = [_weight(tag) for tag in self.places()]
        # Lynx puts links of its own first when the head of a page names any.
        own = max(shown) - sum(weights)
        self._running.type(f"{own + sum(weights[:place]) + 1}g")
        self._running.press("Enter")
        self._running.settle()


def _weight(tag: Tag) -> int:
    # Lynx stops at each line of a text area.
    return int(str(tag.get("rows", 4))) if tag.name == "textarea" else 1
