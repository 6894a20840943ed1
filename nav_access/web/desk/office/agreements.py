"""Agreements with agencies about the office's municipalities, as its manager keeps them."""

from datetime import date
from typing import Any

from flask import Response, request

from nav_access.core.clock import to_oslo
from nav_access.core.confirming import AlreadyAsked, NotToConfirm, SamePerson
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.intake.acting.agreeing import Waiting, WouldCutOff, list_waiting
from nav_access.intake.acting.errors import MemberWorksThere
from nav_access.intake.codes import Need
from nav_access.offices.keeping.errors import NotOfThisOffice
from nav_access.offices.keeping.own import list_served
from nav_access.offices.models import Office
from nav_access.partners.errors import (
    AgencyNotFound,
    AgreementChanged,
    AgreementNotFound,
    EndsBeforeItBegins,
)
from nav_access.partners.parting import list_live
from nav_access.partners.queries import AgreementRow, list_agencies
from nav_access.staff.queries import find_names
from nav_access.web.desk.direct_forms import NEEDS
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.office.agreement_acts import ACTS, name_version
from nav_access.web.desk.office.agreement_forms import OpenForm, TermsForm
from nav_access.web.desk.office.changing import answer, restore
from nav_access.web.desk.office.choosing import actor
from nav_access.web.desk.office.measures import ENDS_AFTER
from nav_access.web.desk.office.subjects import NOTHING, OfficeForm, Subject
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.installation import now
from nav_access.web.shared.templating import current_locale

WOULD_CUT_OFF = N_(
    "People whom the agency helps now would lose it. End the agreement instead: that takes a "
    "second person."
)
WAITS_ALREADY = N_("Somebody has asked for its end already. It waits for a second person.")
DECIDED = N_("This was decided already, or waited too long.")
ANOTHER_CONFIRMS = N_("You asked for this yourself. Somebody else confirms it.")
SOMEBODY_WORKS_THERE = N_(
    "A member works at an office that these cases would come to. Nobody works on both sides of a "
    "case."
)


def agreements() -> Response:
    """Show which agencies may send requests here, or change it."""
    return answer(SUBJECT)


def restore_agreements(typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again."""
    return restore(SUBJECT, typed)


def _describe(session: Session, office: Office, form: OfficeForm | None) -> dict[str, Any]:
    served = dict(list_served(session, office.id))
    rows = list_live(session, served)
    agencies = {agency.id: agency for agency in list_agencies(session)}
    waiting = list_waiting(session, served, now())
    chosen = _asked_for(rows, form)
    return {
        "agencies": list(agencies.values()),
        "agreements": [_say(row, agencies[row.agency_id], served) for row in rows],
        "waiting": _say_waiting(session, waiting, agencies, served),
        "served": served,
        "chosen_row": _say(chosen, agencies[chosen.agency_id], served) if chosen else None,
        "one": _form_of(form, chosen, served),
    }


def _say(row: AgreementRow, agency: Any, served: dict[str, str]) -> dict[str, Any]:
    instant, locale, terms = now(), current_locale(), row.terms
    today = to_oslo(instant).date()
    return {
        "id": row.id,
        "agency": agency.name,
        "phone": agency.phone,
        "needs": tuple(sorted(terms.needs)),
        "numbers": [number for number in served if number in terms.municipalities],
        "places": [name for number, name in served.items() if number in terms.municipalities],
        "others": len(terms.municipalities - set(served)),
        "first": say_date(terms.valid_from, locale, today),
        "last": _say_maybe(terms.valid_until, today),
        "is_valid": terms.is_valid(instant),
        "is_over": terms.valid_until is not None and terms.valid_until < today,
    }


def _say_maybe(day: date | None, today: date) -> str | None:
    return say_date(day, current_locale(), today) if day else None


def _say_waiting(
    session: Session, waiting: list[Waiting], agencies: dict[int, Any], served: dict[str, str]
) -> list[dict[str, Any]]:
    ids = {one.change_id: int(one.asked_by.partition(":")[2] or 0) for one in waiting}
    names = find_names(session, list(ids.values()))
    return [
        {
            "change": one.change_id,
            "agreement": one.agreement.id,
            "agency": agencies[one.agreement.agency_id].name,
            "places": [served[number] for number in sorted(one.agreement.terms.municipalities)],
            "cases": one.cases,
            "by": names.get(ids[one.change_id], ""),
            "is_mine": one.asked_by == actor(),
        }
        for one in waiting
    ]


def _asked_for(rows: list[AgreementRow], form: OfficeForm | None) -> AgreementRow | None:
    """Return the agreement a link or a form names; None for a new one."""
    asked = request.args.get("agreement", "")
    if isinstance(form, TermsForm):
        asked = form.agreement.data
    return next((row for row in rows if str(row.id) == asked), None)


def _form_of(
    form: OfficeForm | None, chosen: AgreementRow | None, served: dict[str, str]
) -> OfficeForm:
    """Return the form as it was typed, an agreement as it is, or a new one for all places."""
    if isinstance(form, OpenForm) or (isinstance(form, TermsForm) and chosen):
        return form
    if chosen is None:
        return OpenForm(formdata=None, data={"places": served})
    until = chosen.terms.valid_until
    values = {
        "agreement": str(chosen.id),
        "places": chosen.terms.municipalities & set(served),
        "needs": frozenset(Need(code) for code in chosen.terms.needs if code in set(NEEDS)),
        "last_day": f"{until:%d.%m.%Y}" if until else "",
    }
    return TermsForm(formdata=None, data=values)


def _version(session: Session, office: Office) -> str:
    return name_version(session, office.id)


SUBJECT = Subject(
    name="agreements",
    acts=ACTS,
    describe=_describe,
    asks={
        AgencyNotFound: ("agency", N_("Choose the agency.")),
        EndsBeforeItBegins: ("last_day", ENDS_AFTER),
        MemberWorksThere: ("agency", SOMEBODY_WORKS_THERE),
        WouldCutOff: ("token", WOULD_CUT_OFF),
        AlreadyAsked: ("token", WAITS_ALREADY),
        NotToConfirm: ("token", DECIDED),
        SamePerson: ("token", ANOTHER_CONFIRMS),
    },
    version=_version,
    look=NOTHING,
    changed=(AgreementChanged,),
    gone=(NotOfThisOffice, AgreementNotFound),
)
