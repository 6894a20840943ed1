"""Which office a time is booked at: the one named, the place's own, or one chosen from a list."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, request

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.offices.cards import OfficeCard, find_public_card
from nav_access.offices.codes import PlaceKind
from nav_access.offices.queries import match_place
from nav_access.web.citizen.offices import LONGEST, Found, is_short_question, search
from nav_access.web.shared.fields import clean
from nav_access.web.shared.installation import now
from nav_access.web.shared.pages import BRIEFLY, path_after_language, show
from nav_access.web.shared.templating import current_locale


@dataclass(frozen=True, slots=True)
class Asked:
    """What was said about where: an office's word, or a place as it was typed."""

    office: str = ""
    place: str = ""

    @classmethod
    def in_address(cls) -> "Asked":
        """Read the address."""
        place = " ".join(clean(request.args.get("place", "")).split())[:LONGEST]
        return cls(clean(request.args.get("office", ""))[:120], place)


def find_office(session: Session, asked: Asked) -> OfficeCard | None:
    """Return the one office that is meant; a place written with a slip is asked about first."""
    chosen = find_public_card(session, asked.office)
    if chosen is not None or not asked.place:
        return chosen
    match = match_place(session, asked.place, today=to_oslo(now()).date())
    is_sure = match.kind is PlaceKind.ONE_OFFICE and not match.is_guess
    return find_public_card(session, match.offices[0].slug) if is_sure else None


def find_offices(session: Session, asked: Asked) -> Found:
    """Return the offices a typed place may mean."""
    return search(session, asked.place, now(), current_locale()) if asked.place else Found()


def ask_place(path: str, asked: Asked, found: Found) -> Response:
    """Return the page that asks where the person is staying."""
    own = path_after_language()
    return show(
        "citizen/booking_place.html",
        keep=BRIEFLY if is_short_question() else None,
        path=path,
        asked=asked.place,
        found=found,
        is_unknown_office=bool(asked.office),
        path_after_language=f"{own}?{urlencode({'place': asked.place})}" if asked.place else own,
    )
