"""The page languages, read once from translations/locales.toml, and the choice between them."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

TRANSLATIONS = Path(__file__).resolve().parents[3] / "translations"


class LocaleStatus(StrEnum):
    """Whether a named person has checked the words."""

    DRAFT = "draft"
    REVIEWED = "reviewed"


class Direction(StrEnum):
    """Writing direction, as HTML's dir attribute wants it."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


class LocaleError(Exception):
    """locales.toml is wrong; the message says which language and what."""


@dataclass(frozen=True, slots=True)
class Locale:
    """One page language. `tag` goes into lang="", `path` into addresses, `folder` names files."""

    tag: str
    path: str
    endonym: str
    direction: Direction
    script: str
    status: LocaleStatus
    is_offered: bool
    has_staff: bool
    plurals: int
    plural: str
    day: str
    dated: str
    also: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    """From Monday, where those of CLDR are not what people say; empty where they are."""
    listing: tuple[str, ...] = ()
    """How a list goes on and how it ends, where CLDR has no pattern; empty where it has."""
    fallback: str | None = None
    reviewer: str | None = None
    reviewed_on: date | None = None

    @property
    def folder(self) -> str:
        """The name Babel and gettext use: fa_AF for fa-AF."""
        return self.tag.replace("-", "_")

    @property
    def is_draft(self) -> bool:
        """True when the pages must say that nobody has checked the words yet."""
        return self.status is LocaleStatus.DRAFT

    @property
    def is_source(self) -> bool:
        """True for English, whose sentences are the message ids."""
        return self.tag == "en"


def read_locales(text: str) -> tuple[Locale, ...]:
    """Read the records from TOML text; raise LocaleError when one cannot be right."""
    return tuple(_locale(row) for row in tomllib.loads(text)["locale"])


def _locale(row: Mapping[str, object]) -> Locale:
    values = dict(row)
    try:
        locale = Locale(
            direction=Direction(str(values.pop("direction"))),
            status=LocaleStatus(str(values.pop("status"))),
            is_offered=values.pop("offered") is True,
            has_staff=values.pop("staff") is True,
            also=_texts(values.pop("also", [])),
            weekdays=_texts(values.pop("weekdays", [])),
            listing=_texts(values.pop("listing", [])),
            reviewed_on=_day(values.pop("date", None)),
            **values,  # type: ignore[arg-type]  # a wrong key or type is refused here or by a test
        )
    except (KeyError, TypeError, ValueError) as error:
        raise LocaleError(f"{row.get('tag')}: {error}") from error
    if not locale.is_draft and not (locale.reviewer and locale.reviewed_on):
        raise LocaleError(f"{locale.tag}: reviewed needs a named reviewer and a date")
    return locale


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(map(str, value))
    raise TypeError("must be a list")


def _day(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    raise TypeError("date must be a date")


LOCALES = read_locales((TRANSLATIONS / "locales.toml").read_text("utf-8"))
OFFERED = tuple(locale for locale in LOCALES if locale.is_offered)
SOURCE = next(locale for locale in LOCALES if locale.is_source)
DEFAULT = LOCALES[0]

_BY_TAG = {locale.tag: locale for locale in LOCALES}
_BY_PATH = {locale.path: locale for locale in OFFERED}
_FITTING = {tag: locale for locale in OFFERED for tag in (locale.path, *locale.also)}

_MOST_CHARACTERS = 400
_RANGE = re.compile(
    r"\s*(?P<tag>[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*|\*)\s*"
    r"(?:;\s*q\s*=\s*(?P<quality>[01](?:\.[0-9]{0,3})?)\s*)?"
)


def by_path(path: str) -> Locale | None:
    """Find an offered language by its word in the address; None when there is none."""
    return _BY_PATH.get(path)


def by_tag(tag: str) -> Locale | None:
    """Find a language by its tag, offered or not; None when there is none."""
    return _BY_TAG.get(tag)


def list_offered() -> tuple[Locale, ...]:
    """Return the languages people can choose, in the order they are shown."""
    return OFFERED


def negotiate(accept_language: str) -> Locale:
    """Return the offered language that fits an Accept-Language header best.

    Bokmål when the header says nothing; English when it names only languages not offered here.
    """
    tags = _wanted(accept_language)
    fitting = (_fitting(tag) for tag in tags)
    return next((locale for locale in fitting if locale), SOURCE if tags else DEFAULT)


def _wanted(header: str) -> list[str]:
    ranges = header[:_MOST_CHARACTERS].split(",")
    weighted = [pair for pair in map(_weighted, ranges) if pair]
    return [tag for _, tag in sorted(weighted, key=lambda pair: -pair[0])]


def _weighted(text: str) -> tuple[float, str] | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    quality = float(match["quality"] or 1)
    return (quality, match["tag"].lower()) if 0 < quality <= 1 else None


def _fitting(tag: str) -> Locale | None:
    if tag == "*":
        return DEFAULT
    parts = tag.split("-")
    shorter = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((_FITTING[part] for part in shorter if part in _FITTING), None)
