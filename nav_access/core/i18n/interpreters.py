"""Languages a person can ask to speak; more than there are pages in, a signed one among them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale as BabelLocale

from nav_access.core.i18n.locales import Locale

_NORWEGIAN = frozenset({"nb", "nn"})
LIST = Path(__file__).with_name("interpreter_languages.toml")


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """A language to speak or sign. `code` is what is stored."""

    code: str
    own: str
    english: str
    is_signed: bool
    norwegian: str | None = None


@cache
def list_spoken_languages() -> tuple[SpokenLanguage, ...]:
    """Return the languages, sign language first, then by their English names."""
    rows = tomllib.loads(LIST.read_text("utf-8"))["language"]
    return tuple(
        SpokenLanguage(
            code=row["code"],
            own=row["own"],
            english=row["english"],
            is_signed=row.get("signed", False),
            norwegian=row.get("norwegian"),
        )
        for row in rows
    )


def find_spoken_language(code: str) -> SpokenLanguage | None:
    """Find a language by its code; None for one that is not on the list."""
    return next((each for each in list_spoken_languages() if each.code == code), None)


@cache
def name_for(language: SpokenLanguage, reader: Locale) -> str:
    """Return what the reader's language calls it; without such a name, its own and the English."""
    if language.code == reader.tag:
        return reader.endonym
    if language.norwegian and reader.tag in _NORWEGIAN:
        return language.norwegian
    found = BabelLocale.parse(reader.folder).languages.get(language.code.replace("-", "_"))
    if found or language.own == language.english:
        return found or language.own
    return f"{language.own} ({language.english})"
