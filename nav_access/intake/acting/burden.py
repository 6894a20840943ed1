"""What agencies' help comes to: how much of the office's work others do, without any names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, func, select, type_coerce
from sqlalchemy.orm import Session

from nav_access.intake.acting.codes import HelpKind
from nav_access.intake.acting.models import Consent
from nav_access.intake.models import Case


@dataclass(frozen=True, slots=True)
class Burden:
    """Requests agencies sent, in how many of them help was counted, and what it came to."""

    sent: int
    helped: int
    minutes: int
    by_kind: Mapping[HelpKind, int]


def count_burden(
    session: Session, since: datetime, until: datetime, *, office_id: int | None = None
) -> Burden:
    """Return the counts of requests sent from `since` until before `until`, at one office or all.

    Protected persons count nowhere. Small numbers are hidden by whoever shows this.
    """
    kinds = [func.count().filter(_has(kind)) for kind in HelpKind]
    helped = func.count().filter(Consent.help_kinds != ())
    found = (
        select(func.count(), helped, func.coalesce(func.sum(Consent.help_minutes), 0), *kinds)
        .select_from(Consent)
        .join(Case, Case.id == Consent.case_id)
        .where(Consent.given_utc >= since, Consent.given_utc < until)
        .where(Case.is_protected.is_(False))
    )
    if office_id is not None:
        found = found.where(Case.office_id == office_id)
    sent, with_help, minutes, *by_kind = session.execute(found).one()
    return Burden(sent, with_help, minutes, dict(zip(HelpKind, by_kind, strict=True)))


def _has(kind: HelpKind) -> ColumnElement[bool]:
    return type_coerce(Consent.help_kinds, String).contains(kind.value, autoescape=True)
