"""Stylesheets: squeezed once, written into the page, and allowed by their hash alone.

A page carries the parts of a stylesheet that it uses and no others: on a slow phone each costs
a tenth of a second a page.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

STATIC = Path(__file__).parents[3] / "static"

CSS_HERE = Markup("@@css@@")
"""Stands in a page until it is known which parts the page uses."""

PARTS: dict[str, dict[str, tuple[str, ...]]] = {
    "citizen": {
        "forms": ("<fieldset", 'class="choice"', 'class="trap"'),
        "tables": ("<table",),
        "terms": ("<dl",),
        "paper": ('class="paper"',),
        "sheet": ('class="sheet',),
    },
    "kiosk": {"screen": ('class="clock"',)},
}
"""For each stylesheet its parts, static/<name>-<part>.css, with what a page has that uses them."""


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A stylesheet as it stands in a page, with the policy that allows exactly it."""

    css: Markup
    policy: str


def dress(page: str, name: str) -> tuple[str, Stylesheet]:
    """Return a page with its stylesheet written into it, and that stylesheet."""
    parts = PARTS.get(name, {})
    used = tuple(part for part, signs in parts.items() if any(map(page.__contains__, signs)))
    stylesheet = load_stylesheet(name, used)
    return page.replace(CSS_HERE, stylesheet.css, 1), stylesheet


@cache
def load_stylesheet(name: str, parts: tuple[str, ...] = ()) -> Stylesheet:
    """Return static/<name>.css and parts of it squeezed, with its Content-Security-Policy."""
    files = (name, *(f"{name}-{part}" for part in parts))
    css = "".join(squeeze((STATIC / f"{each}.css").read_text(encoding="utf-8")) for each in files)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = (
        f"default-src 'none';style-src 'sha256-{digest}';"
        "form-action 'self';base-uri 'none';frame-ancestors 'none'"
    )
    return Stylesheet(Markup(css), policy)  # noqa: S704 - our own file, not a reader's text


def squeeze(css: str) -> str:
    """Return CSS without comments and without space that means nothing."""
    without_comments = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    one_line = re.sub(r"\s+", " ", without_comments)
    return re.sub(r" ?([{};,>]) ?", r"\1", one_line).replace(": ", ":").replace(";}", "}").strip()
