"""Find an office: by postcode, place, municipality or name, and what to do when there is none."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import Response, request

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.i18n.locales import Locale
from nav_access.offices import queries
from nav_access.offices.codes import HitReason, PlaceKind
from nav_access.offices.models import Office, Reception
from nav_access.offices.queries import OfficeHit
from nav_access.offices.timetables import office_hours
from nav_access.web.shared.fields import clean
from nav_access.web.shared.hours import Standing, say_standing
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.page_cache import MAX_QUERY
from nav_access.web.shared.pages import BRIEFLY, path_after_language, show
from nav_access.web.shared.templating import current_locale

LONGEST = 100

FAR_NORTH = {PlaceKind.SVALBARD: "Svalbard", PlaceKind.JAN_MAYEN: "Jan Mayen"}
"""Places without an office of this kind; their names are the same in every language."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An office in the list: its name, where it is, and whether its door is open."""

    slug: str
    name: str
    where: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Found:
    """What a typed text led to."""

    hits: tuple[Hit, ...] = ()
    far_north: str | None = None
    is_guess: bool = False
    """Nothing is called that; these are close to what was typed."""
    is_choice: bool = False
    """The place has several offices, and only the person knows which district is theirs."""


def offices() -> Response:
    """Show the search, and what it found."""
    asked = read_question()
    instant, locale = now(), current_locale()
    with read_session() as session:
        found = search(session, asked, instant, locale) if asked else Found()
    return show(
        "citizen/offices.html",
        keep=BRIEFLY if is_short_question() else None,
        asked=asked,
        found=found,
        path_after_language=path_with_question(asked),
    )


def read_question() -> str:
    """Return what was typed in the search field, on one line."""
    return " ".join(clean(request.args.get("q", "")).split())[:LONGEST]


def is_short_question() -> bool:
    """Say whether the page cache takes an address with so much in it."""
    return len(request.query_string) <= MAX_QUERY


def path_with_question(asked: str) -> str:
    """Return this page's address without its language, with the question kept."""
    path = path_after_language()
    return f"{path}?{urlencode({'q': asked})}" if asked else path


def search(session: Session, asked: str, at: datetime, locale: Locale) -> Found:
    """Return the offices a text may mean, and what to say about them."""
    today = to_oslo(at).date()
    match = queries.match_place(session, asked, today=today)
    if match.kind in FAR_NORTH:
        return Found(far_north=FAR_NORTH[match.kind])
    hits = queries.search_offices(session, asked, today=today)
    return Found(
        hits=tuple(_say_hit(hit, at, locale) for hit in hits),
        is_guess=bool(hits) and all(hit.reason is HitReason.SIMILAR for hit in hits),
        is_choice=match.kind is PlaceKind.CHOOSE_OFFICE,
    )


def _say_hit(hit: OfficeHit, at: datetime, locale: Locale) -> Hit:
    office = hit.office
    standing = say_standing(office_hours(office), at, locale)
    return Hit(office.slug, office.name, say_where(office), standing)


def say_where(office: Office) -> str:
    """Return an office's street and place on one line: its own, else its first door's."""
    doors: tuple[Office | Reception, ...] = (office, *office.receptions)
    for door in doors:
        town = " ".join(filter(None, (door.postcode, door.place)))
        if where := ", ".join(filter(None, (door.street, town))):
            return where
    return ""
