"""What an office's manager does with agreements about the office's own municipalities.

Whatever would take an agency from people it helps now takes two: an end waits for a second person,
and a change that would do the same is refused, so that it is asked for as the end it is.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.core import confirming
from nav_access.core.clock import to_oslo
from nav_access.core.confirming import Danger, NotToConfirm, PendingChange, Wanted
from nav_access.intake import dangers
from nav_access.intake.acting import apart
from nav_access.intake.acting.models import Consent
from nav_access.intake.acting.rules import needs_asked
from nav_access.intake.acting.sight import holds, is_open_to_agencies
from nav_access.intake.codes import CaseStatus
from nav_access.intake.models import Case
from nav_access.offices.keeping.own import list_served
from nav_access.partners import parting, service
from nav_access.partners.errors import AgreementNotFound
from nav_access.partners.parting import Part
from nav_access.partners.queries import AgreementRow
from nav_access.partners.rules import Terms

NOTICE = timedelta(days=14)
"""A last day farther off than this is known to everybody in time; a nearer one is an end."""


class WouldCutOff(Exception):
    """People whom the agency helps now would lose it; `count` is in how many open cases."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


@dataclass(frozen=True, slots=True)
class Waiting:
    """An end that waits for a second person."""

    change_id: int
    agreement: AgreementRow
    asked_by: str
    cases: int


def open_agreement(
    session: Session, agency_id: int, terms: Terms, *, actor: str, now: datetime
) -> None:
    """Agree on something with an agency that is there; the very same is agreed once.

    Raises AgencyNotFound, NothingCovered, EndsBeforeItBegins or MemberWorksThere.
    """
    if not parting.is_agreed(session, agency_id, terms):
        apart.add_agreement(session, agency_id, terms, actor=actor, now=now)


def change_agreement(
    session: Session,
    part: Part,
    needs: frozenset[str],
    valid_until: date | None,
    *,
    actor: str,
    now: datetime,
) -> None:
    """Change kinds of need and last day; raises WouldCutOff, or as `parting.change_part`."""
    agency_id = parting.get_live(session, part.agreement_id).agency_id
    mine = part.municipalities & part.seen.municipalities
    acted = list_acted_needs(session, agency_id, mine, now)
    nearest = to_oslo(now).date() + NOTICE
    is_end = valid_until is not None and valid_until < min(
        nearest, part.seen.valid_until or nearest
    )
    lost = [one for one in acted if is_end or not needs_asked(one) <= needs]
    if lost:
        raise WouldCutOff(len(lost))
    parting.change_part(session, part, needs, valid_until, actor=actor, now=now)


def end_agreement(session: Session, part: Part, *, actor: str, now: datetime) -> int | None:
    """End a part at once, or ask for it while the agency has open cases there.

    Returns the change that waits, if one does. Raises as `parting.carve_out`.
    """
    agreement_id = parting.carve_out(session, part, actor=actor, now=now)
    row = parting.get_live(session, agreement_id)
    cases = len(list_acted_needs(session, row.agency_id, row.terms.municipalities, now))
    if not cases:
        service.end_agreement(session, agreement_id, actor=actor, now=now)
        return None
    detail: dict[str, str | int | bool] = {"agency": row.agency_id, "cases": cases}
    wanted = Wanted(Danger.END_AGREEMENT, parting.subject_of(agreement_id), detail)
    return confirming.ask(session, wanted, actor=actor, now=now)


def confirm_end(
    session: Session, change_id: int, municipalities: Collection[str], *, actor: str, now: datetime
) -> None:
    """Confirm and carry out an end that is about these municipalities alone.

    Raises SamePerson or NotToConfirm.
    """
    get_waiting(session, change_id, municipalities, now)
    dangers.carry_out(session, change_id, actor=actor, now=now)


def take_back_end(
    session: Session, change_id: int, municipalities: Collection[str], *, actor: str, now: datetime
) -> None:
    """Take back an end that is about these municipalities alone; raises NotToConfirm."""
    get_waiting(session, change_id, municipalities, now)
    confirming.take_back(session, change_id, actor=actor, now=now)


def get_waiting(
    session: Session, change_id: int, municipalities: Collection[str], now: datetime
) -> Waiting:
    """Return an end that waits and is about these municipalities alone; raises NotToConfirm."""
    found = list_waiting(session, municipalities, now)
    waiting = next((one for one in found if one.change_id == change_id), None)
    if waiting is None:
        raise NotToConfirm
    return waiting


def list_waiting(session: Session, municipalities: Collection[str], now: datetime) -> list[Waiting]:
    """Return the ends that wait and are about none but these municipalities, oldest first."""
    changes = confirming.list_open(session, now, {Danger.END_AGREEMENT})
    found = (_waiting(session, change) for change in changes)
    return [one for one in found if one and one.agreement.terms.municipalities <= {*municipalities}]


def count_to_confirm(
    session: Session, office_ids: Collection[int], actor: str, now: datetime
) -> int:
    """Count the ends somebody else asked for that a manager of these offices may confirm."""
    if not office_ids or not confirming.list_open(session, now, {Danger.END_AGREEMENT}):
        return 0
    served = [{number for number, _ in list_served(session, one)} for one in office_ids]
    waiting = [one for numbers in served for one in list_waiting(session, numbers, now)]
    return len({one.change_id for one in waiting if one.asked_by != actor})


def _waiting(session: Session, change: PendingChange) -> Waiting | None:
    try:
        row = parting.get_live(session, int(change.subject.partition(":")[2]))
    except AgreementNotFound:
        return None
    return Waiting(change.id, row, change.asked_by, int(change.detail["cases"]))


def list_acted_needs(
    session: Session, agency_id: int, municipalities: Collection[str], now: datetime
) -> Sequence[frozenset[str]]:
    """Return the needs of each open case in which an agency acts in these municipalities."""
    found = (
        select(Consent.needs)
        .join(Case, Case.id == Consent.case_id)
        .where(Consent.agency_id == agency_id, Consent.municipality.in_(sorted(municipalities)))
        .where(holds(now), is_open_to_agencies(), Case.status != CaseStatus.CLOSED)
    )
    return [frozenset(needs) for needs in session.scalars(found)]
