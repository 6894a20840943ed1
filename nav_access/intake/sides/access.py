"""Which cases somebody may open because they were offered to an office of theirs."""

from sqlalchemy import ColumnElement, and_, exists, literal_column, or_
from sqlalchemy.orm import aliased

from nav_access.intake.models import Case
from nav_access.intake.sides.codes import OfferState
from nav_access.intake.sides.models import Offer
from nav_access.staff.rules import Who


def is_open() -> ColumnElement[bool]:
    """Return the condition that an offer is open, written out: a bound one hides the indexes."""
    return Offer.state == literal_column(f"'{OfferState.OPEN.value}'")


def is_offered_to(who: Who) -> ColumnElement[bool]:
    """Return the condition a case meets while it is offered to an office of this reader's.

    They read it to decide. Once they have given it back, it is not theirs to read. A protected
    person's is decided on by those who see protected persons at the office it is offered to.
    """
    offer = aliased(Offer)
    is_everybodys = and_(Case.is_protected.is_(False), offer.to_office_id.in_(who.office_ids))
    is_keepers = offer.to_office_id.in_(who.protected_office_ids & who.office_ids)
    return exists().where(
        offer.case_id == Case.id,
        offer.state == OfferState.OPEN,
        or_(is_everybodys, is_keepers),
    )
