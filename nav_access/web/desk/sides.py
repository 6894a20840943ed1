"""The two sides of a case: who has what, how far it is, hand-overs offered and answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import Response, abort, request

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.core.references import is_case_number
from nav_access.intake.errors import AlreadyDone, CaseChanged, CaseNotFound, NotNow
from nav_access.intake.handling import Turn
from nav_access.intake.sides import needs as states
from nav_access.intake.sides import service
from nav_access.intake.sides.errors import (
    AlreadyOffered,
    NobodyMaySee,
    NoSuchOffice,
    NothingChanged,
    NotTheirSide,
    OfferGone,
    WhoseIsNotSaid,
)
from nav_access.web.desk.case_forms import CaseForm
from nav_access.web.desk.pages import see_other
from nav_access.web.desk.sides_forms import (
    AnswerForm,
    OfferForm,
    OfficeForm,
    ReturnForm,
    StatusForm,
)
from nav_access.web.desk.sides_page import find_offices, show_sides
from nav_access.web.shared.installation import keyring, now, unit_of_work
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.session import who

CHANGED = N_("Somebody acted on this case while you had it open. Look again, and press once more.")

FACTS: dict[type[Exception], str] = {
    CaseChanged: CHANGED,
    NotNow: N_("As the case stands now, this cannot be done. Nothing was stored."),
    OfferGone: N_("This offer has been answered already, or has ended."),
    AlreadyOffered: N_("This is offered already. Wait for the answer, or take the offer back."),
    NothingChanged: N_("It stood so already. Nothing was changed."),
    NotTheirSide: N_("Your side does not have this, or it is there already. Nothing was stored."),
    NoSuchOffice: N_("The case cannot go to this office. Choose another one."),
    NobodyMaySee: N_(
        "Nobody at this office has the role for protected persons, so nobody there could see it."
    ),
    WhoseIsNotSaid: N_(
        "Whoever sent this request can read which office has it. Say first whose request it is."
    ),
}
"""What is in the way, in words; nothing was stored."""

Code = TypeVar("Code")


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its form, how to do it, and where to go afterwards."""

    form: type[CaseForm]
    run: Callable[[Session, Turn, CaseForm], object]
    leads_to: str = "/desk/cases/{number}/sides"


def sides(number: str) -> Response:
    """Show the two sides of the case, or do what one of the forms asks."""
    if not is_case_number(number):
        abort(404)
    if request.method != "POST":
        return show_sides(number)
    act = ACTS.get(request.form.get("do", ""))
    if act is None:
        abort(400)
    form = act.form()
    if not form.validate() or _has_to_choose(form):
        return show_sides(number, form=form, status=422)
    return _act(number, act, form)


def restore_sides(number: str, typed: Fields) -> Response:
    """Show the page with what somebody typed before they had to sign in again; do nothing."""
    act = ACTS.get(typed.get("do", ""))
    return show_sides(number, form=act.form(formdata=typed) if act else None, is_restored=True)


def _act(number: str, act: Act, form: CaseForm) -> Response:
    turn = Turn(who(), number, form.version, form.to_submission())
    try:
        with unit_of_work() as session:
            act.run(session, turn, form)
    except AlreadyDone:
        pass
    except CaseNotFound:
        abort(404)
    except tuple(FACTS) as fact:
        return show_sides(number, form=form, notice=FACTS[type(fact)], status=409)
    return see_other(act.leads_to.format(number=number))


def _has_to_choose(form: CaseForm) -> bool:
    """Look for the offices a typed place may mean; say whether one has to be chosen first."""
    if not isinstance(form, OfficeForm) or form.office.data:
        return False
    found = find_offices(form.place.data)
    form.ask(
        form.office if found else form.place,
        N_("Choose the office.") if found else N_("We found no other office there. Try its name."),
    )
    return True


def _set_statuses(session: Session, turn: Turn, form: CaseForm) -> None:
    chosen = _of(StatusForm, form).statuses
    states.set_statuses(session, turn, chosen, keyring=keyring(), now=now())


def _offer(session: Session, turn: Turn, form: CaseForm) -> None:
    asked = _of(OfferForm, form)
    to, reason = _chosen(asked.to_side.data), _chosen(asked.offer_reason.data)
    service.offer_needs(
        session, turn, asked.needs.data, to, reason, form.text, keyring=keyring(), now=now()
    )


def _offer_case(session: Session, turn: Turn, form: CaseForm) -> None:
    asked = _of(OfficeForm, form)
    slug, reason = asked.office.data, _chosen(asked.office_reason.data)
    service.offer_case(session, turn, slug, reason, form.text, keyring=keyring(), now=now())


def _accept(session: Session, turn: Turn, form: CaseForm) -> None:
    offer = _of(AnswerForm, form).offer_id
    service.accept(session, turn, offer, keyring=keyring(), now=now())


def _give_back(session: Session, turn: Turn, form: CaseForm) -> None:
    asked = _of(ReturnForm, form)
    reason = _chosen(asked.return_reason.data)
    service.give_back(
        session, turn, asked.offer_id, reason, form.text, keyring=keyring(), now=now()
    )


def _take_back(session: Session, turn: Turn, form: CaseForm) -> None:
    offer = _of(AnswerForm, form).offer_id
    service.take_back(session, turn, offer, keyring=keyring(), now=now())


Form = TypeVar("Form", bound=CaseForm)


def _of(kind: type[Form], form: CaseForm) -> Form:
    if not isinstance(form, kind):
        raise TypeError(type(form))
    return form


def _chosen(value: Code | None) -> Code:
    if value is None:
        raise LookupError("the form is not valid")
    return value


ACTS = {
    "status": Act(StatusForm, _set_statuses),
    "offer": Act(OfferForm, _offer),
    "offer-office": Act(OfficeForm, _offer_case),
    "accept": Act(AnswerForm, _accept),
    "give-back": Act(ReturnForm, _give_back, "/desk/offers"),
    "take-back": Act(AnswerForm, _take_back),
}
