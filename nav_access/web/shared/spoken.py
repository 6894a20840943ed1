"""The language a person wants to speak, found in what they typed: a code or a name."""

from functools import cache

from nav_access.core.i18n.interpreters import SpokenLanguage, list_spoken_languages, name_for
from nav_access.core.i18n.locales import LOCALES, Locale


def match_spoken_language(typed: str, reader: Locale) -> str | None:
    """Return the code of a language typed by code or name; None when it is not on the list."""
    wanted = typed.strip().casefold()
    return _known_names().get(wanted) or _names_for(reader).get(wanted)


@cache
def _known_names() -> dict[str, str]:
    names = {each.endonym.casefold(): each.tag for each in LOCALES}
    names |= {each.path: each.tag for each in LOCALES}
    for language in list_spoken_languages():
        names |= {name.casefold(): language.code for name in _names(language)}
    return names


def _names(language: SpokenLanguage) -> list[str]:
    found = [language.code, language.own, language.english, language.norwegian]
    return [name for name in found if name]


@cache
def _names_for(reader: Locale) -> dict[str, str]:
    return {name_for(each, reader).casefold(): each.code for each in list_spoken_languages()}
