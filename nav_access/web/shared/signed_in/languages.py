"""The names of languages people speak and read, for a caseworker."""

from functools import cache

from nav_access.core.i18n.interpreters import find_spoken_language, name_for
from nav_access.core.i18n.locales import Locale, by_tag


@cache
def say_language(code: str, reader: Locale) -> str:
    """Return a language's name in the reader's language; the code itself for an unknown one."""
    spoken = find_spoken_language(code)
    if spoken is not None:
        return name_for(spoken, reader)
    written = by_tag(code)
    return written.endonym if written else code
