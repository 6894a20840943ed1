"""Showing the two sides of a case: its forms as they were left, and what others did meanwhile."""

from collections.abc import Mapping

from flask import Response, abort, request

from nav_access.intake import handling
from nav_access.intake.codes import Need
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.sides.queries import CaseSides, OfferLine, find_receivers, get_sides
from nav_access.intake.staff_queries import StaffCase, StaffEvent
from nav_access.offices.selections import OfficeChoice
from nav_access.staff.codes import Side
from nav_access.web.desk import sides_words
from nav_access.web.desk.case_forms import CaseForm
from nav_access.web.desk.pages import show_desk
from nav_access.web.desk.sides_forms import (
    NEED_WORDS,
    STATUS,
    OfferForm,
    OfficeForm,
    ReturnForm,
    StatusForm,
)
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.signed_in.session import who


def show_sides(
    number: str,
    *,
    form: CaseForm | None = None,
    notice: str | None = None,
    status: int = 200,
    is_restored: bool = False,
) -> Response:
    """Return the page; `form` is what was sent, drawn again, `notice` what is in its way."""
    case, found = _read(number)
    forms = _forms(found, form)
    seen = form.version if form else case.version
    return show_desk(
        "sides.html",
        status=status,
        case=case,
        sides=found,
        forms=forms,
        form=form,
        notice=notice,
        since=list_since(case, seen) if is_restored or status == 409 else (),
        is_restored=is_restored,
        giving_back=_giving_back(found, form),
        receivers=_receivers(form, case),
        is_to_office=isinstance(form, OfficeForm),
    )


def find_offices(typed: str, office_id: int = 0) -> tuple[OfficeChoice, ...]:
    """Return the offices a typed place may mean, but the one that has the case."""
    if not typed:
        return ()
    with read_session() as session:
        return find_receivers(session, typed, office_id)


def _read(number: str) -> tuple[StaffCase, CaseSides]:
    """Read the case, which is logged, and its sides, as of one moment."""
    try:
        with unit_of_work() as session:
            case = handling.open_case(session, who(), number, keyring=keyring(), now=now())
            return case, get_sides(session, who(), case, keyring=keyring())
    except CaseNotFound:
        abort(404)


def _forms(found: CaseSides, handed_in: CaseForm | None) -> dict[str, CaseForm]:
    """Return the forms of the page: the one handed in as it was, the others blank."""
    stands = {f"{STATUS}{line.need}": line.state.status for line in found.needs}
    forms: dict[str, CaseForm] = {
        "status": StatusForm(formdata=None, **stands),
        "offer": OfferForm(formdata=None),
        "office": OfficeForm(formdata=None),
        "give_back": ReturnForm(formdata=None),
    }
    forms |= {name: handed_in for name, form in forms.items() if type(form) is type(handed_in)}
    forms["offer"].needs.words = _needs_to_give(found)
    forms["offer"].to_side.words = _sides_to_give(found.mine)
    return forms


def _needs_to_give(found: CaseSides) -> Mapping[Need, str]:
    """Return the needs this reader's side has, and that are not offered already."""
    offered = {offer.need for offer in found.open}
    mine = {line.need for line in found.needs if line.is_mine} - offered
    return {need: word for need, word in NEED_WORDS.items() if need in mine}


def _sides_to_give(mine: Side | None) -> Mapping[Side | None, str]:
    """Return the sides a need can go to; nobody gives to the one side they work on."""
    words = sides_words.TO_SIDES
    return {side: word for side, word in words.items() if side is Side.BOTH or side is not mine}


def _giving_back(found: CaseSides, form: CaseForm | None) -> OfferLine | None:
    """Return the offer whose form for giving back is open: the one asked for."""
    answerable = [offer for offer in found.open if offer.may_answer]
    asked = str(form.offer_id) if isinstance(form, ReturnForm) else request.args.get("offer", "")
    chosen = [offer for offer in answerable if str(offer.offer_id) == asked]
    return chosen[0] if chosen else None


def _receivers(form: CaseForm | None, case: StaffCase) -> tuple[OfficeChoice, ...]:
    return find_offices(form.place.data, case.office_id) if isinstance(form, OfficeForm) else ()


def list_since(case: StaffCase, seen: int) -> tuple[StaffEvent, ...]:
    """Return what happened after the version the reader saw, oldest first."""
    return tuple(event for event in reversed(case.events) if event.seq > max(seen, 1))
