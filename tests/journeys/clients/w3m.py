"""w3m: text only, with tables laid out."""

from tests.journeys.clients.typed import TypedInto

OPTIONS = ("use_cookie=0", "accept_cookie=0", "confirm_qq=0", "use_mouse=0")


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
        self.go(self.field(name))
        self.terminal.press("Enter", "C-e", "C-u")
        self.terminal.type(value)
        self.terminal.press("Enter")
        self.terminal.settle()

    def go(self, place: int) -> None:
        """Type the number of the stop."""
        self.terminal.type(f"{place + 1}[")
        self.terminal.settle()
