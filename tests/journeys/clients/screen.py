"""A screen in memory, for browsers that want a window: looked at, clicked on and typed into."""

import os
import subprocess
import time
from dataclasses import dataclass
from itertools import pairwise

PATIENCE_S = 60
PIXEL = 3
WIDEST_STROKE = 6
HEARS_OF_KEYS_S = 0.5
SPARE_KEYS = range(208, 256)
KEYBOARD = """xkb_keymap {
xkb_keycodes { include "evdev+aliases(qwerty)" };
xkb_types { include "complete" };
xkb_compat { include "complete" };
xkb_symbols { include "pc+us" KEYS };
};"""

Colour = tuple[int, int, int]
Place = tuple[int, int]


@dataclass(frozen=True)
class Area:
    """Where a colour is seen: the smallest rectangle around it, and a letter that stands on it."""

    left: int
    top: int
    right: int
    bottom: int
    letter: Place

    @property
    def middle(self) -> Place:
        """The middle of the rectangle."""
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2


@dataclass(frozen=True)
class Picture:
    """What a screen showed: three bytes a pixel, row by row."""

    width: int
    pixels: bytes

    def find(self, colour: Colour) -> Area | None:
        """Return where this very colour is seen."""
        seen = self._find_all(bytes(colour))
        if not seen:
            return None
        columns, rows = [x for x, _ in seen], [y for _, y in seen]
        return Area(min(columns), min(rows), max(columns), max(rows), _letter(seen))

    def part(self, area: Area) -> list[bytes]:
        """Return the pixels of a rectangle, row by row."""
        begins = (PIXEL * (self.width * y + area.left) for y in range(area.top, area.bottom + 1))
        length = PIXEL * (area.right - area.left + 1)
        return [self.pixels[begin : begin + length] for begin in begins]

    def _find_all(self, wanted: bytes) -> list[Place]:
        seen, at = [], self.pixels.find(wanted)
        while at >= 0:
            row, column = divmod(at // PIXEL, self.width)
            if at % PIXEL == 0:
                seen.append((column, row))
            at = self.pixels.find(wanted, at + 1)
        return seen


def _letter(seen: list[Place]) -> Place:
    """Return a place where something narrow interrupts the colour, or else any place of it."""
    narrow = [
        ((x + after) // 2, y)
        for (x, y), (after, below) in pairwise(seen)
        if y == below and 1 < after - x <= WIDEST_STROKE
    ]
    return narrow[len(narrow) // 2] if narrow else seen[len(seen) // 2]


class Screen:
    """An X server without a monitor."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        read, write = os.pipe()
        size = ("-screen", "0", f"{width}x{height}x24")
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), *size, "-nolisten", "tcp"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as said:
            # It chooses a free number and says it when it is ready.
            self.name = f":{said.readline().strip()}"

    def look(self) -> Picture:
        """Return what the screen shows now."""
        return Picture(self.width, self._import("rgb:-"))

    def settle(self) -> Picture:
        """Wait until the screen stands still, and return what it shows."""
        until = time.monotonic() + PATIENCE_S
        before, now = None, self.look()
        while now != before:
            assert time.monotonic() < until, "the screen never stood still"
            time.sleep(0.15)
            before, now = now, self.look()
        return now

    def click(self, place: Place) -> None:
        """Click there."""
        x, y = place
        self._do("mousemove", str(x), str(y), "click", "1")

    def press(self, *keys: str) -> None:
        """Press keys by X's names: Return, Tab, ctrl+a."""
        self._do("key", *keys)

    def type(self, text: str) -> None:
        """Type text as it is, in any script."""
        self._put_on_keys(sorted({letter for letter in text if not letter.isascii()}))
        self._do("type", "--delay", "10", "--", text)

    def _put_on_keys(self, letters: list[str]) -> None:
        # Left to itself, xdotool changes the keyboard for each letter, quicker than windows hear.
        keys = "".join(
            f"key <I{number}> {{ [U{ord(letter):04X}] }};"
            for number, letter in zip(SPARE_KEYS, letters, strict=False)
        )
        self._run(["xkbcomp", "-w0", "-", self.name], KEYBOARD.replace("KEYS", keys).encode())
        time.sleep(HEARS_OF_KEYS_S)

    def png(self) -> bytes:
        """Return what the screen shows, as PNG."""
        return self._import("png:-")

    def close(self) -> None:
        """End the screen."""
        self._server.terminate()
        self._server.wait(PATIENCE_S)

    def _import(self, form: str) -> bytes:
        command = ["import", "-window", "root", "-depth", "8", form]
        return self._run(command)

    def _do(self, *arguments: str) -> None:
        self._run(["xdotool", *arguments])

    def _run(self, command: list[str], said: bytes = b"") -> bytes:
        environment = {**os.environ, "DISPLAY": self.name}
        done = subprocess.run(command, input=said, env=environment, capture_output=True, check=True)
        return done.stdout


def shrink(png: bytes) -> bytes:
    """Return the upper part of a picture in few colours, small enough to keep beside words."""
    command = ["convert", "png:-", "-crop", "480x800+0+0", "+repage", "-colors", "16", "png8:-"]
    return subprocess.run(command, input=png, capture_output=True, check=True).stdout
