"""Lynx: text only, no script, the first choice of people with braille lines and old machines."""

import re
from pathlib import Path

from bs4 import Tag

from tests.journeys.clients.recorder import Recorder
from tests.journeys.clients.typed import TypedInto

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


class Lynx(TypedInto):
    """Lynx with its links and fields numbered, so that each can be gone to."""

    program = ("lynx", "-version")

    def __init__(self, recorder: Recorder, home: Path) -> None:
        super().__init__(recorder, home)
        self.configuration = home / "lynx.cfg"
        self.configuration.write_text(CONFIGURATION)

    def command(self, url: str) -> list[str]:
        """Start with our settings."""
        return ["lynx", f"-cfg={self.configuration}", "-cookies=off", "-nopause", url]

    def fill(self, name: str, value: str) -> None:
        """Go to the field, open it, empty it, write, leave it."""
        self.go(self.field(name))
        self.terminal.press("Enter", "C-u")
        self.terminal.type(value)
        # Tab leaves the field; Enter would send the form.
        self.terminal.press("Tab")
        self.terminal.settle()

    @property
    def text(self) -> str:
        """The screen without the numbers of links and fields."""
        return NUMBER.sub("", super().text)

    def go(self, place: int) -> None:
        """Type the number of the stop."""
        shown = [int(number) for number in NUMBER.findall(self.terminal.settle())]
        weights = [_weight(tag) for tag in self.places()]
        # Lynx puts links of its own first when the head of a page names any.
        own = max(shown) - sum(weights)
        self.terminal.type(f"{own + sum(weights[:place]) + 1}g")
        self.terminal.press("Enter")
        self.terminal.settle()


def _weight(tag: Tag) -> int:
    # Lynx stops at each line of a text area.
    return int(str(tag.get("rows", 4))) if tag.name == "textarea" else 1
