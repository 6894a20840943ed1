"""Looking at many pages with one checker, and telling what it found."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import pytest
from playwright.sync_api import Browser

from tests.checks import axe, htmlcs, layout
from tests.checks.browser import Window, version_of, window
from tests.page import Page
from tests.page_checks import problems_of
from tests.pages import Seen
from tests.tested import Tested

PHONE = 240
WIDTHS = (1280, 320, PHONE)
"""A desk, a wide screen at 400 %, and the smallest phone: there the other checkers look too."""

Check = Callable[[Window], list[str]]


class Tool(Protocol):
    """A program of somebody else's that looks at pages: what it is called, and its npm package."""

    NAME: str
    PACKAGE: str


def in_each(languages: Sequence[str]) -> pytest.MarkDecorator:
    """Run a test once for each of these languages, on the pages of `seen_in_lang`."""
    return pytest.mark.parametrize("lang", languages, indirect=True, scope="module")


def complaints(
    browser: Browser, seen: Iterable[Seen], check: Check, *, width: int = PHONE
) -> list[str]:
    """Return what a check says of all these pages in one window, a phone's unless told."""
    pages = list(seen)
    assert pages, "there is nothing to look at"
    with window(browser, width=width) as opened:
        return [f"{one.name}: {said}" for one in pages for said in _look(opened, one, check)]


def _look(opened: Window, one: Seen, check: Check) -> list[str]:
    opened.show(one.response)
    return check(opened)


def every_check(opened: Window) -> list[str]:
    """Return what any checker says; a page is loaded once for all of them."""
    return layout.complaints_at(opened, WIDTHS) + axe.complaints(opened) + htmlcs.complaints(opened)


def readings(seen: list[Seen], read: Iterable[Page]) -> list[str]:
    """Return what is wrong with what these pages say, how they say it and what they weigh."""
    return [
        f"{one.name}: {problem}"
        for one, page in zip(seen, read, strict=True)
        for problem in problems_of(page)
    ]


def must_be_nothing(found: list[str], tested: Tested, tool: Tool, *, lang: str, pages: int) -> None:
    """Note for the statement what a tool found on so many pages; fail when it is anything."""
    version = version_of(tool.PACKAGE)
    tested.check(tool=tool.NAME, version=version, lang=lang, pages=pages, findings=len(found))
    assert not found, told(found)
    assert pages, f"{tool.NAME} looked at nothing"


def told(found: list[str]) -> str:
    """Return complaints one a line."""
    return "\n".join(found)
