"""Which office a request goes to: never a dead end, an unknown place goes to people."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from nav_access.core.security.keyring import Keyring
from nav_access.intake.applications import OFFICE_UNKNOWN, Application
from nav_access.intake.codes import Flag
from nav_access.intake.errors import DistrictNeeded
from nav_access.intake.models import Case, Reaching
from nav_access.intake.sealing import open_reaching, open_seal
from nav_access.offices.cards import (
    find_public_card,
    forget_cards,
    get_centre_card,
    match_place,
)
from nav_access.offices.holding import hold_office
from nav_access.offices.queries import OfficeChoice, PlaceKind


@dataclass(frozen=True, slots=True)
class Route:
    """Where a request goes, and what the receiver should know about how it got there."""

    office_id: int
    municipality_number: str | None = None
    flags: frozenset[Flag] = frozenset()
    choices: tuple[OfficeChoice, ...] = ()


def find_route(session: Session, application: Application) -> Route:
    """Return the office for a request, which is not removed before the commit.

    It is the chosen one, else the place's, else the contact centre. Raises DistrictNeeded when
    the place has several offices, the request is not acute and the person has not been asked
    yet. An acute request is taken first and asked afterwards.
    """
    route = _look_for(session, application)
    while not hold_office(session, route.office_id):
        # Removed since its card was read; the contact centre, where this ends, never is.
        forget_cards(session)
        route = _look_for(session, application)
    return route


def _look_for(session: Session, application: Application) -> Route:
    chosen = find_public_card(session, application.office)
    if chosen is not None:
        return Route(chosen.id)
    match = match_place(session, application.place)
    guessed = frozenset({Flag.PLACE_GUESSED} if match.is_guess else ())
    if match.kind is PlaceKind.ONE_OFFICE:
        return Route(match.offices[0].id, match.municipality_number, guessed)
    centre = get_centre_card(session).id
    if match.kind is not PlaceKind.CHOOSE_OFFICE:
        return Route(centre, match.municipality_number, frozenset({Flag.PLACE_UNKNOWN}))
    if not application.acute and application.office != OFFICE_UNKNOWN:
        raise DistrictNeeded(match.offices)
    flags = guessed | {Flag.DISTRICT_UNKNOWN}
    return Route(centre, match.municipality_number, flags, match.offices)


def find_choices(
    session: Session, case: Case, reaching: Reaching, keyring: Keyring
) -> tuple[OfficeChoice, ...]:
    """Return the offices to choose among while a case's district is not known."""
    if Flag.DISTRICT_UNKNOWN not in case.flags:
        return ()
    seal = open_seal(keyring, case)
    place = open_reaching(seal, case.number, "place", reaching.place_sealed)
    return match_place(session, place or "").offices
