"""Pure decisions on agencies: when an agreement is valid, what it covers, who is a member."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from nav_access.core.clock import to_oslo
from nav_access.partners.codes import AgencyRole
from nav_access.partners.errors import EndsBeforeItBegins, NothingCovered


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed with an agency; days are Norwegian ones, both included."""

    municipalities: frozenset[str]
    needs: frozenset[str]
    valid_from: date
    valid_until: date | None = None
    ended_utc: datetime | None = None

    def is_valid(self, at: datetime) -> bool:
        """Say whether the agreement holds at this instant."""
        if self.ended_utc is not None and at >= self.ended_utc:
            return False
        day = to_oslo(at).date()
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def covers(self, municipality: str | None, needs: Collection[str]) -> bool:
        """Say whether it is about this place, and about each of these needs."""
        return municipality in self.municipalities and self.needs.issuperset(needs)


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody who may act for an agency now; `terms` are the agreements that hold now."""

    staff_id: int
    agency_id: int
    agency_name: str
    role: AgencyRole
    terms: tuple[Terms, ...]

    @property
    def municipalities(self) -> frozenset[str]:
        """Every municipality some agreement is about."""
        return frozenset().union(*(terms.municipalities for terms in self.terms))

    @property
    def needs(self) -> frozenset[str]:
        """Every need some agreement is about."""
        return frozenset().union(*(terms.needs for terms in self.terms))

    def covers(self, municipality: str | None, needs: Collection[str]) -> bool:
        """Say whether one of the agreements covers this."""
        return any(terms.covers(municipality, needs) for terms in self.terms)


def check_terms(terms: Terms) -> None:
    """Raise NothingCovered or EndsBeforeItBegins when nothing would be agreed."""
    if not terms.municipalities or not terms.needs:
        raise NothingCovered
    if terms.valid_until is not None and terms.valid_until < terms.valid_from:
        raise EndsBeforeItBegins


def is_member(since: datetime, ended: datetime | None, at: datetime) -> bool:
    """Say whether somebody works for the agency at this instant."""
    return since <= at and (ended is None or at < ended)
