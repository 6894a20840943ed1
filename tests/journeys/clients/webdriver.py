"""A browser that takes the commands of the WebDriver standard; how they reach it is its own."""

from abc import abstractmethod
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from tests.journeys.clients.base import PATIENCE_S, Client
from tests.journeys.clients.recorder import Recorder
from tests.journeys.clients.screen import shrink

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
ENTER = "\ue007"
SIZE = {"width": 320, "height": 640}


class RefusedError(Exception):
    """The browser did not do what it was told."""


class WebDriver(Client):
    """Commands by their names in the standard; fields are clicked and typed in as by a hand."""

    portrait_kind = "png"

    def __init__(self, recorder: Recorder, home: Path) -> None:
        super().__init__(recorder, home)
        self.start()
        self.tell("SetWindowRect", **SIZE)

    @abstractmethod
    def start(self) -> None:
        """Start the browser, without script and without cookies."""

    @abstractmethod
    def tell(self, command: str, **values: Any) -> Any:
        """Give a command and return its value."""

    def open(self, path: str) -> None:
        """Go to an address."""
        self.tell("Navigate", url=self.recorder.url + path)

    def fill(self, name: str, value: str) -> None:
        """Empty the field and write in it."""
        field = self._find(f'[name="{name}"]')
        self.tell("ElementClear", id=field)
        self.tell("ElementSendKeys", id=field, text=value)

    def choose(self, name: str, value: str) -> None:
        """Make the choice, unless it is made."""
        choice = self._find(f'[name="{name}"][value="{value}"]')
        if not self.tell("IsElementSelected", id=choice):
            self.tell("ElementClick", id=choice)

    def press(self, words: str) -> None:
        """Press the button with the keyboard."""
        button = self._at(self.stop(words, "button", "input"))
        self._leave_page(lambda: self.tell("ElementSendKeys", id=button, text=ENTER))

    def follow(self, words: str) -> None:
        """Follow the link."""
        link = self._at(self.stop(words, "a"))
        self._leave_page(lambda: self.tell("ElementClick", id=link))

    @property
    def text(self) -> str:
        """The text of the page as laid out."""
        shown: str = self.tell("GetElementText", id=self._find("body"))
        return shown

    def value(self, name: str) -> str:
        """Return what stands in a field."""
        held: str = self.tell("GetElementProperty", id=self._find(f'[name="{name}"]'), name="value")
        return held

    def screenshot(self) -> bytes:
        """Return what the window shows, as PNG."""
        return b64decode(self.tell("TakeScreenshot"))

    def portrait(self, path: str) -> bytes:
        """Return a picture of what the window shows of an address."""
        self.open(path)
        return shrink(self.screenshot())

    def _find(self, css: str) -> str:
        found = self.tell("FindElement", using="css selector", value=css)
        return str(found[ELEMENT])

    def _at(self, place: int) -> str:
        found = self.tell("FindElements", using="css selector", value=self.stops)
        return str(found[place][ELEMENT])

    def _leave_page(self, act: Callable[[], object]) -> None:
        seen = len(self.recorder.pages)
        with self.showing_another():
            act()
            self.wait_for_page(seen)

    @contextmanager
    def showing_another(self) -> Iterator[None]:
        """Wait at the end of the block until what the page held is gone."""
        old = self._find("body")
        yield
        until = monotonic() + PATIENCE_S
        while self._is_there(old):
            assert monotonic() < until, "the page that came is not shown"
            sleep(0.02)

    def _is_there(self, element: str) -> bool:
        try:
            self.tell("GetElementTagName", id=element)
        except RefusedError:
            return False
        return True
