"""The approved words and the words to avoid, from translations/glossary.toml."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nav_access.core.i18n.findings import Fault, Pair
from nav_access.core.i18n.locales import TRANSLATIONS

Problem = tuple[Fault, str]


@dataclass(frozen=True, slots=True)
class Term:
    """One idea: how English names it, and per language the approved word and its other stems."""

    name: str
    english: re.Pattern[str]
    words: dict[str, tuple[str, ...]]

    def word(self, tag: str) -> str:
        """Return the approved word in a language."""
        return self.words[tag][0]


_PLACEHOLDER = re.compile(r"%\(\w+\)")


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms, words that belong to another language, and words that may stay as in English."""

    terms: tuple[Term, ...]
    foreign: dict[str, frozenset[str]]
    letters: dict[str, str]
    names: frozenset[str]
    same: dict[str, frozenset[str]]


@cache
def load_glossary(root: Path = TRANSLATIONS) -> Glossary:
    """Read the glossary."""
    raw = tomllib.loads((root / "glossary.toml").read_text("utf-8"))
    return Glossary(
        terms=tuple(_term(name, row) for name, row in raw["term"].items()),
        foreign={tag: _words(text) for tag, text in raw["foreign"].items()},
        letters=raw["letters"],
        names=_words(raw["names"]["all"]),
        same={tag: _words(text) for tag, text in raw["same"].items()},
    )


def check_glossary(pair: Pair, tag: str, glossary: Glossary) -> Iterator[Problem]:
    """Yield each term of the English sentence whose approved word is not in the translation."""
    said = " ".join(pair.forms).casefold()
    # The name of a placeholder is nothing anybody reads.
    asked = _PLACEHOLDER.sub("", " ".join(pair.sources))
    for term in glossary.terms:
        if term.english.search(asked) and not any(_is_in(stem, said) for stem in term.words[tag]):
            yield Fault.GLOSSARY, f"{term.name}: {term.word(tag)}"


def _is_in(stem: str, said: str) -> bool:
    """Return whether a stem is there; each word of it, in order, with any ending."""
    return re.search(r"\w*\W+".join(map(re.escape, stem.casefold().split())), said) is not None


def _term(name: str, row: dict[str, str]) -> Term:
    words = {tag: tuple(part.strip() for part in text.split("|")) for tag, text in row.items()}
    english = "|".join(re.escape(part) for part in words["en"])
    return Term(name, re.compile(rf"\b(?:{english})(?:s|es|ed)?\b", re.IGNORECASE), words)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())
