"""The words for codes in one language, looked up once: a queue says the same ones fifty times."""

from collections.abc import Mapping
from functools import cache, lru_cache

from nav_access.core.i18n.catalogs import PluralForms
from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import words_in
from nav_access.web.desk import wording


@cache
def needs_in(locale: Locale) -> Mapping[str, str]:
    """Return the words for needs."""
    return _in(locale, wording.NEEDS)


@cache
def acute_in(locale: Locale) -> Mapping[str, str]:
    """Return the words for acute statements."""
    return _in(locale, wording.ACUTE)


@lru_cache(maxsize=512)
def say_needs(needs: tuple[str, ...], locale: Locale) -> str:
    """Say which needs, as a list with commas."""
    words = needs_in(locale)
    return ", ".join(words.get(need, need) for need in needs)


@cache
def urgencies_in(locale: Locale) -> Mapping[int, str]:
    """Return the words for urgencies."""
    words = words_in(locale)
    return {int(code): words.text(word) for code, word in wording.URGENCIES.items()}


@cache
def sentence_in(locale: Locale, message: str) -> str:
    """Return a sentence unfilled, with `%(name)s` where its values go."""
    return words_in(locale).find(message)


@cache
def forms_in(locale: Locale, one: str, many: str) -> PluralForms:
    """Return the plural forms of a sentence, unfilled."""
    return words_in(locale).find_forms(one, many)


def _in(locale: Locale, table: Mapping[str, str]) -> Mapping[str, str]:
    words = words_in(locale)
    return {str(code): words.text(word) for code, word in table.items()}
