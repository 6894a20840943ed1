"""Paints each thing one can stop at in a colour of its own, so that it is found by looking.

For browsers with a window and no remote control. Nothing but the ground's colour is changed.
"""

import re
from html import unescape

from tests.journeys.clients.recorder import Answer, Recorder
from tests.journeys.clients.screen import Colour

STOP = re.compile(r"<(?:label\b[^>]*><)?(?:a|input|select|textarea|button)\b[^>]*>")
"""A stop; a choice with the label around it, for some browsers paint the one, some the other."""
TAG = re.compile(r"<(\w+)")
RED, GREEN, BLUE = 0x10, 0x10, 0x60
COLOURS_A_LINE = 200
PAGES = 100


class Painter(Recorder):
    """Stands between such a browser and what records the pages."""

    def forward(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """Pass the page on, painted."""
        seen = len(self.pages)
        answer = super().forward(method, path, headers, body)
        if len(self.pages) == seen:
            return answer
        return Answer(
            answer.status, answer.headers, paint(self.pages[-1], len(self.pages)).encode()
        )

    def colour(self, place: int) -> Colour:
        """Return the colour of a stop on the page shown last."""
        return colour(place, len(self.pages))


def colour(place: int, page: int) -> Colour:
    """Return the colour of a stop: none is used twice, not on the page before either."""
    line, column = divmod(place, COLOURS_A_LINE)
    return RED + column, GREEN + line, BLUE + page % PAGES


def paint(page: str, number: int) -> str:
    """Return the page with all its stops painted."""
    places = iter(range(len(page)))

    def painted(found: re.Match[str]) -> str:
        if not _is_stop(found[0]):
            return found[0]
        ground = "background:#{:02x}{:02x}{:02x}".format(*colour(next(places), number))
        return TAG.sub(rf'<\1 style="{ground}"', found[0])

    return STOP.sub(painted, page)


def _is_stop(tags: str) -> bool:
    last = unescape(tags[tags.rindex("<") :])
    if last.startswith("<a"):
        return " href=" in last
    return 'type="hidden"' not in last
