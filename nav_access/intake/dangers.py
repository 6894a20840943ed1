"""The dangerous few: asked for by one person, confirmed by another, and then carried out."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from nav_access.core import confirming
from nav_access.core.confirming import Danger, Wanted
from nav_access.intake import removing
from nav_access.intake.acting.queries import count_open_cases
from nav_access.partners import service as partners
from nav_access.partners.errors import AgreementNotFound
from nav_access.partners.queries import list_agreements


def ask_to_remove_office(session: Session, office_id: int, *, actor: str, now: datetime) -> int:
    """Ask that an office be removed; raises as `removing.check_removable`, or AlreadyAsked."""
    removing.check_removable(session, office_id)
    wanted = Wanted(Danger.REMOVE_OFFICE, f"office:{office_id}")
    return confirming.ask(session, wanted, actor=actor, now=now)


def end_agreement(
    session: Session, agency_id: int, agreement_id: int, *, actor: str, now: datetime
) -> int | None:
    """End an agreement at once, or ask for it while the agency has open cases; return what waits.

    Raises AgreementNotFound for another agency's and one that was ended, or AlreadyAsked.
    """
    live = (one.id for one in list_agreements(session, agency_id) if one.terms.ended_utc is None)
    if agreement_id not in live:
        raise AgreementNotFound
    cases = count_open_cases(session, agency_id, now)
    if not cases:
        partners.end_agreement(session, agreement_id, actor=actor, now=now)
        return None
    detail: dict[str, str | int | bool] = {"agency": agency_id, "cases": cases}
    wanted = Wanted(Danger.END_AGREEMENT, f"agreement:{agreement_id}", detail)
    return confirming.ask(session, wanted, actor=actor, now=now)


def ask_to_retire_key(session: Session, key_id: str, *, actor: str, now: datetime) -> int:
    """Ask that a root key be retired; confirmed, the command does it. Raises AlreadyAsked."""
    wanted = Wanted(Danger.RETIRE_KEY, f"key:{key_id}")
    return confirming.ask(session, wanted, actor=actor, now=now)


def carry_out(session: Session, change_id: int, *, actor: str, now: datetime) -> Danger:
    """Confirm what somebody else asked for and do it; a key waits for its command.

    Raises SamePerson, NotToConfirm, or what stops the change itself: then it still waits.
    """
    wanted = confirming.confirm(session, change_id, actor=actor, now=now)
    verb = _VERBS.get(wanted.kind)
    if verb is not None:
        verb(session, int(wanted.subject.partition(":")[2]), actor=actor, now=now)
        confirming.finish(session, change_id, actor=actor, now=now)
    return wanted.kind


_VERBS: Mapping[Danger, Callable[..., None]] = {
    Danger.REMOVE_OFFICE: removing.remove_office,
    Danger.END_AGREEMENT: partners.end_agreement,
}
