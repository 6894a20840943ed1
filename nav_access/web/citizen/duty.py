"""Numbers to ring: staffed lines of the offices, those who answer now first, and emergencies."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask import Response

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import N_
from nav_access.offices import queries
from nav_access.offices.codes import DutyAudience
from nav_access.offices.models import DutyLine, Office
from nav_access.web.citizen.offices import is_short_question, path_with_question, read_question
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.lines import LineWords, in_order, say_line, say_lines
from nav_access.web.shared.pages import BRIEFLY, show
from nav_access.web.shared.print_size import is_large_print
from nav_access.web.shared.templating import current_locale

MOST_OFFICES = 12
"""How many offices are shown to somebody who has not said where they are."""

EMERGENCY = {
    "police": N_("Police"),
    "fire": N_("Fire"),
    "ambulance": N_("Ambulance"),
    "doctor": N_("Doctor, when your own doctor is not there"),
    "children": N_("For children and young people"),
    "violence": N_("Violence and abuse"),
    "mental_health": N_("When life is hard, somebody to talk to"),
}


@dataclass(frozen=True, slots=True)
class OfficeLines:
    """An office with its lines; `slug` only where the office has a page."""

    name: str
    slug: str | None
    lines: tuple[LineWords, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """The numbers shown, and whether there are more than those."""

    centre: OfficeLines
    offices: tuple[OfficeLines, ...]
    has_more: bool = False


def duty() -> Response:
    """Show the numbers of a place, or of everybody when no place is given."""
    asked = read_question()
    instant, locale = now(), current_locale()
    with read_session() as session:
        roster = _roster(session, asked, instant, locale)
    return show(
        "citizen/duty.html",
        keep=BRIEFLY if is_short_question() else None,
        asked=asked,
        emergency=EMERGENCY,
        is_large=is_large_print(),
        path_after_language=path_with_question(asked),
        roster=roster,
    )


def _roster(session: Session, asked: str, at: datetime, locale: Locale) -> Roster:
    centre = queries.get_contact_centre(session)
    shown = OfficeLines(centre.name, None, say_lines(centre, at, locale))
    found = _near(session, asked, at, locale) if asked else _all(session, centre, at, locale)
    ordered = sorted((one for one in found if one.lines), key=lambda one: one.lines[0].rank)
    most = len(ordered) if asked else MOST_OFFICES
    return Roster(shown, tuple(ordered[:most]), len(ordered) > most)


def _near(session: Session, asked: str, at: datetime, locale: Locale) -> list[OfficeLines]:
    hits = queries.search_offices(session, asked, today=to_oslo(at).date())
    offices = (hit.office for hit in hits)
    return [OfficeLines(one.name, one.slug, say_lines(one, at, locale)) for one in offices]


def _all(session: Session, centre: Office, at: datetime, locale: Locale) -> list[OfficeLines]:
    audience, today = DutyAudience.PUBLIC, to_oslo(at).date()
    lines = queries.list_duty_lines(session, audience=audience, today=today)
    own = (line for line in lines if line.office_id != centre.id)
    return [
        _say_group(office, list(group), at, locale)
        for office, group in groupby(own, key=lambda line: line.office)
    ]


def _say_group(office: Office, lines: list[DutyLine], at: datetime, locale: Locale) -> OfficeLines:
    said = in_order(say_line(line, office.language, at, locale) for line in lines)
    return OfficeLines(office.name, office.slug, said)
