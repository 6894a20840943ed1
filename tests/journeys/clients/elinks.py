"""ELinks: text only, with menus, tables and colours."""

from pathlib import Path

from tests.journeys.clients.lynx import NUMBER
from tests.journeys.clients.recorder import Recorder
from tests.journeys.clients.typed import TypedInto, letters

CONFIGURATION = """set cookies.accept_policy = 0
set document.browse.forms.auto_submit = 0
set document.browse.forms.confirm_submit = 0
set document.browse.links.numbering = 1
set document.browse.links.number_keys_select_link = 2
set ui.language = "en"
"""


class Elinks(TypedInto):
    """ELinks with its links and fields numbered, so that each can be gone to."""

    program = ("elinks", "-version")

    def __init__(self, recorder: Recorder, home: Path) -> None:
        super().__init__(recorder, home)
        (home / ".elinks").mkdir(exist_ok=True)
        (home / ".elinks" / "elinks.conf").write_text(CONFIGURATION)

    def command(self, url: str) -> list[str]:
        """Start a process of our own."""
        return ["elinks", "-no-connect", url]

    def fill(self, name: str, value: str) -> None:
        """Go to the field, open it, empty it, write, leave it by the way down."""
        self.go(self.field(name))
        self.terminal.press("Enter", "End", "C-u")
        self.terminal.type(value)
        self.terminal.press("Down")
        self.terminal.settle()

    def go(self, place: int) -> None:
        """Type the number of the stop."""
        self.terminal.type(str(place + 1))
        self.terminal.settle()
        self.terminal.press("Enter")
        self.terminal.settle()

    @property
    def text(self) -> str:
        """The screen without the numbers of links and fields."""
        return NUMBER.sub("", super().text)

    def shows(self, words: str) -> bool:
        """Say whether the letters can be read: ELinks leaves vowel marks out."""
        return letters(words) in letters(self.text)
