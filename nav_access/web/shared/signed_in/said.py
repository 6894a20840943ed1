"""The words for codes in one language, looked up once: a queue says the same ones fifty times."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import words_in
from nav_access.web.shared.signed_in import wording


@dataclass(frozen=True, slots=True)
class CodeWords:
    """What codes are called in one language."""

    needs: Mapping[str, str]
    acute: Mapping[str, str]
    urgencies: Mapping[int, str]
    shows: Mapping[str, str]


@cache
def code_words(locale: Locale) -> CodeWords:
    """Return the words for codes in a language."""
    text = words_in(locale).text
    return CodeWords(
        needs={str(code): text(word) for code, word in wording.NEEDS.items()},
        acute={str(code): text(word) for code, word in wording.ACUTE.items()},
        urgencies={int(code): text(word) for code, word in wording.URGENCIES.items()},
        shows={str(code): text(word) for code, word in wording.SHOWS.items()},
    )


@lru_cache(maxsize=512)
def say_needs(needs: tuple[str, ...], locale: Locale) -> str:
    """Say which needs, as a list with commas."""
    words = code_words(locale).needs
    return ", ".join(words.get(need, need) for need in needs)
