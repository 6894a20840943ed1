"""w3m: text only, with tables laid out."""

import time

from tests.journeys.clients.base import PATIENCE_S
from tests.journeys.clients.typed import TypedInto

# A long text is written in the person's own editor; this one takes down what is typed.
GREETING = "Write, then end with Ctrl-D:"
EDITOR = f"""editor=sh -c 'echo "{GREETING}"; cat >"$0"' %s"""
OPTIONS = (EDITOR, "use_cookie=0", "accept_cookie=0", "confirm_qq=0", "use_mouse=0")


class W3m(TypedInto):
    """w3m; «5[» goes to its fifth link or field."""

    program = ("w3m", "-version")

    # It counts hidden fields, though it does not stop at them.
    stops = "a[href], input, select, textarea, button"

    def command(self, url: str) -> list[str]:
        """Start with our settings."""
        options = [part for option in OPTIONS for part in ("-o", option)]
        return ["w3m", *options, "-I", "UTF-8", "-O", "UTF-8", url]

    def fill(self, name: str, value: str) -> None:
        """Go to the field, open its line at the bottom, empty it, write, close it."""
        place = self.field(name)
        self.go(place)
        if self.places()[place].name == "textarea":
            self._write_long(value)
            return
        self.terminal.press("Enter", "C-e", "C-u")
        self.terminal.type(value)
        self.terminal.press("Enter")
        self.terminal.settle()

    def go(self, place: int) -> None:
        """Type the number of the stop."""
        self.terminal.type(f"{place + 1}[")
        self.terminal.settle()

    def _write_long(self, value: str) -> None:
        self.terminal.press("Enter")
        self._wait_for_editor(is_there=True)
        self.terminal.type(value)
        self.terminal.settle()
        self.terminal.press("C-d", "C-d")
        self._wait_for_editor(is_there=False)

    def _wait_for_editor(self, *, is_there: bool) -> None:
        until = time.monotonic() + PATIENCE_S
        while (GREETING in self.terminal.settle()) is not is_there:
            assert time.monotonic() < until, self.text
