"""Links: text only, small and quick, with menus."""

from pathlib import Path

from tests.journeys.clients.lynx import NUMBER
from tests.journeys.clients.recorder import Recorder
from tests.journeys.clients.typed import TypedInto, letters

# Links asks nobody which letters a terminal has: it must be told, by the terminal's name.
CONFIGURATION = "".join(
    f'terminal "{name}" 0 1 0 utf-8\n' for name in ("tmux-256color", "screen-256color", "screen")
)
OPTIONS = ("-no-connect", "-enable-cookies", "0", "-html-numbered-links", "1")


class Links(TypedInto):
    """Links with its links and fields numbered; a number and Enter goes there and presses it."""

    program = ("links2", "-version")

    def __init__(self, recorder: Recorder, home: Path) -> None:
        super().__init__(recorder, home)
        (home / ".links2").mkdir(exist_ok=True)
        (home / ".links2" / "links.cfg").write_text(CONFIGURATION)

    def command(self, url: str) -> list[str]:
        """Start without saving anything of this visit."""
        return ["links2", *OPTIONS, "-save-url-history", "0", url]

    def fill(self, name: str, value: str) -> None:
        """Go to the field, empty it, write."""
        self.go(self.field(name))
        self.terminal.press("End", "C-u")
        self.terminal.type(value)
        self.terminal.settle()

    def choose(self, name: str, value: str) -> None:
        """Go to the choice: going there makes it."""
        self.go(self.field(name, value))

    def activate(self, place: int) -> None:
        """Go to a link or button: going there presses it."""
        self.leave_page(lambda: self.go(place))

    def go(self, place: int) -> None:
        """Leave the field one may be in, and type the number of another."""
        self.terminal.press("-N", str(len(self.places()) + 4), "Up")
        self.terminal.settle()
        self.terminal.type(str(place + 1))
        self.terminal.settle()
        self.terminal.press("Enter")
        self.terminal.settle()

    @property
    def text(self) -> str:
        """The screen without the numbers of links and fields."""
        return NUMBER.sub("", super().text)

    def shows(self, words: str) -> bool:
        """Say whether the letters can be read: Links shows a star beside each vowel mark."""
        return letters(words) in letters(self.text.replace("*", ""))
