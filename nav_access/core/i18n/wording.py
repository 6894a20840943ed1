"""Sentences in one language: looked up whole, filled with named values, never joined."""

import re
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

from nav_access.core.i18n.catalogs import Catalog, PluralForms, load_chain, plural_index
from nav_access.core.i18n.locales import SOURCE, TRANSLATIONS, Locale

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_MARKS = re.compile(r"%\((\w+)\)s|%%")


def placeholders(sentence: str) -> frozenset[str]:
    """Return the names of the values a sentence asks for."""
    return frozenset(PLACEHOLDER.findall(sentence))


def fill(sentence: str, values: Mapping[str, object]) -> str:
    """Put values where %(name)s stands; `%%` is one per cent sign, and so is a lone `%`."""
    if "%" not in sentence:
        return sentence
    return _MARKS.sub(lambda mark: str(values[mark[1]]) if mark[1] else "%", sentence)


def split(sentence: str) -> list[tuple[str, str | None]]:
    """Cut a sentence into (text, name of the value after it or None) pairs, in order."""
    pieces = PLACEHOLDER.split(sentence)
    names = [*pieces[1::2], None]
    return [(text.replace("%%", "%"), name) for text, name in zip(pieces[::2], names, strict=True)]


class Words:
    """The words of one language. A sentence without a translation is said in English."""

    def __init__(self, locale: Locale, root: Path = TRANSLATIONS) -> None:
        self.locale = locale
        self._root = root
        self._found: dict[str, str] = {}

    @cached_property
    def _chain(self) -> tuple[Catalog, ...]:
        return load_chain(self.locale, self._root)

    def find(self, message: str, context: str | None = None) -> str:
        """Return the sentence in this language, unfilled."""
        known = self._found.get(message) if context is None else None
        return known or self._search(message, context)

    def _search(self, message: str, context: str | None) -> str:
        for catalog in self._chain:
            found = catalog.find(message, context)
            if found is not None and placeholders(found) <= placeholders(message):
                if context is None:
                    # Only what a catalogue has is kept: nothing that a person typed.
                    self._found[message] = found
                return found
        return message

    def find_forms(self, one: str, many: str, context: str | None = None) -> PluralForms:
        """Return the plural forms of a sentence in this language, unfilled."""
        asked = placeholders(one) | placeholders(many)
        for catalog in self._chain:
            found = catalog.find_forms(one, context)
            if found is not None and all(placeholders(form) <= asked for form in found.forms):
                return found
        return PluralForms((one, many), plural_index(SOURCE.plural), SOURCE.tag)

    def text(self, message: str, /, **values: object) -> str:
        """Return the sentence filled, as plain text (nothing is escaped)."""
        return fill(self.find(message), values)

    def text_in(self, context: str, message: str, /, **values: object) -> str:
        """Return the sentence in a context that tells two equal ones apart, filled."""
        return fill(self.find(message, context), values)

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Return the form a number takes, filled; %(num)s is the number."""
        chosen = self.find_forms(one, many).choose(number)
        return fill(chosen, {"num": number, **values})


@cache
def words_in(locale: Locale, root: Path = TRANSLATIONS) -> Words:
    """Return the words of a language; the same object every time."""
    return Words(locale, root)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name, which extraction looks for
    """Mark a sentence for translation and return it unchanged."""
    return message


def N_n(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - as above, with a plural
    """Mark a sentence and its plural for translation and return both unchanged."""
    return one, many
