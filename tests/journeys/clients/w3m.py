"""w3m: text only, with tables laid out."""

from pathlib import Path

from tests.journeys.clients.base import Client
from tests.journeys.clients.recorder import Recorder
from tests.journeys.clients.terminal import Terminal

OPTIONS = ("use_cookie=0", "accept_cookie=0", "confirm_qq=0", "use_mouse=0")


class W3m(Client):
    """w3m; «5[» goes to its fifth link or field."""

    # It counts hidden fields, though it does not stop at them.
    stops = "a[href], input, select, textarea, button"

    def __init__(self, recorder: Recorder, home: Path) -> None:
        super().__init__(recorder, home)
        self.terminal: Terminal | None = None

    def open(self, path: str) -> None:
        """Start w3m on an address."""
        self.close()
        seen = len(self.recorder.pages)
        options = [part for option in OPTIONS for part in ("-o", option)]
        command = ["w3m", *options, "-I", "UTF-8", "-O", "UTF-8", self.recorder.url + path]
        self.terminal = Terminal(command, self.home)
        self.wait_for_page(seen)
        self.terminal.settle()

    def fill(self, name: str, value: str) -> None:
        """Go to the field, open its line at the bottom, empty it, write, close it."""
        self._go(self.field(name))
        self._running.press("Enter", "C-e", "C-u")
        self._running.type(value)
        self._running.press("Enter")
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
        """The screen."""
        return self._running.screen()

    def close(self) -> None:
        """Leave w3m."""
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
        self._running.type(f"{place + 1}[")
        self._running.settle()
