"""What every client can do, whatever browser it drives."""

import os
import re
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path
from tempfile import TemporaryDirectory

from bs4 import Tag

from tests.journeys.clients.recorder import Recorder

PATIENCE_S = 60
VERSION = re.compile(r"\d+(?:\.\d+)+[\w.+-]*")


class Client(ABC):
    """A person with one browser. Fields are named as in the form; buttons by their words."""

    stops = "a[href], input:not([type=hidden]), select, textarea, button"
    """What the browser stops at, one after the other."""

    portrait_kind = "txt"
    """What its portrait is: text of a terminal, or a picture."""

    program: tuple[str, ...]
    """The command that says which version it is."""

    def __init__(self, recorder: Recorder, home: Path) -> None:
        self.recorder = recorder
        self.home = home

    @classmethod
    def version(cls) -> str:
        """Return the version of the browser on this machine."""
        with TemporaryDirectory() as home:
            environment = {**os.environ, "HOME": home}
            done = subprocess.run(
                cls.program, env=environment, capture_output=True, text=True, check=False
            )
        found = VERSION.search(done.stdout + done.stderr)
        assert found, f"{cls.program} says no version: {done.stdout}"
        return found.group()

    @abstractmethod
    def open(self, path: str) -> None:
        """Go to an address of the site."""

    @abstractmethod
    def fill(self, name: str, value: str) -> None:
        """Write in a text field."""

    @abstractmethod
    def choose(self, name: str, value: str) -> None:
        """Tick a box or choose a radio button."""

    @abstractmethod
    def press(self, words: str) -> None:
        """Press a button."""

    @abstractmethod
    def follow(self, words: str) -> None:
        """Follow a link."""

    @property
    @abstractmethod
    def text(self) -> str:
        """Everything the browser shows."""

    def shows(self, words: str) -> bool:
        """Say whether these words can be read on the screen, wherever its lines break."""
        return without_spaces(words) in without_spaces(self.text)

    def portrait(self, path: str) -> bytes:
        """Return what the browser shows of an address, for those who read about it."""
        self.open(path)
        return self.text.encode()

    @abstractmethod
    def close(self) -> None:
        """Leave the browser."""

    def places(self) -> list[Tag]:
        """Return everything the browser stops at on the page it shows, in order."""
        return list(self.recorder.source.select(self.stops))

    def field(self, name: str, value: str | None = None) -> int:
        """Return where a field comes in the order of stops, from 0."""
        for place, tag in enumerate(self.places()):
            if tag.get("name") == name and value in {None, tag.get("value")}:
                return place
        raise LookupError(f"no field is called {name} {value or ''}")

    def stop(self, words: str, *kinds: str) -> int:
        """Return where a link or button with these words comes in the order of stops."""
        for place, tag in enumerate(self.places()):
            if tag.name in kinds and words in _words(tag):
                return place
        raise LookupError(f"nothing to press says «{words}»")

    def wait_for_page(self, seen: int) -> None:
        """Wait until the site has answered with another page than the first `seen`."""
        until = time.monotonic() + PATIENCE_S
        while len(self.recorder.pages) <= seen:
            if time.monotonic() > until:
                raise TimeoutError(f"no page came; the browser shows:\n{self.text}")
            time.sleep(0.02)


def without_spaces(words: str) -> str:
    """Return words as one line without a gap."""
    return "".join(words.split())


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split()) or str(tag.get("value", ""))
