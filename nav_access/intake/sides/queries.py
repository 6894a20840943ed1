"""Reading needs, offers and plans: what the desk shows of one case, and what waits for a reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session, aliased

from nav_access.core.security.keyring import Keyring
from nav_access.intake.codes import CaseStatus, EventKind
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.models import Case
from nav_access.intake.protected import gate
from nav_access.intake.sides.access import is_open
from nav_access.intake.sides.codes import OfferReason, OfferState
from nav_access.intake.sides.kept import side_at
from nav_access.intake.sides.models import Offer
from nav_access.intake.sides.needs import read_states
from nav_access.intake.sides.plan import Step, read_plan
from nav_access.intake.sides.rules import NeedState, works_for
from nav_access.intake.sides.service import answers
from nav_access.intake.staff_queries import StaffCase, StaffEvent, list_events_at
from nav_access.offices.models import Office
from nav_access.offices.names import fold_office_name
from nav_access.offices.search import match_place
from nav_access.offices.selections import OfficeChoice, where_public
from nav_access.staff.codes import Side
from nav_access.staff.models import StaffMember
from nav_access.staff.rules import Who

MOST_OFFERS = 50
"""Offers shown of one case, and to one reader: whoever has more has other troubles."""

SEVERAL = 10
MOST_NAME = 100
"""Letters of a name that is looked for: databases refuse patterns of any length."""


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One need of a case: who has it, how far it is, and whether this reader may give it away."""

    need: str
    state: NeedState
    is_mine: bool


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One offer, and what this reader may do about it. `words` and `answer` as events tell them."""

    offer_id: int
    number: str
    version: int
    need: str
    from_side: Side | None
    to_side: Side | None
    from_office: str
    to_office: str
    reason: OfferReason
    state: OfferState
    made_by: str
    made_utc: datetime
    due_utc: datetime
    is_late: bool
    settled_by: str | None
    settled_utc: datetime | None
    words: StaffEvent | None = None
    answer: StaffEvent | None = None
    may_answer: bool = False
    may_take_back: bool = False


@dataclass(frozen=True, slots=True)
class CaseSides:
    """The two sides of one case. `mine` is the reader's side of its office, None for others."""

    needs: tuple[NeedLine, ...]
    offers: tuple[OfferLine, ...]
    mine: Side | None
    office_name: str

    @property
    def open(self) -> tuple[OfferLine, ...]:
        """The offers that wait for an answer, the oldest first."""
        return tuple(offer for offer in self.offers if offer.state is OfferState.OPEN)

    @property
    def settled(self) -> tuple[OfferLine, ...]:
        """The offers that do not, the newest first."""
        return tuple(one for one in reversed(self.offers) if one.state is not OfferState.OPEN)


def get_sides(session: Session, who: Who, opened: StaffCase, *, keyring: Keyring) -> CaseSides:
    """Return the sides of a case this reader has just opened."""
    case = session.scalars(select(Case).where(Case.number == opened.number)).one()
    mine = side_at(who, case.office_id)
    states = read_states(session, case.id, case.needs)
    lines = (NeedLine(need, state, works_for(mine, state.side)) for need, state in states.items())
    found = session.execute(
        _offers().where(Offer.case_id == case.id).order_by(Offer.id.desc()).limit(MOST_OFFERS)
    )
    rows = [_Found._make(row) for row in found]
    seqs = {seq for row in rows for seq in (row.offer.made_seq, row.offer.settled_seq) if seq}
    told = list_events_at(session, case, who, seqs, keyring=keyring)
    return CaseSides(
        needs=tuple(lines),
        offers=tuple(_line(row, who, opened, told) for row in reversed(rows)),
        mine=mine,
        office_name=session.scalars(select(Office.name).where(Office.id == case.office_id)).one(),
    )


def list_offers(session: Session, who: Who) -> tuple[OfferLine, ...]:
    """Return what is offered to this reader's side or offices and open, the most urgent first."""
    theirs = or_(*(_is_made_to(who, office_id) for office_id in who.office_ids), false())
    rows = session.execute(
        _offers()
        .where(is_open(), theirs, Case.wrapped_key.is_not(None), _may_know(who))
        .order_by(Case.urgency, Offer.due_utc, Offer.id)
        .limit(MOST_OFFERS)
    )
    return tuple(_line(_Found._make(row), who, None, {}) for row in rows)


def list_unanswered_for(session: Session, who: Who) -> tuple[OfferLine, ...]:
    """Return the offers nobody answered in time at the offices this reader manages.

    Whichever side the manager works on: an office may have none on the side it was made to.
    """
    theirs = Offer.to_office_id.in_(who.managed_office_ids), Offer.told_utc.is_not(None)
    rows = session.execute(
        _offers()
        .where(is_open(), *theirs, Case.wrapped_key.is_not(None), _may_know(who))
        .order_by(Case.urgency, Offer.due_utc, Offer.id)
        .limit(MOST_OFFERS)
    )
    return tuple(_line(_Found._make(row), who, None, {}) for row in rows)


def list_given_away(session: Session, who: Who) -> tuple[OfferLine, ...]:
    """Return the open offers of protected cases to other offices, for those who keep the cases.

    Few at the other office may see them, so those who made them keep an eye on them.
    """
    theirs = Case.office_id.in_(who.protected_office_ids), Case.is_protected.is_(True)
    rows = session.execute(
        _offers()
        .where(is_open(), *theirs, Offer.to_office_id != Case.office_id)
        .where(Case.wrapped_key.is_not(None))
        .order_by(Case.urgency, Offer.due_utc, Offer.id)
        .limit(MOST_OFFERS)
    )
    return tuple(_line(_Found._make(row), who, None, {}) for row in rows)


def find_receivers(session: Session, typed: str, office_id: int) -> tuple[OfficeChoice, ...]:
    """Return the offices a typed place or name may mean, but the one that has the case."""
    if len(typed) > MOST_NAME:
        return ()
    match = match_place(session, typed)
    name = fold_office_name(typed)
    is_named = Office.search_name.contains(name, autoescape=True) if name else false()
    named = select(Office.id, Office.slug, Office.name).where(where_public(), is_named)
    rows = session.execute(named.order_by(Office.name, Office.id).limit(SEVERAL))
    found = {one.id: one for one in (*match.offices, *(OfficeChoice(*row) for row in rows))}
    return tuple(one for one in found.values() if one.id != office_id)[:SEVERAL]


def get_plan(session: Session, opened: StaffCase, *, keyring: Keyring) -> tuple[Step, ...]:
    """Return the plan of a case the reader has just opened."""
    case = session.scalars(select(Case).where(Case.number == opened.number)).one()
    return read_plan(session, case, keyring)


def get_person_plan(session: Session, number: str, *, keyring: Keyring) -> tuple[Step, ...]:
    """Return the plan as the case's holder sees it; raises CaseNotFound as their case does."""
    case = session.scalar(select(Case).where(Case.number == number))
    if case is None or case.wrapped_key is None or case.status is CaseStatus.WITHDRAWN:
        raise CaseNotFound
    return read_plan(session, case, keyring)


class _Found(NamedTuple):
    """A row of the query for offers."""

    offer: Offer
    number: str
    version: int
    office_id: int
    sender: str
    receiver: str
    maker: str
    settler: str | None


def _offers() -> Select[*tuple[Any, ...]]:
    sender, receiver = aliased(Office), aliased(Office)
    maker, settler = aliased(StaffMember), aliased(StaffMember)
    return (
        select(
            Offer,
            Case.number,
            Case.version,
            Case.office_id,
            sender.name,
            receiver.name,
            maker.name,
            settler.name,
        )
        .join(Case, Case.id == Offer.case_id)
        .join(sender, sender.id == Offer.from_office_id)
        .join(receiver, receiver.id == Offer.to_office_id)
        .join(maker, maker.id == Offer.made_by)
        .outerjoin(settler, settler.id == Offer.settled_by)
    )


def _line(
    found: _Found, who: Who, opened: StaffCase | None, told: Mapping[int, StaffEvent]
) -> OfferLine:
    """Return an offer as this reader sees it."""
    offer = found.offer
    is_waiting = offer.state is OfferState.OPEN
    may_act = opened is None or EventKind.HANDOVER_TAKEN_BACK in opened.acts
    mine = side_at(who, found.office_id)
    is_sender = offer.from_side is None or works_for(mine, offer.from_side)
    return OfferLine(
        offer_id=offer.id,
        number=found.number,
        version=found.version,
        need=offer.need,
        from_side=offer.from_side,
        to_side=offer.to_side,
        from_office=found.sender,
        to_office=found.receiver,
        reason=offer.reason,
        state=offer.state,
        made_by=found.maker,
        made_utc=offer.made_utc,
        due_utc=offer.due_utc,
        is_late=is_waiting and offer.told_utc is not None,
        settled_by=found.settler,
        settled_utc=offer.settled_utc,
        words=told.get(offer.made_seq),
        answer=told.get(offer.settled_seq or 0),
        may_answer=is_waiting and answers(who, offer),
        may_take_back=is_waiting and may_act and mine is not None and is_sender,
    )


def _is_made_to(who: Who, office_id: int) -> ColumnElement[bool]:
    """Return the condition that an offer waits for this reader's side at one of their offices."""
    is_here = Offer.to_office_id == office_id
    mine = side_at(who, office_id)
    if mine is Side.BOTH:
        return is_here
    # To both: the one that does not have it answers.
    goes_to_mine = or_(
        Offer.to_side == mine, and_(Offer.to_side == Side.BOTH, Offer.from_side != mine)
    )
    return and_(is_here, or_(Offer.to_side.is_(None), goes_to_mine))


def _may_know(who: Who) -> ColumnElement[bool]:
    """Return the condition that a protected person's offer is this reader's to know of."""
    keeps = Offer.to_office_id.in_(who.protected_office_ids)
    return or_(gate.is_for_everybody(), keeps)
