"""Parsing a page once, and finding elements in it quickly: the tests do both thousands of times."""

import re
from collections.abc import Callable
from functools import cache

from bs4 import BeautifulSoup, Tag
from bs4.builder import HTML5TreeBuilder
from html5lib import HTMLParser

SIMPLE = re.compile(
    r"(?P<tag>[a-z][a-z0-9]*)?(?:\[(?P<name>[a-z-]+)(?:(?P<how>\^?=)(?P<quote>[\"']?)"
    r"(?P<value>[^\"'\]]*)(?P=quote))?\])?"
)
"""A selector of at most a tag, and one attribute that is there, is a value or begins with it."""


class _TellingTreeBuilder(HTML5TreeBuilder):
    """Builds the soup and keeps what browsers would have to mend."""

    parse_errors: tuple[str, ...] = ()

    def feed(self, markup: str) -> None:
        parser = HTMLParser(tree=self.create_treebuilder)
        self.underlying_builder.parser = parser
        parser.parse(markup).original_encoding = None
        self.underlying_builder.parser = None
        self.parse_errors = tuple(f"{code} at line {at[0]}" for at, code, _ in parser.errors)


def parse(html: str) -> tuple[BeautifulSoup, tuple[str, ...]]:
    """Parse a page as browsers do; return it, and what they would have to mend."""
    builder = _TellingTreeBuilder()
    return BeautifulSoup(html, builder=builder), builder.parse_errors


def select(soup: BeautifulSoup, elements: list[Tag], selector: str) -> list[Tag]:
    """Return what fits a CSS selector; `elements` are all there are, in order."""
    fits = _find_test(selector)
    return [tag for tag in elements if fits(tag)] if fits else list(soup.select(selector))


@cache
def _find_test(selector: str) -> Callable[[Tag], bool] | None:
    """Return a test for a simple selector; None for one that is not."""
    simple = SIMPLE.fullmatch(selector)
    if not selector or simple is None:
        return None
    tag, name, how, value = simple["tag"], simple["name"], simple["how"], simple["value"]

    def fits(one: Tag) -> bool:
        if tag is not None and one.name != tag:
            return False
        if name is None:
            return True
        found = one.attrs.get(name)
        if found is None or how is None:
            return found is not None
        said = " ".join(found) if isinstance(found, list) else str(found)
        return said == value if how == "=" else bool(value) and said.startswith(value)

    return fits
