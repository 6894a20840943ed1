"""Understanding one text: digits of every script, a few words, and the person's own."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nav_access.core.i18n.locales import LOCALES
from nav_access.core.references import digits_of
from nav_access.intake.codes import Need
from nav_access.intake.texting.codes import Command
from nav_access.intake.texting.postcodes import find_postcode

VOCABULARY = Path(__file__).with_name("words.toml")

MOST_OF_A_PLACE = 60
"""Characters of an answer that may be a place's name; a longer one is a story."""

_TOKEN = re.compile(r"\w+")
_NEEDS = (Need.FOOD, Need.ELECTRICITY, Need.HOUSING, Need.MONEY, Need.LETTER)
_SCRIPTS = {"LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "ETHIOPIC": "Ethi"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What we understand of a text. `words` is the text itself when it tells more than digits.

    `place` is what it may be as the answer to where they are: a name, or four digits
    among nothing but digits, known or not.
    """

    numbers: tuple[int, ...] = ()
    postcode: str | None = None
    needs: frozenset[Need] = frozenset()
    is_today: bool = False
    yes: bool | None = None
    command: Command | None = None
    is_thanks: bool = False
    language: str | None = None
    """The language it is surely written in, as a tag."""
    hints: tuple[str, ...] = ()
    """The languages its words or its script may be of, the likeliest first."""
    named_language: str | None = None
    words: str | None = None
    place: str | None = None

    @property
    def is_clear(self) -> bool:
        """Say whether we understood something that can be an answer."""
        told = (self.numbers, self.postcode, self.needs, self.named_language, self.place)
        return any(told) or self.yes is not None


def read(text: str, is_postcode: Callable[[str], bool] = bool) -> Reading:
    """Return what a text says. Never fails, whatever it holds.

    `is_postcode` says of four digits whether they are one that is known; any are, without it.
    """
    folded = _fold(text)
    tokens = tuple(_TOKEN.findall(folded))
    numbers = tuple(token for token in tokens if _is_number(token))
    said = _Said(f" {' '.join(tokens)} ", tokens)
    command = said.find_command()
    is_small_talk = command is not None or said.is_only("greeting", "thanks", "yes", "no")
    named = _name_of_language(said.phrase)
    has_words = len(tokens) > len(numbers) and not is_small_talk and named is None
    needs = said.find_needs()
    digits = find_postcode(folded, bool) if len(tokens) == len(numbers) else None
    return Reading(
        numbers=tuple(int(digits_of(number)) for number in numbers if len(number) <= 2),
        postcode=find_postcode(folded, is_postcode),
        needs=needs,
        is_today=said.has("today") and not said.has("not_today"),
        yes=said.is_yes(),
        command=command,
        is_thanks=said.is_only("thanks"),
        language=said.find_language() if has_words else None,
        hints=(*said.ranked_languages(), *_languages_of_script(text)),
        named_language=named,
        words=text.strip() if has_words or _is_of_signs(text, tokens) else None,
        place=_place(text) if has_words and not needs else digits,
    )


def _fold(text: str) -> str:
    """Return text without capitals and marks of writing, so that equal words are equal."""
    compatible = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in compatible if unicodedata.category(c) not in {"Mn", "Cf", "Me"})


def _is_number(token: str) -> bool:
    return len(digits_of(token)) == len(token)


def _is_of_signs(text: str, tokens: tuple[str, ...]) -> bool:
    """Say whether a text is of small pictures alone, which say something, and we cannot read it."""
    return not tokens and any(unicodedata.category(sign) == "So" for sign in text)


def _place(text: str) -> str | None:
    """Return what may be the name of a place: a short text without digits and words of time."""
    name = " ".join(word for word in text.split() if not _is_beside_place(_fold(word)))
    return name if 0 < len(name) <= MOST_OF_A_PLACE else None


def _is_beside_place(word: str) -> bool:
    tokens = tuple(_TOKEN.findall(word))
    said = _Said(f" {' '.join(tokens)} ", tokens)
    return all(map(_is_number, tokens)) or any(map(said.has, ("today", "yes", "no")))


@dataclass(frozen=True, slots=True)
class _Said:
    """A folded text and its words, looked up in the vocabulary of every language."""

    phrase: str
    tokens: tuple[str, ...]

    def has(self, topic: str) -> bool:
        """Say whether any language's words for a topic are in it."""
        return any(self._holds(words) for words in _topic(topic))

    def find_needs(self) -> frozenset[Need]:
        """Return the needs its words name."""
        return frozenset(need for need in _NEEDS if self.has(need))

    def find_command(self) -> Command | None:
        """Return the command the text is, when it is nothing else."""
        said = self.phrase.strip()
        return next((c for c in Command if any(said in each for each in _topic(c))), None)

    def is_yes(self) -> bool | None:
        """Return yes or no when a word says so, None when neither or both do."""
        first = self.tokens[0] if self.tokens else ""
        answers = {word: any(first in each for each in _topic(word)) for word in ("yes", "no")}
        return answers["yes"] if answers["yes"] != answers["no"] else None

    def is_only(self, *topics: str) -> bool:
        """Say whether the whole text is one of the words for these topics."""
        said = self.phrase.strip()
        return any(said in words for topic in topics for words in _topic(topic))

    def ranked_languages(self) -> tuple[str, ...]:
        """Return the languages whose words are in it, those with most first."""
        counts = {tag: self._count(words) for tag, words in _by_language().items()}
        return tuple(sorted(filter(counts.get, counts), key=lambda tag: -counts[tag]))

    def find_language(self) -> str | None:
        """Return the language it is surely written in: one borrowed word proves nothing.

        Everybody here knows a Norwegian and an English word; nobody writes a Ukrainian or
        Arabic one who does not read the language.
        """
        likeliest = next(iter(self.ranked_languages()), None)
        if likeliest is None or likeliest in _OWN_SCRIPT:
            return likeliest
        return likeliest if self._count(_by_language()[likeliest]) >= _PROOF else None

    def _count(self, words: frozenset[str]) -> int:
        return sum(1 for word in words if self._finds(word))

    def _holds(self, words: frozenset[str]) -> bool:
        return any(self._finds(word) for word in words)

    def _finds(self, word: str) -> bool:
        return f" {word[:-1]}" in self.phrase if word[-1] == "*" else f" {word} " in self.phrase


_PROOF = 2
_OWN_SCRIPT = frozenset({"uk", "ar"})


@cache
def _vocabulary() -> Mapping[str, Mapping[str, frozenset[str]]]:
    known = tomllib.loads(VOCABULARY.read_text("utf-8"))
    return {
        tag: {topic: frozenset(map(_fold, words)) for topic, words in topics.items()}
        for tag, topics in known.items()
    }


@cache
def _topic(topic: str) -> tuple[frozenset[str], ...]:
    """Return the words for a topic, language by language."""
    return tuple(topics[topic] for topics in _vocabulary().values() if topic in topics)


@cache
def _by_language() -> Mapping[str, frozenset[str]]:
    """Return the words that tell a language, those for commands and small talk left out."""
    silent = {*Command, "greeting", "thanks", "yes", "no"}
    return {
        tag: frozenset(
            word for topic, words in topics.items() if topic not in silent for word in words
        )
        for tag, topics in _vocabulary().items()
    }


def _name_of_language(phrase: str) -> str | None:
    """Return the tag of the language whose own name the text is."""
    return _names_of_languages().get(phrase.strip())


@cache
def _names_of_languages() -> Mapping[str, str]:
    names: dict[str, str] = {"norsk": "nb", "bokmål": "nb", "nynorsk": "nn", "norwegian": "nb"}
    names |= {" ".join(_TOKEN.findall(_fold(one.endonym))): one.tag for one in LOCALES}
    return {_fold(name): tag for name, tag in names.items()}


def _languages_of_script(text: str) -> Iterable[str]:
    """Return the languages written in the script of the first letter."""
    letter = next((character for character in text if character.isalpha()), "")
    script = _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0]) if letter else None
    return [one.tag for one in LOCALES if one.script == script and script != "Latn"]
