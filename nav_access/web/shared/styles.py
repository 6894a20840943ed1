"""Stylesheets: squeezed once, written into the page, and allowed by their hash alone."""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

STATIC = Path(__file__).parents[3] / "static"


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A stylesheet as it stands in a page, with the policy that allows exactly it."""

    css: Markup
    policy: str


@cache
def load_stylesheet(name: str) -> Stylesheet:
    """Return static/<name>.css squeezed, with its Content-Security-Policy."""
    css = squeeze((STATIC / f"{name}.css").read_text(encoding="utf-8"))
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
