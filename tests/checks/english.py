"""English that is left over on a page in another language, line by line and word by word."""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO

from babel.messages.pofile import read_po
from bs4 import NavigableString, Tag

from nav_access.core.i18n.catalogs import Domain, po_path
from nav_access.core.i18n.check_words import words_of
from nav_access.core.i18n.glossary import load_glossary
from nav_access.core.i18n.locales import TRANSLATIONS, by_tag
from tests.page import Page, attribute

SPOKEN = ("aria-label", "title", "placeholder", "alt")
NAMES = re.compile(
    r"NAV Access|English|NAV Eksempel( [^\W\d]+)?|Nav (Eikevik|Granvik)( [\w()-]+)* \d+|"
    r"\w+(-\w+)*-\d+|/\w+/\S+"
)
"""The service, a language, offices and people of the sample and the tests, and addresses."""
LETTERS = 3
"""Shorter words are the same in too many languages."""


def complaints(page: Page) -> list[str]:
    """Return each line that has English in it which the page's language does not have itself."""
    lang = page.lang
    if lang == "en":
        return []
    return [f"«{line}» has {found}" for line in lines(page) if (found := english_in(line, lang))]


def lines(page: Page) -> Iterator[str]:
    """Yield what the page says in its own language; names and other languages stand apart."""
    for tag in page.elements:
        if tag.name in {"style", "bdi", "code"} or _is_apart(tag, page):
            continue
        said = [one for one in tag.children if type(one) is NavigableString]
        yield from (line for one in said if (line := " ".join(one.split())))
        yield from (attribute(tag, name) for name in SPOKEN if tag.has_attr(name))


def english_in(line: str, lang: str) -> str:
    """Return the English of a line: all of it, or those of its words that are."""
    english, own = _english(), _own(lang)
    words = words_of(NAMES.sub(" ", line).casefold())
    if len(words) > 1 and line.casefold() in english.sentences - own.sentences:
        return "all of it"
    left = {word for word in words if len(word) >= LETTERS}
    return " ".join(sorted(left & english.words - own.words))


def _is_apart(tag: Tag, page: Page) -> bool:
    # A window's title cannot say its language; it says what the first heading says, which can.
    said = page.one("h1") if tag.name == "title" else tag
    owner = said if said.has_attr("lang") else said.find_parent(attrs={"lang": True})
    assert owner is not None
    return attribute(owner, "lang") != page.lang or said.find_parent(["bdi", "code"]) is not None


class _Words:
    """The sentences of a catalogue and the words they are made of."""

    def __init__(self, texts: frozenset[str]) -> None:
        self.sentences = texts
        self.words = frozenset(word for text in texts for word in words_of(text))


@cache
def _english() -> _Words:
    """Return what the pages say in English; it is what their sentences are called by."""
    texts: set[str] = set()
    for domain in Domain:
        found = read_po(BytesIO((TRANSLATIONS / f"{domain}.pot").read_bytes()))
        texts |= {text for one in found if one.id for text in _all(one.id)}
    return _Words(frozenset(texts))


@cache
def _own(lang: str) -> _Words:
    """Return what the pages say in a language, and what may stay as it is in English."""
    locale, glossary = by_tag(lang), load_glossary()
    assert locale is not None
    texts = set(glossary.names | glossary.same.get(lang, frozenset()))
    for path in (po_path(locale, domain) for domain in Domain):
        found = read_po(BytesIO(path.read_bytes())) if path.exists() else ()
        texts |= {text for one in found if one.id for text in _all(one.string)}
    return _Words(frozenset(texts))


def _all(said: object) -> list[str]:
    forms = said if isinstance(said, list | tuple) else [said]
    return [str(form).casefold() for form in forms if form]
