"""What we promise: which client finishes which journey in which language, and which checks run.

The journeys' tests are made from this table, and the statement is not written while one promised
cell is missing or unfinished.
"""

from itertools import product
from typing import NamedTuple

JOURNEYS = {
    "help": "Ask for help",
    "offices": "Find an office",
    "callback": "Book a callback",
    "case": "Follow a case",
}
LANGUAGES = ("nb", "en", "ar", "ti")
TEXT_BROWSERS = ("Lynx", "w3m", "Links", "ELinks", "edbrowse")
GRAPHIC_BROWSERS = ("NetSurf", "Dillo", "Firefox", "WebKitGTK", "Chromium")
CLIENTS = TEXT_BROWSERS + GRAPHIC_BROWSERS
UNREADABLE = {("Dillo", "ar"), ("Dillo", "ti")}
"""Not promised: the way can be gone, but the browser draws Arabic from the left and no Ethiopic."""

CHECKS = {
    "axe-core": LANGUAGES,
    "HTML_CodeSniffer": LANGUAGES,
    "Nu Html Checker": LANGUAGES,
    "Lighthouse": ("nb", "ar"),
}
"""What looks over the pages, by the names the tests note, and in which languages."""


class Cell(NamedTuple):
    """One promise."""

    client: str
    journey: str
    lang: str


def cells(clients: tuple[str, ...] = CLIENTS) -> list[Cell]:
    """Return everything promised of some clients: every journey in each language it can show."""
    every = (Cell(*one) for one in product(clients, JOURNEYS, LANGUAGES))
    return [cell for cell in every if (cell.client, cell.lang) not in UNREADABLE]
