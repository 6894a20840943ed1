"""One agency: its members, and what is agreed with it."""

from functools import partial

from flask import Response, abort

from nav_access.core.clock import to_oslo
from nav_access.core.confirming import AlreadyAsked
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.intake import dangers
from nav_access.intake.acting import apart
from nav_access.intake.acting.errors import MemberWorksThere
from nav_access.intake.acting.queries import count_open_cases
from nav_access.offices.keeping.errors import NoSuchMunicipality
from nav_access.offices.keeping.own import check_municipalities
from nav_access.partners import queries, service
from nav_access.partners.codes import AgencyRole
from nav_access.partners.errors import (
    AgencyChanged,
    AgencyNameTaken,
    AgencyNotFound,
    AgreementNotFound,
    MemberElsewhere,
    MemberNotFound,
    OrganisationTaken,
)
from nav_access.staff.errors import AdministratorsHaveNoOffice, StaffDisabled
from nav_access.staff.queries import find_names
from nav_access.web.admin.acting import Act, actor, answer, forms_of, restore
from nav_access.web.admin.forms import (
    AGENCY_ROLES,
    WRITE_MUNICIPALITIES,
    AgencyPersonForm,
    AgreementForm,
    OrganisationForm,
    ReachedForm,
    SeenForm,
    WhichForm,
)
from nav_access.web.admin.office import ACCESS_ENDED
from nav_access.web.shared.dates import say_date
from nav_access.web.shared.installation import keyring, now, read_session
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.forms import DoorForm
from nav_access.web.shared.signed_in.pages import show_at_door
from nav_access.web.shared.templating import current_locale

ENDED_BEFORE = N_("This was ended already.")
NUMBER_TAKEN = N_("Another agency has this number.")
NAME_TAKEN = N_("Another agency has this name.")
CHANGED = N_("Somebody else changed this meanwhile. Save again if yours is what it should be.")
WORKS_THERE = N_(
    "This person works at an office that the agency's cases come to. Nobody works on both sides of "
    "a case."
)
SOMEBODY_WORKS_THERE = N_(
    "A member works at an office that these cases would come to. Nobody works on both sides of a "
    "case."
)


def agency(agency_id: int) -> Response:
    """Show an agency; add or end members and agreements."""
    _check(agency_id)
    return answer(_acts(agency_id), partial(_show, agency_id))


def restore_agency(agency_id: int, typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again."""
    _check(agency_id)
    return restore(_acts(agency_id), partial(_show, agency_id), typed)


def _check(agency_id: int) -> None:
    try:
        with read_session() as session:
            queries.get_agency(session, agency_id)
    except AgencyNotFound:
        abort(404)


def _show(agency_id: int, form: DoorForm | None, status: int) -> Response:
    instant = now()
    with read_session() as session:
        card = queries.get_agency(session, agency_id)
        rows = queries.list_members(session, agency_id, instant)
        names = find_names(session, [row.staff_id for row in rows])
        agreements = queries.list_agreements(session, agency_id)
        cases = count_open_cases(session, agency_id, instant)
    forms = forms_of(_acts(agency_id), form)
    if not isinstance(form, OrganisationForm):
        forms["organisation"] = _numbered(card)
    if not isinstance(form, ReachedForm):
        forms["reached"] = _as_it_is(card)
    is_changed = form is not None and CHANGED in form["token"].errors
    if isinstance(form, SeenForm) and is_changed:
        # What somebody else wrote is shown from here on: saved again, it has been seen.
        form.seen.data = str(card.edition)
    return show_at_door(
        "admin/agency.html",
        status=status,
        agency=card,
        members=[(row.staff_id, names[row.staff_id], AGENCY_ROLES[row.role]) for row in rows],
        agreements=[_say(one) for one in agreements],
        cases=cases,
        is_changed=is_changed,
        form=form or WhichForm(formdata=None),
        forms=forms,
    )


def _as_it_is(card: queries.AgencyCard) -> ReachedForm:
    """Return the form with what is known of the agency now."""
    known = {"name": card.name, "phone": card.phone or "", "email": card.email or ""}
    data = {f"agency_{name}": value for name, value in known.items()}
    return ReachedForm(formdata=None, data=data | {"seen": str(card.edition)})


def _numbered(card: queries.AgencyCard) -> OrganisationForm:
    data = {"organisation": card.organisation or "", "seen": str(card.edition)}
    return OrganisationForm(formdata=None, data=data)


def _say(one: queries.AgreementRow) -> dict[str, object]:
    instant, locale, terms = now(), current_locale(), one.terms
    today = to_oslo(instant).date()
    return {
        "id": one.id,
        "needs": tuple(sorted(terms.needs)),
        "places": " ".join(sorted(terms.municipalities)),
        "first": say_date(terms.valid_from, locale, today),
        "last": say_date(terms.valid_until, locale, today) if terms.valid_until else None,
        "is_valid": terms.is_valid(instant),
        "is_ended": terms.ended_utc is not None,
    }


def _acts(agency_id: int) -> dict[str, Act]:
    back = f"/admin/agencies/{agency_id}"

    def add_member(session: Session, form: AgencyPersonForm) -> str | Response:
        return _add_member(session, agency_id, form)

    def end_member(session: Session, form: WhichForm) -> str:
        service.end_member(session, agency_id, form.which.whole, actor=actor(), now=now())
        return back

    def correct(session: Session, form: ReachedForm) -> str:
        name, phone = form.agency_name.data, form.agency_phone.number
        email = form.agency_email.data or None
        service.correct_agency(
            session, agency_id, form.seen.whole, name, phone, email, actor=actor(), now=now()
        )
        return back

    def organise(session: Session, form: OrganisationForm) -> str:
        service.set_organisation(
            session, agency_id, form.number, actor=actor(), now=now(), seen=form.seen.whole
        )
        return back

    def agree(session: Session, form: AgreementForm) -> str:
        check_municipalities(session, form.municipalities.numbers)
        apart.add_agreement(session, agency_id, form.to_terms(), actor=actor(), now=now())
        return back

    def end(session: Session, form: WhichForm) -> str:
        waiting = dangers.end_agreement(
            session, agency_id, form.which.whole, actor=actor(), now=now()
        )
        return back if waiting is None else "/admin/confirm"

    return {
        "member": Act(AgencyPersonForm, add_member, MEMBER_ASKS),
        "member_end": Act(WhichForm, end_member, {MemberNotFound: (None, ENDED_BEFORE)}),
        "agree": Act(AgreementForm, agree, AGREE_ASKS),
        "end": Act(WhichForm, end, END_ASKS),
        "reached": Act(
            ReachedForm,
            correct,
            {AgencyNameTaken: ("agency_name", NAME_TAKEN), AgencyChanged: (None, CHANGED)},
        ),
        "organisation": Act(
            OrganisationForm,
            organise,
            {OrganisationTaken: ("organisation", NUMBER_TAKEN), AgencyChanged: (None, CHANGED)},
        ),
    }


def _add_member(session: Session, agency_id: int, form: AgencyPersonForm) -> str | Response:
    role = form.role.data or AgencyRole.MEMBER
    new, me = form.to_person(), actor()
    added = apart.add_agency_member(
        session, agency_id, new, role, actor=me, keyring=keyring(), now=now()
    )
    back = f"/admin/agencies/{agency_id}"
    if added.credentials is None:
        return back
    return show_at_door(
        "admin/credentials.html", given=added.credentials, name=added.name, back=back
    )


MEMBER_ASKS: dict[type[Exception], tuple[str | None, str]] = {
    AdministratorsHaveNoOffice: (
        "email",
        N_("This person runs the site and cannot act for others."),
    ),
    MemberWorksThere: ("email", WORKS_THERE),
    MemberElsewhere: ("email", N_("This person works for another agency.")),
    StaffDisabled: ("email", ACCESS_ENDED),
}
AGREE_ASKS: dict[type[Exception], tuple[str | None, str]] = {
    NoSuchMunicipality: ("municipalities", WRITE_MUNICIPALITIES),
    MemberWorksThere: ("municipalities", SOMEBODY_WORKS_THERE),
}
END_ASKS: dict[type[Exception], tuple[str | None, str]] = {
    AgreementNotFound: (None, ENDED_BEFORE),
    AlreadyAsked: (None, N_("Somebody has asked for this already. It waits for a second person.")),
}
