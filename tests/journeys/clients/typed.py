"""What the browsers in a terminal have in common: started on an address, typed into, read."""

import time
import unicodedata
from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path

from tests.journeys.clients.base import PATIENCE_S, Client, without_spaces
from tests.journeys.clients.recorder import Recorder
from tests.journeys.clients.terminal import Terminal


class TypedInto(Client):
    """A browser with a way to go straight to a link or field by its number."""

    def __init__(self, recorder: Recorder, home: Path) -> None:
        super().__init__(recorder, home)
        self._terminal: Terminal | None = None

    @abstractmethod
    def command(self, url: str) -> list[str]:
        """Return the command that starts the browser on an address, cookies refused."""

    @abstractmethod
    def go(self, place: int) -> None:
        """Go to a stop."""

    def open(self, path: str) -> None:
        """Start the browser on an address."""
        self.close()
        seen = len(self.recorder.pages)
        self._terminal = Terminal(self.command(self.recorder.url + path), self.home)
        self.wait_for_page(seen)
        self._terminal.settle()

    def choose(self, name: str, value: str) -> None:
        """Go to the choice and make it."""
        self.go(self.field(name, value))
        self.terminal.press("Enter")
        self.terminal.settle()

    def press(self, words: str) -> None:
        """Go to the button and press it."""
        self.activate(self.stop(words, "button", "input"))

    def follow(self, words: str) -> None:
        """Go to the link and follow it."""
        self.activate(self.stop(words, "a"))

    def activate(self, place: int) -> None:
        """Go to a link or button and press it; wait for the page it leads to."""
        self.go(place)
        self.leave_page(lambda: self.terminal.press("Enter"))

    def leave_page(self, act: Callable[[], None]) -> None:
        """Do what leads to another page, and wait until that is what the screen shows."""
        seen, before = len(self.recorder.pages), self.terminal.screen()
        act()
        self.wait_for_page(seen)
        heading = self.recorder.source.select_one("h1")
        words = heading.get_text(" ") if heading else ""
        until = time.monotonic() + PATIENCE_S
        while self.terminal.settle() == before or not self.shows(words):
            assert time.monotonic() < until, self.text

    @property
    def text(self) -> str:
        """The screen."""
        return self.terminal.screen()

    @property
    def terminal(self) -> Terminal:
        """The terminal the browser runs in."""
        assert self._terminal, "no page has been opened"
        return self._terminal

    def close(self) -> None:
        """Leave the browser."""
        if self._terminal:
            self._terminal.close()
            self._terminal = None


def letters(words: str) -> str:
    """Return words without a gap, and without the vowel marks over and under their letters."""
    return without_spaces("".join(one for one in words if unicodedata.category(one) != "Mn"))
