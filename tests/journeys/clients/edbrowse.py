"""edbrowse: a line editor that browses, made by and for blind people; it says what it is asked."""

import itertools
import os
import re
import subprocess
from pathlib import Path

from tests.journeys.clients.base import Client
from tests.journeys.clients.recorder import Recorder

BUFFER = re.compile(r"<buffer (\d+)>")
FIELD = re.compile(r"<[^<>]*>")


class Edbrowse(Client):
    """edbrowse with its own scripting off; one command a line in, text out."""

    # Without a file of settings it writes one, and says that only.
    program = ("sh", "-c", 'touch "$HOME/.ebrc" && edbrowse -v')

    def __init__(self, recorder: Recorder, home: Path) -> None:
        super().__init__(recorder, home)
        (home / ".ebrc").write_text(f"downdir = {home}\n")
        self._marks = itertools.count(1)
        self._process = subprocess.Popen(
            ["edbrowse"],
            env={**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            bufsize=1,
        )
        self.say("js-")

    def say(self, command: str) -> str:
        """Give one command and return what edbrowse answers."""
        mark = f"mark{next(self._marks)}"
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{command}\n!echo {mark}\n")
        self._process.stdin.flush()
        answer = []
        for line in self._process.stdout:
            if line.strip() == mark:
                break
            answer.append(line)
        # It says «ok» once more after our own echo.
        return "".join(answer).removeprefix("ok\n")

    def open(self, path: str) -> None:
        """Browse an address."""
        self.say(f"b {self.recorder.url}{path}")

    def fill(self, name: str, value: str) -> None:
        """Go to the field's line and set it; a long text is written in a buffer of its own."""
        if self.places()[self.field(name)].name == "textarea":
            self._go(self._control(name))
            self._write_buffer(value)
        else:
            self._at_field(self._control(name), f"={value}")

    def choose(self, name: str, value: str) -> None:
        """Go to the choice's line and set it."""
        self._at_field(self._control(name, value), "=+")

    def press(self, words: str) -> None:
        """Go to the button's line and push it."""
        place = self.stop(words, "button", "input")
        self._at_field(self._among_controls(place), "*")

    def follow(self, words: str) -> None:
        """Go to the link's line and follow it."""
        for number, line in enumerate(self.text.splitlines(), 1):
            links = re.findall(r"\{([^{}]*)\}", line)
            for order, link in enumerate(links, 1):
                if words in link:
                    self.say(str(number))
                    self.say(f"g{order}")
                    return
        raise LookupError(f"no link says «{words}»")

    @property
    def text(self) -> str:
        """Every line of the page."""
        return self.say(",p")

    def close(self) -> None:
        """Leave edbrowse."""
        self._process.communicate("qt\n", timeout=10)

    def _write_buffer(self, value: str) -> None:
        found = BUFFER.search(self.say("ib"))
        assert found, self.text
        for command in (f"e{found.group(1)}", ",d", f"a\n{value}\n.", "e1"):
            self.say(command)

    def _control(self, name: str, value: str | None = None) -> int:
        return self._among_controls(self.field(name, value))

    def _among_controls(self, place: int) -> int:
        return sum(tag.name != "a" for tag in self.places()[:place])

    def _at_field(self, wanted: int, action: str) -> None:
        here = self._go(wanted)
        self.say(f"i{here}{action}")

    def _go(self, wanted: int) -> int:
        """Go to the line of a field, and return which of its fields it is, from 1."""
        before = 0
        for number, line in enumerate(self.text.splitlines(), 1):
            here = len(FIELD.findall(line))
            if before + here > wanted:
                self.say(str(number))
                return wanted - before + 1
            before += here
        raise LookupError(f"edbrowse shows {before} fields, not {wanted + 1}:\n{self.text}")
