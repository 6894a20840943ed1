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
CHECKS = ("axe-core", "HTML_CodeSniffer", "Nu Html Checker", "Lighthouse")
"""What looks over the pages in every one of the languages, by the names the tests note."""
QUICK = {("help", "nb"), ("help", "ar")}
"""What each change is tested with in the quick text browsers; all the rest is for the audit."""


class Cell(NamedTuple):
    """One promise."""

    client: str
    journey: str
    lang: str


def cells(clients: tuple[str, ...] = CLIENTS) -> list[Cell]:
    """Return everything promised of some clients: every journey in every one of the languages."""
    return [Cell(*one) for one in product(clients, JOURNEYS, LANGUAGES)]
