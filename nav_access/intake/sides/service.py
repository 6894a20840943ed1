"""Hand-overs: offered with a reason, the sender's until accepted, or given back with a reason."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from nav_access.appointments.codes import Purpose
from nav_access.appointments.queries import find_open_booking
from nav_access.callbacks.policies import get_policy
from nav_access.core.clock import to_oslo
from nav_access.core.orm import insert_unless_taken
from nav_access.core.security.keyring import Keyring
from nav_access.intake import rules
from nav_access.intake.calling import service as calling
from nav_access.intake.codes import CaseStatus, EventKind, Flag, Need, Urgency
from nav_access.intake.handling import Turn, take_turn
from nav_access.intake.models import Case
from nav_access.intake.sides import needs as states
from nav_access.intake.sides.acting import take_own, write
from nav_access.intake.sides.codes import OfferReason, OfferState, ReturnReason
from nav_access.intake.sides.errors import (
    AlreadyOffered,
    NobodyMaySee,
    NoSuchOffice,
    NotTheirSide,
    OfferGone,
    WhoseIsNotSaid,
)
from nav_access.intake.sides.kept import side_at
from nav_access.intake.sides.models import WHOLE_CASE, Offer
from nav_access.intake.sides.rules import may_answer, may_offer, works_for
from nav_access.intake.sides.unseen import may_be_seen_at
from nav_access.intake.staff_queries import allows
from nav_access.offices.cards import find_public_card, get_card
from nav_access.offices.holding import hold_office
from nav_access.offices.models import Office
from nav_access.offices.selections import where_public
from nav_access.staff.codes import Side
from nav_access.staff.rules import Who

ABOUT_PLACE = frozenset({Flag.PLACE_UNKNOWN, Flag.PLACE_GUESSED, Flag.DISTRICT_UNKNOWN})


def offer_needs(
    session: Session,
    turn: Turn,
    needs: Collection[Need],
    to: Side,
    reason: OfferReason,
    words: str | None,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Offer needs of a case to a side of the same office; each is answered by itself.

    Raises what `Turn` says, NotTheirSide for a need that is not the actor's to give or goes to
    who has it, and AlreadyOffered.
    """
    case, mine = take_own(session, turn, EventKind.HANDOVER_OFFERED, keyring)
    owned = states.read_states(session, case.id, case.needs)
    for need in needs:
        state = owned.get(need)
        if state is None or not may_offer(mine, state.side, to):
            raise NotTheirSide
    for need in sorted(needs):
        sides = {"from_side": owned[need].side, "to_side": to}
        _store(session, case, turn, str(need), case.office_id, reason, now, **sides)
    detail = {"needs": sorted(map(str, needs)), "to_side": str(to), "reason": str(reason)}
    write(session, case, turn, EventKind.HANDOVER_OFFERED, detail, words, keyring=keyring, now=now)


def offer_case(
    session: Session,
    turn: Turn,
    slug: str,
    reason: OfferReason,
    words: str | None,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Offer the whole case to another office. Raises also NoSuchOffice and AlreadyOffered.

    A protected person's besides NobodyMaySee, and WhoseIsNotSaid while that is not known.
    """
    case, _ = take_own(session, turn, EventKind.HANDOVER_OFFERED, keyring)
    if Flag.PROTECTED_PHONE in case.flags:
        raise WhoseIsNotSaid
    office = find_public_card(session, slug)
    if office is None or office.id == case.office_id or not hold_office(session, office.id):
        raise NoSuchOffice
    if not may_be_seen_at(session, case, office.id):
        raise NobodyMaySee
    _store(session, case, turn, WHOLE_CASE, office.id, reason, now)
    detail = {"office_id": office.id, "reason": str(reason)}
    write(session, case, turn, EventKind.HANDOVER_OFFERED, detail, words, keyring=keyring, now=now)


def accept(
    session: Session, turn: Turn, offer_id: int, *, keyring: Keyring, now: datetime
) -> EventKind:
    """Take over what is offered; return the event it led to.

    Raises OfferGone, NotTheirSide, and NoSuchOffice when the office was closed since.
    """
    case, offer = _take_offer(session, turn, EventKind.HANDOVER_ACCEPTED, offer_id, keyring)
    if offer.to_side is None and not _is_there(session, offer.to_office_id, now):
        raise NoSuchOffice
    _settle(session, case, turn, offer, OfferState.ACCEPTED, now)
    if offer.to_side is None:
        _move(session, case, turn, offer, keyring, now)
        return EventKind.OFFICE_ACCEPTED
    states.give(session, case, offer.need, offer.to_side)
    kind = EventKind.HANDOVER_ACCEPTED
    write(session, case, turn, kind, _describe(offer), None, keyring=keyring, now=now)
    return kind


def give_back(
    session: Session,
    turn: Turn,
    offer_id: int,
    reason: ReturnReason,
    words: str | None,
    *,
    keyring: Keyring,
    now: datetime,
) -> None:
    """Give what is offered back to its sender. Raises OfferGone, NotTheirSide."""
    kind = EventKind.HANDOVER_RETURNED
    case, offer = _take_offer(session, turn, kind, offer_id, keyring)
    _settle(session, case, turn, offer, OfferState.RETURNED, now)
    detail = _describe(offer) | {"returned": str(reason)}
    write(session, case, turn, kind, detail, words, keyring=keyring, now=now)


def take_back(
    session: Session, turn: Turn, offer_id: int, *, keyring: Keyring, now: datetime
) -> None:
    """Take an offer back before anybody has answered it. Raises OfferGone, NotTheirSide."""
    kind = EventKind.HANDOVER_TAKEN_BACK
    case, mine = take_own(session, turn, kind, keyring)
    offer = _find(session, case, offer_id)
    if offer.from_side is not None and not works_for(mine, offer.from_side):
        raise NotTheirSide
    _settle(session, case, turn, offer, OfferState.TAKEN_BACK, now)
    write(session, case, turn, kind, _describe(offer), None, keyring=keyring, now=now)


def find_due(session: Session, office_id: int, made: datetime) -> datetime:
    """Return when an offer to an office is told to its manager: its ladder's staffed minutes."""
    minutes = get_policy(session, office_id).manager_after_minutes
    return get_card(session, office_id).hours.after_staffed_minutes(made, max(minutes, 1))


def answers(who: Who, offer: Offer) -> bool:
    """Say whether somebody may accept an offer or give it back."""
    mine = side_at(who, offer.to_office_id)
    if offer.from_side is None or offer.to_side is None:
        return mine is not None
    return may_answer(mine, offer.from_side, offer.to_side)


def _store(
    session: Session,
    case: Case,
    turn: Turn,
    need: str,
    to_office_id: int,
    reason: OfferReason,
    now: datetime,
    *,
    from_side: Side | None = None,
    to_side: Side | None = None,
) -> None:
    values = {
        "case_id": case.id,
        "need": need,
        "from_side": from_side,
        "to_side": to_side,
        "from_office_id": case.office_id,
        "to_office_id": to_office_id,
        "reason": reason,
        "state": OfferState.OPEN,
        "made_seq": case.version + 1,
        "made_by": turn.who.staff_id,
        "made_utc": now,
        "due_utc": find_due(session, to_office_id, now),
    }
    if insert_unless_taken(session, Offer, values) is None:
        raise AlreadyOffered


def _take_offer(
    session: Session, turn: Turn, act: EventKind, offer_id: int, keyring: Keyring
) -> tuple[Case, Offer]:
    """Return the held case and its offer, when it is the actor's to answer."""
    case = take_turn(session, turn, act, keyring, allowed=allows)
    offer = _find(session, case, offer_id)
    if not answers(turn.who, offer):
        raise NotTheirSide
    return case, offer


def _find(session: Session, case: Case, offer_id: int) -> Offer:
    offer = session.get(Offer, offer_id, populate_existing=True)
    if offer is None or offer.case_id != case.id or offer.state is not OfferState.OPEN:
        raise OfferGone
    return offer


def _settle(
    session: Session, case: Case, turn: Turn, offer: Offer, state: OfferState, now: datetime
) -> None:
    """Answer an offer, by one conditional UPDATE: of two who do so at once, one does."""
    settling = (
        update(Offer)
        .where(Offer.id == offer.id, Offer.state == OfferState.OPEN)
        .values(
            state=state,
            settled_seq=case.version + 1,
            settled_by=turn.who.staff_id,
            settled_utc=now,
        )
        .execution_options(synchronize_session=False)
    )
    if cast("CursorResult[Any]", session.execute(settling)).rowcount != 1:
        raise OfferGone


def _describe(offer: Offer) -> dict[str, Any]:
    """Return an offer as the events that answer it tell of it."""
    needs = [offer.need] if offer.need else []
    return {"needs": needs, "to_side": str(offer.to_side) if offer.to_side else None}


def _move(
    session: Session, case: Case, turn: Turn, offer: Offer, keyring: Keyring, now: datetime
) -> None:
    """Give the case to the office that took it over, and settle what the old one had planned."""
    detail: dict[str, Any] = {"office_id": offer.to_office_id, "from_office_id": case.office_id}
    deadline = _find_promise(session, case, offer.to_office_id, now)
    if deadline is not None:
        detail["deadline"] = deadline.isoformat()
    case.flags = tuple(flag for flag in case.flags if flag not in ABOUT_PLACE)
    kind = EventKind.OFFICE_ACCEPTED
    write(session, case, turn, kind, detail, None, keyring=keyring, now=now)
    calling.after_change(session, case, keyring=keyring, now=now)


def _is_there(session: Session, office_id: int, now: datetime) -> bool:
    here = select(Office.id).where(Office.id == office_id, where_public(to_oslo(now).date()))
    return hold_office(session, office_id) and session.scalar(here) is not None


def _find_promise(session: Session, case: Case, office_id: int, now: datetime) -> datetime | None:
    """Return a promise the new office has to make; None while the one that runs goes on unmoved.

    Who was answered before waits again: it is they who must speak with the person now. Whoever
    had a meeting at the old office is to know that it is off before they set out.
    """
    is_waiting = case.status is CaseStatus.WAITING
    meeting = find_open_booking(session, case.id, Purpose.MEETING, now=now)
    starts = [meeting.starts_utc] if meeting and meeting.starts_utc > now else []
    if is_waiting:
        return min(case.deadline_utc, *starts) if starts else None
    hours = get_card(session, office_id).hours
    promise = rules.decide_deadline(
        Urgency(case.urgency), has_children=case.has_children, hours=hours, now=now
    )
    return min(promise, *starts) if starts else promise
