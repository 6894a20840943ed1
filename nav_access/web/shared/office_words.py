"""An office in its readers' words: what its public page says, and a preview of a change to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from nav_access.core.clock import to_oslo
from nav_access.core.facts import load_facts
from nav_access.core.i18n.locales import Locale
from nav_access.offices.models import Office, Reception
from nav_access.offices.timetables import office_hours, reception_hours
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.hours import Standing, Timetable, make_timetable, say_standing
from nav_access.web.shared.lines import LineWords, say_lines
from nav_access.web.shared.services import Said, say_languages, say_services
from nav_access.web.shared.texts import OfficeText, say_office_text


@dataclass(frozen=True, slots=True)
class Door:
    """A reception as its visitors need it."""

    label: str | None
    street: str | None
    town: str
    way_in: OfficeText | None
    standing: Standing
    table: Timetable | None
    is_step_free: bool | None
    has_private_room: bool | None


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """An office in the reader's words."""

    slug: str
    name: str
    is_sample: bool
    standing: Standing
    closes_on: str | None
    unheard_of_since: str | None
    restricted_reason: OfficeText | None
    other_way_in: OfficeText | None
    measures: tuple[OfficeText, ...]
    """What the office does to make up for few hours, now."""
    doors: tuple[Door, ...]
    lines: tuple[LineWords, ...]
    phone: str | None
    phone_comment: OfficeText | None
    information: OfficeText | None
    postal_address: OfficeText | None
    services: tuple[Said, ...]
    services_note: OfficeText | None
    languages: tuple[str, ...]


def say_office(
    found: Office, at: datetime, locale: Locale, measures: Iterable[str] = ()
) -> OfficeWords:
    """Put an office into words; `measures` are its own, as it wrote them."""
    today = to_oslo(at).date()

    def say(text: str | None) -> OfficeText | None:
        return say_office_text(text, found.language, locale)

    return OfficeWords(
        slug=found.slug,
        name=found.name,
        is_sample=found.is_sample,
        standing=say_standing(office_hours(found), at, locale),
        closes_on=_say_day(found.closes_on, locale, today),
        unheard_of_since=_say_day(found.missing_since, locale, today),
        restricted_reason=say(found.restricted_reason),
        other_way_in=say(found.other_way_in),
        measures=tuple(text for text in map(say, measures) if text),
        doors=_say_doors(found, at, locale),
        lines=say_lines(found, at, locale),
        phone=_phone(found),
        phone_comment=say(found.phone_comment),
        information=say(found.information),
        postal_address=say(found.postal_address),
        services=say_services(found.services, locale),
        services_note=say(found.services_note),
        languages=say_languages(found.languages, locale),
    )


def _say_day(day: date | None, locale: Locale, today: date) -> str | None:
    return say_date(day, locale, today) if day else None


def _phone(found: Office) -> str | None:
    """Return the office's own number; NAV's where the office has no number and no line."""
    service = load_facts().service_phone.number
    if not found.duty_lines:
        return found.phone or service
    shown = {service, *(line.phone for line in found.duty_lines)}
    return None if found.phone in shown else found.phone


def _say_doors(found: Office, at: datetime, locale: Locale) -> tuple[Door, ...]:
    doors = tuple(_say_door(door, found.language, at, locale) for door in found.receptions)
    return tuple(filter(_tells_anything, doors or (_say_address(found, at, locale),)))


def _tells_anything(door: Door) -> bool:
    """Say whether a door tells a visitor more than whether it is open, which stands above all."""
    told = (door.label, door.street, door.town, door.way_in, door.table)
    return any(told) or door.is_step_free is not None or door.has_private_room is not None


def _say_door(door: Reception, language: str, at: datetime, locale: Locale) -> Door:
    hours = reception_hours(door)
    table = make_timetable(hours, to_oslo(at).date(), language, locale) if hours.entries else None
    return Door(
        label=door.label,
        street=door.street,
        town=_town(door),
        way_in=say_office_text(door.way_in, language, locale),
        standing=say_standing(hours, at, locale),
        table=table,
        is_step_free=door.has_step_free_entrance,
        has_private_room=door.has_private_room,
    )


def _say_address(found: Office, at: datetime, locale: Locale) -> Door:
    """Return where an office is when no file has told about its receptions."""
    standing = say_standing(office_hours(found), at, locale)
    return Door(None, found.street, _town(found), None, standing, None, None, None)


def _town(place: Office | Reception) -> str:
    return " ".join(filter(None, (place.postcode, place.place)))
