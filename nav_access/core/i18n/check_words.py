"""Checks of words: the right script and language, not left in English, not hard to read."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from nav_access.core.i18n.findings import Fault, Pair
from nav_access.core.i18n.glossary import Glossary
from nav_access.core.i18n.locales import Locale

Problem = tuple[Fault, str]

MOST_LIX = 35
MOST_WORDS_ON_AVERAGE = 15
MOST_WORDS = 25

_SCRIPTS = {"Latn": "LATIN", "Cyrl": "CYRILLIC", "Arab": "ARABIC", "Ethi": "ETHIOPIC"}
_NOT_WORDS = re.compile(r"%\(\w+\)s|<[^<>]*>|&\w+;|https?://\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)+\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:](?:\s|$)")


def check_words(pair: Pair, locale: Locale, glossary: Glossary) -> Iterator[Problem]:
    """Yield what shows that the words are not, or not all, in the language."""
    known = glossary.names | frozenset(words_of(" ".join(pair.sources).casefold()))
    for form in filter(None, pair.forms):
        yield from _script(form, locale, known)
        yield from _letters(form, glossary.letters.get(locale.tag, ""))
        yield from _foreign(form, glossary.foreign.get(locale.tag, frozenset()))
        yield from _same(form, pair, glossary.names | glossary.same.get(locale.tag, frozenset()))


def words_of(text: str) -> list[str]:
    """Return the words of a sentence without placeholders, tags and addresses."""
    return _WORD.findall(_NOT_WORDS.sub(" ", text))


def lix(sentences: Iterable[str]) -> float:
    """Return the readability index: words a sentence plus per cent of words over six letters."""
    counted = _counted(sentences)
    words = [word for sentence in counted for word in sentence]
    if not words:
        return 0.0
    long_words = sum(1 for word in words if len(word) > 6)
    return len(words) / len(counted) + 100 * long_words / len(words)


def average_length(sentences: Iterable[str]) -> float:
    """Return words a sentence."""
    counted = _counted(sentences)
    return sum(map(len, counted)) / len(counted) if counted else 0.0


def full_sentences(texts: Iterable[str]) -> list[str]:
    """Return those texts that are sentences, not labels, one by one."""
    ended = (text for text in texts if _SENTENCE_END.search(text))
    return [part for text in ended for part in _SENTENCE_END.split(_NOT_WORDS.sub("x", text))]


def check_length(form: str) -> Iterator[Problem]:
    """Yield a sentence that is too long to follow."""
    longest = max((len(words_of(part)) for part in _SENTENCE_END.split(form)), default=0)
    if longest > MOST_WORDS:
        yield Fault.LONG, f"{longest} words"


def check_reading(texts: Iterable[str]) -> Iterator[Problem]:
    """Yield figures over the limits for all sentences of a language together."""
    sentences = full_sentences(texts)
    if lix(sentences) > MOST_LIX:
        yield Fault.HEAVY, f"LIX {lix(sentences):.0f}"
    if average_length(sentences) > MOST_WORDS_ON_AVERAGE:
        yield Fault.HEAVY, f"{average_length(sentences):.0f} words a sentence"


def _counted(sentences: Iterable[str]) -> list[list[str]]:
    return [words for words in map(words_of, sentences) if words]


def _script(form: str, locale: Locale, known: frozenset[str]) -> Iterator[Problem]:
    own = _SCRIPTS[locale.script]
    strange = [word for word in words_of(form) if not _is_in_script(word, own)]
    wrong = [word for word in strange if word.casefold() not in known]
    if wrong:
        yield Fault.SCRIPT, " ".join(wrong)


def _is_in_script(word: str, script: str) -> bool:
    letters = (letter for letter in word if unicodedata.category(letter) in {"Lu", "Ll", "Lo"})
    return all(unicodedata.name(letter, "").startswith(script) for letter in letters)


def _letters(form: str, forbidden: str) -> Iterator[Problem]:
    found = sorted(set(form.casefold()) & set(forbidden))
    if found:
        yield Fault.SCRIPT, "letters " + " ".join(found)


def _foreign(form: str, foreign: frozenset[str]) -> Iterator[Problem]:
    found = sorted({word.casefold() for word in words_of(form)} & foreign)
    if found:
        yield Fault.WORD, " ".join(found)


def _same(form: str, pair: Pair, may_stay: frozenset[str]) -> Iterator[Problem]:
    left = {word.casefold() for word in words_of(form)} - may_stay
    if form in pair.sources and left:
        yield Fault.SAME, ""
