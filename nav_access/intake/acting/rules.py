"""Pure decisions on acting for a person: what an agency may see of a case at an instant.

What is visible is what all of these allow together: the consent's scope, its time, that nobody
ended it, who acts for the person now, an agreement that covers the case, and the membership.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from nav_access.core.clock import OSLO, to_oslo
from nav_access.intake.acting.codes import Lasting, Outside, Scope
from nav_access.intake.codes import Need
from nav_access.partners.rules import Membership, Terms

EVERYWHERE = frozenset({Need.LETTER})
"""Needs every agreement covers: that the office explains its letters was never the agency's."""

DRAFTS_KEPT = timedelta(days=14)
"""How long a draft waits for a consent, from when it was begun."""

MINUTES = (15, 30, 60, 120, 240)
"""What time spent is rounded up to."""


@dataclass(frozen=True, slots=True)
class Given:
    """A consent as rules see it; half-open: it holds from `given_utc` until before `until_utc`."""

    agency_id: int
    staff_id: int
    """Who acts for the person now."""
    scope: frozenset[Scope]
    municipality: str
    needs: frozenset[str]
    given_utc: datetime
    until_utc: datetime
    ended_utc: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Say whether it is in force at this instant."""
        is_ended = self.ended_utc is not None and at >= self.ended_utc
        return self.given_utc <= at < self.until_utc and not is_ended


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see of a case: nothing, that the agency acts in it, or what `scope` says.

    `since` is the first instant of which they may see anything.
    """

    is_known: bool = False
    scope: frozenset[Scope] = frozenset()
    since_utc: datetime | None = None


NOTHING = Sight()


def what_may_be_seen(
    consents: Iterable[Given], terms: Collection[Terms], member: Membership | None, at: datetime
) -> Sight:
    """Return what a member may see of a case with these consents.

    Colleagues know that their agency acts in it, and may take over; the rest is for the one who
    acts. `terms` are the agency's agreements.
    """
    if member is None:
        return NOTHING
    live = [
        consent
        for consent in consents
        if consent.agency_id == member.agency_id
        and consent.holds(at)
        and _covers(terms, consent, at)
    ]
    own = [consent for consent in live if consent.staff_id == member.staff_id]
    return Sight(
        is_known=bool(live),
        scope=frozenset().union(*(consent.scope for consent in own)),
        since_utc=min((consent.given_utc for consent in own), default=None),
    )


def _covers(terms: Collection[Terms], consent: Given, at: datetime) -> bool:
    return any(
        each.is_valid(at) and each.covers(consent.municipality, needs_asked(consent.needs))
        for each in terms
    )


def find_covered(
    terms: Iterable[Terms], places: frozenset[str], needs: Collection[str]
) -> str | Outside:
    """Return the municipality a request is covered for, or what is outside every agreement."""
    if not places:
        return Outside.PLACE_UNKNOWN
    here = [(each, place) for each in terms for place in sorted(places & each.municipalities)]
    if not here:
        return Outside.PLACE
    covered = (place for each, place in here if each.covers(place, needs_asked(needs)))
    return next(covered, Outside.NEED)


def needs_asked(needs: Collection[str]) -> frozenset[str]:
    """Return the needs an agreement must name."""
    return frozenset(needs) - EVERYWHERE


def decide_until(lasting: Lasting, now: datetime) -> datetime:
    """Return when a consent given now ends: with its last Norwegian day."""
    last = to_oslo(now).date() + lasting.time
    return datetime.combine(last + timedelta(days=1), time(), OSLO).astimezone(now.tzinfo)


def round_minutes(minutes: int) -> int:
    """Return time spent as coarsely as it is counted; 0 stays 0, a long day is the last step."""
    if minutes <= 0:
        return 0
    return next((step for step in MINUTES if minutes <= step), MINUTES[-1])
