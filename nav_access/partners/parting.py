"""A part of an agreement: some of its municipalities, changed or ended without the others.

An agreement may be about many municipalities, and each is run by its own office. What an office
changes is taken out into an agreement of its own first, with the same terms, so that nothing is
another for anybody else, and not even for an instant does none hold.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.core import audit, confirming
from nav_access.core.confirming import AlreadyAsked, Danger
from nav_access.partners.errors import AgreementChanged, AgreementNotFound
from nav_access.partners.models import Agreement
from nav_access.partners.queries import AgreementRow, list_agreements, terms_of
from nav_access.partners.rules import Terms, check_terms

Detail = dict[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class Part:
    """Some municipalities of an agreement, and what was agreed when it was looked at."""

    agreement_id: int
    municipalities: frozenset[str]
    seen: Terms


def list_live(session: Session, municipalities: Collection[str]) -> list[AgreementRow]:
    """Return what is agreed about any of these municipalities and was not ended, by id."""
    found = select(Agreement).where(Agreement.ended_utc.is_(None)).order_by(Agreement.id)
    rows = (row for row in session.scalars(found) if set(row.municipalities) & set(municipalities))
    return [AgreementRow(row.id, row.agency_id, terms_of(row)) for row in rows]


def get_live(session: Session, agreement_id: int) -> AgreementRow:
    """Return an agreement that was not ended; raises AgreementNotFound."""
    row = session.get(Agreement, agreement_id)
    if row is None or row.ended_utc is not None:
        raise AgreementNotFound
    return AgreementRow(row.id, row.agency_id, terms_of(row))


def is_over(session: Session, agreement_id: int, municipalities: Collection[str]) -> bool:
    """Say whether an agreement there was is about none of these municipalities any more."""
    row = session.get(Agreement, agreement_id)
    if row is None:
        return False
    return row.ended_utc is not None or not set(row.municipalities) & set(municipalities)


def is_agreed(session: Session, agency_id: int, terms: Terms) -> bool:
    """Say whether this very thing is agreed with an agency, from the same day or an earlier one."""
    return any(
        one.terms.valid_from <= terms.valid_from
        and replace(one.terms, valid_from=terms.valid_from) == terms
        for one in list_agreements(session, agency_id)
    )


def carve_out(session: Session, part: Part, *, actor: str, now: datetime) -> int:
    """Let a part be an agreement of its own, with the same terms, and return its id.

    Raises AgreementNotFound when nothing of it is there, AgreementChanged when it is another now,
    AlreadyAsked while somebody waits for its end to be confirmed.
    """
    row = _lock(session, part, now)
    mine = part.municipalities & set(row.municipalities)
    if not mine:
        raise AgreementNotFound
    others = set(row.municipalities) - mine
    if not others:
        return row.id
    row.municipalities = tuple(sorted(others))
    own = Agreement(
        agency_id=row.agency_id,
        municipalities=tuple(sorted(mine)),
        needs=row.needs,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        created_utc=now,
    )
    session.add(own)
    session.flush()
    detail: Detail = {
        "agreement": row.id,
        "own": own.id,
        "municipalities": len(mine),
    }
    _note(session, "agency.agreement_divided", row.agency_id, actor, now, detail)
    return own.id


def change_part(
    session: Session,
    part: Part,
    needs: frozenset[str],
    valid_until: date | None,
    *,
    actor: str,
    now: datetime,
) -> int:
    """Change what a part is about and its last day; return the agreement it is now.

    Raises as `carve_out`, NothingCovered or EndsBeforeItBegins.
    """
    agreement_id = carve_out(session, part, actor=actor, now=now)
    row = session.get_one(Agreement, agreement_id)
    check_terms(replace(terms_of(row), needs=needs, valid_until=valid_until))
    row.needs, row.valid_until = tuple(sorted(needs)), valid_until
    session.flush()
    detail: Detail = {"agreement": agreement_id, "needs": ":".join(sorted(needs))}
    if valid_until:
        detail["until"] = valid_until.isoformat()
    _note(session, "agency.agreement_changed", row.agency_id, actor, now, detail)
    return agreement_id


def _lock(session: Session, part: Part, now: datetime) -> Agreement:
    """Take the agreement for one change; of two who saw the same, the second is told."""
    wanted = select(Agreement).where(Agreement.id == part.agreement_id)
    fresh = wanted.with_for_update().execution_options(populate_existing=True)
    row = session.scalars(fresh).one_or_none()
    if row is None or row.ended_utc is not None:
        raise AgreementNotFound
    if terms_of(row) != part.seen:
        raise AgreementChanged
    waiting = confirming.list_open(session, now, {Danger.END_AGREEMENT})
    if any(change.subject == subject_of(row.id) for change in waiting):
        raise AlreadyAsked
    return row


def subject_of(agreement_id: int) -> str:
    """Return what a change that waits for a second person calls an agreement."""
    return f"agreement:{agreement_id}"


def _note(
    session: Session,
    action: str,
    agency_id: int,
    actor: str,
    now: datetime,
    detail: Detail,
) -> None:
    subject = f"agency:{agency_id}"
    audit.record(session, now=now, actor=actor, action=action, subject=subject, detail=detail)
