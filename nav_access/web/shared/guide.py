"""The guide in a reader's language, or in the nearest one it is written in, said to be so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from nav_access.core.i18n.locales import DEFAULT, SOURCE, Locale, by_tag
from nav_access.guide.codes import LANGUAGES, LINES, Owner
from nav_access.guide.reading import Service, load_guide
from nav_access.web.shared.dates import say_date

LAW_IN = DEFAULT
"""What a law is called is Norwegian on every page."""


@dataclass(frozen=True, slots=True)
class SaidService:
    """A service as a page shows it: its lines with their labels, and where the law stands."""

    key: str
    name: str
    lines: tuple[tuple[str, str], ...]
    law: str
    source: str
    host: str
    checked: str


@dataclass(frozen=True, slots=True)
class Group:
    """The services of one desk."""

    name: str
    services: tuple[tuple[str, str], ...]
    """Key and name."""


@dataclass(frozen=True, slots=True)
class GuideWords:
    """The guide for one reader. `locale` is what it is written in, perhaps not the page's own."""

    locale: Locale
    is_own: bool

    @property
    def frame(self) -> Mapping[str, str]:
        """The words around the lines."""
        return load_guide().frames[self.locale.tag]

    def groups(self) -> tuple[Group, ...]:
        """Return all services by whose desk has them."""
        guide = load_guide()
        return tuple(
            Group(self.frame[owner], tuple(self.names(guide.of(owner)))) for owner in Owner
        )

    def names(self, services: tuple[Service, ...]) -> tuple[tuple[str, str], ...]:
        """Return the keys and names of some services."""
        return tuple((one.key, one.texts[self.locale.tag].name) for one in services)

    def say(self, service: Service, today: date) -> SaidService:
        """Return one service in words."""
        text = service.texts[self.locale.tag]
        return SaidService(
            key=service.key,
            name=text.name,
            lines=tuple((self.frame[line], getattr(text, line)) for line in LINES),
            law=service.law,
            source=service.source,
            host=urlsplit(service.source).netloc,
            checked=say_date(service.checked, self.locale, today),
        )


def guide_for(reader: Locale) -> GuideWords:
    """Return the guide in the reader's language, in its fallback's, or in English."""
    for tag in (reader.tag, reader.fallback):
        found = by_tag(tag) if tag in LANGUAGES else None
        if found is not None:
            return GuideWords(found, is_own=found is reader)
    return GuideWords(SOURCE, is_own=reader is SOURCE)
