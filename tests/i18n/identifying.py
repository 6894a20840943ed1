"""Which language each public sentence is in, as programs made to tell languages see it.

`python -m tests.i18n.identifying` prints the figures. No program knows all 24; a sentence agrees
when one of those asked about its language names it.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import gcld3
import geezswitch
import gielladetect
import py3langid

from nav_access.core.i18n.catalogs import Domain, po_path
from nav_access.core.i18n.findings import Pair
from nav_access.core.i18n.locales import LOCALES, Locale
from nav_access.core.i18n.upkeep import read_catalog, template_path

LEAST_SHARE = 0.98
LEAST_LETTERS = 25
LEAST_LETTERS_OF_NORWEGIAN = 40
"""Two ways of writing one language need more letters to be told from each other and from Danish."""

OTHER_NAMES = {"no": "nb", "nob": "nb", "nno": "nn", "sme": "se", "tir": "ti"}
KIN = {"fa-AF": "fa", "ckb": "sdh"}
"""Languages no program here has by name, each with the close one it is taken for: all say Persian
for Dari, and the one that knows Kurdish in Arabic letters says Southern Kurdish for Sorani."""

LISTED = Path(__file__).with_name("not_agreeing.toml")
_OTHERS_WORDS = re.compile(r'<bdi[^>]*>[^<]*</bdi>|<(\w+)[^>]* lang="[^>]*>[^<]*</\1>')
_NOT_WORDS = re.compile(r"%\(\w+\)s|<[^<>]*>|&\w+;|\S+@\S+|\b[\w-]+(?:\.[\w-]+)+\b")
_TAGS = frozenset(locale.tag for locale in LOCALES)


@dataclass(frozen=True)
class Program:
    """A program that names languages, and the page languages it is asked about."""

    name: str
    read: Callable[[str], str]
    asked: frozenset[str]


@dataclass(frozen=True)
class Judged:
    """What was said of the sentences of one language that are long enough."""

    locale: Locale
    agreeing: int
    not_agreeing: dict[str, tuple[str, ...]]
    """English sentence, and what each program said instead."""
    too_short: int

    @property
    def total(self) -> int:
        """Sentences that are long enough to judge."""
        return self.agreeing + len(self.not_agreeing)


@cache
def programs() -> tuple[Program, ...]:
    """Return the programs; each is loaded once."""
    network = gcld3.NNetLanguageIdentifier(0, 1000)
    return (
        Program("py3langid", lambda text: py3langid.classify(text)[0], _TAGS - {"ti"}),
        # It takes what it does not know for a neighbour, so it is only asked where others doubt.
        Program(
            "cld3",
            lambda text: network.FindLanguage(text=text).language,
            frozenset({"uk", "ru", "es"}),
        ),
        Program("gielladetect", gielladetect.detect, frozenset({"nb", "nn", "se"})),
        Program("geezswitch", geezswitch.detect, frozenset({"ti"})),
    )


def names_of(text: str, tag: str) -> tuple[str, ...]:
    """Return what each program asked about a language calls the one a text is in."""
    said = (program.read(text) for program in programs() if tag in program.asked)
    return tuple(OTHER_NAMES.get(name, name) for name in said)


def agrees(said: tuple[str, ...], tag: str) -> bool:
    """Return whether one of the programs named the language, or the close one it is taken for."""
    return bool({tag, KIN.get(tag, tag)} & set(said))


def plain(sentence: str) -> str:
    """Return a sentence without placeholders, tags, addresses and names in other letters."""
    return " ".join(_NOT_WORDS.sub(" ", _OTHERS_WORDS.sub(" ", sentence)).split())


def is_long_enough(text: str, tag: str) -> bool:
    """Return whether there are letters enough to tell the language by."""
    least = LEAST_LETTERS_OF_NORWEGIAN if tag in {"nb", "nn"} else LEAST_LETTERS
    return sum(sign.isalpha() for sign in text) >= least


def sentences(locale: Locale) -> dict[str, str]:
    """Return each public sentence by the English one, as it stands in a language."""
    path = template_path(Domain.PUBLIC) if locale.is_source else po_path(locale, Domain.PUBLIC)
    pairs = [Pair.of(message) for message in read_catalog(path) if message.id]
    return {one.one: plain(one.one if locale.is_source else one.forms[-1]) for one in pairs}


def judge(locale: Locale) -> Judged:
    """Ask the programs about every sentence that is long enough."""
    all_, tag = sentences(locale), locale.tag
    said = {one: names_of(text, tag) for one, text in all_.items() if is_long_enough(text, tag)}
    doubted = {one: names for one, names in said.items() if not agrees(names, tag)}
    return Judged(locale, len(said) - len(doubted), doubted, len(all_) - len(said))


@cache
def read_listed() -> dict[str, dict[str, str]]:
    """Return by language the sentences known not to agree, each with the reason."""
    rows = tomllib.loads(LISTED.read_text("utf-8")).get("sentence", [])
    return {tag: {row["english"]: row["why"] for row in rows if row["tag"] == tag} for tag in _TAGS}


def main() -> None:
    """Print a line for each language, and what does not agree."""
    print(f"{'':<7}{'agree':>7}{'of':>6}{'share':>9}{'too short':>11}  asked")
    for judged in map(judge, LOCALES):
        asked = ", ".join(one.name for one in programs() if judged.locale.tag in one.asked)
        share = judged.agreeing / judged.total
        counts = f"{judged.agreeing:>7}{judged.total:>6}{share:>9.1%}{judged.too_short:>11}"
        print(f"{judged.locale.tag:<7}{counts}  {asked}")
        for english, names in judged.not_agreeing.items():
            print(f"       {', '.join(names)}: «{english}»")


if __name__ == "__main__":
    main()
