"""A browser with a window and no remote control: looked at, clicked on, typed into."""

import os
import subprocess
from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from tests.journeys.clients.base import Client
from tests.journeys.clients.painter import Painter
from tests.journeys.clients.recorder import Recorder
from tests.journeys.clients.screen import PATIENCE_S, Area, Picture, Place, Screen, shrink
from tests.page import text_of

WIDTH, HEIGHT = 480, 6000
"""High enough to show a whole page at once."""


class Windowed(Client):
    """Finds what to press by its colour, and sees that something came of it."""

    portrait_kind = "png"

    def __init__(self, recorder: Recorder, home: Path) -> None:
        super().__init__(recorder, home)
        self._screen = Screen(WIDTH, HEIGHT)
        self._painter = Painter(recorder.url)
        self._painter.__enter__()
        self._process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def command(self, url: str) -> list[str]:
        """Return what starts the browser on an address, without script and without cookies."""

    @abstractmethod
    def aim(self, area: Area) -> Place:
        """Return where in its painted area a choice is clicked."""

    def open(self, path: str) -> None:
        """Start the browser on an address."""
        self._quit()
        self._expect_page(lambda: self._start(self._painter.url + path))

    def fill(self, name: str, value: str) -> None:
        """Click in the field, empty it, write."""
        place = self.field(name)
        self._screen.click(self._area(place).middle)
        held = str(self.places()[place].get("value", ""))
        self._screen.press("End", *["BackSpace"] * len(held))
        self._expect_change(place, lambda: self._screen.type(value))

    def choose(self, name: str, value: str) -> None:
        """Click on the choice, unless it is made."""
        place = self.field(name, value)
        if not self.places()[place].has_attr("checked"):
            self._expect_change(place, lambda: self._screen.click(self.aim(self._area(place))))

    def press(self, words: str) -> None:
        """Click on the button."""
        place = self._area(self.stop(words, "button", "input")).middle
        self._expect_page(lambda: self._screen.click(place))

    def follow(self, words: str) -> None:
        """Click on the words of the link: it may stand on two lines, or in an area that is dead."""
        place = self._area(self.stop(words, "a")).letter
        self._expect_page(lambda: self._screen.click(place))

    @property
    def text(self) -> str:
        """The text of the page it was sent: what it draws cannot be read, only looked at."""
        body = self.recorder.source.body
        assert body
        return text_of(body)

    def portrait(self, path: str) -> bytes:
        """Return a picture of what the window shows of an address, nothing painted."""
        self._quit()
        seen = len(self.recorder.pages)
        self._start(self.recorder.url + path)
        self.wait_for_page(seen)
        self._screen.settle()
        return shrink(self._screen.png())

    def close(self) -> None:
        """Close the window."""
        self._quit()
        self._painter.__exit__()
        self._screen.close()

    def _start(self, url: str) -> None:
        self._process = subprocess.Popen(
            self.command(url),
            env={**os.environ, "HOME": str(self.home), "DISPLAY": self._screen.name},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _quit(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(PATIENCE_S)
        self._process = None

    def _area(self, place: int) -> Area:
        area = self._screen.look().find(self._painter.colour(place))
        assert area, f"{self.places()[place]} is not on the screen"
        return area

    def _expect_page(self, act: Callable[[], None]) -> None:
        """Do what brings a page, and wait until its last link is drawn."""
        seen = len(self.recorder.pages)
        act()
        self.wait_for_page(seen)
        last = self._painter.colour(len(self.places()) - 1)
        self._wait_until(lambda picture: picture.find(last) is not None, "the whole page")
        self._screen.settle()

    def _expect_change(self, place: int, act: Callable[[], None]) -> None:
        """Do what must be seen to change the field."""
        picture = self._screen.look()
        area = picture.find(self._painter.colour(place))
        assert area
        before = picture.part(area)
        act()
        self._wait_until(
            lambda now: now.part(area) != before, f"a change of {self.places()[place]}"
        )

    def _wait_until(self, is_seen: Callable[[Picture], bool], what: str) -> None:
        until = monotonic() + PATIENCE_S
        while not is_seen(self._screen.look()):
            assert monotonic() < until, f"not seen on the screen: {what}"
            sleep(0.1)
