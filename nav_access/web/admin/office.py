"""One office: who manages it, its first manager, and asking that it be removed."""

from functools import partial

from flask import Response, abort

from nav_access.core.confirming import AlreadyAsked
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.intake import dangers
from nav_access.intake.acting import apart
from nav_access.intake.acting.errors import ActsForAgency
from nav_access.intake.removing import OfficeHasOpenCases
from nav_access.offices.errors import OfficeNotFound
from nav_access.offices.keeping import own
from nav_access.offices.keeping.errors import NotToRemove, StillInRegister
from nav_access.staff import members
from nav_access.staff.codes import StaffRole
from nav_access.staff.errors import (
    AdministratorsHaveNoOffice,
    HasManager,
    StaffDisabled,
)
from nav_access.web.admin.acting import Act, actor, answer, forms_of, restore
from nav_access.web.admin.forms import PersonForm
from nav_access.web.admin.offices import STATUSES
from nav_access.web.shared.installation import keyring, now, read_session
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.forms import DoorForm, PlainForm
from nav_access.web.shared.signed_in.pages import show_at_door

ADMINISTRATOR = N_("This person runs the site and cannot work at an office.")
ACCESS_ENDED = N_("This person's access was ended. Open it first.")


def office(office_id: int) -> Response:
    """Show an office, add a manager to it, or ask that it be removed."""
    _check(office_id)
    return answer(_acts(office_id), partial(_show, office_id))


def restore_office(office_id: int, typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again."""
    _check(office_id)
    return restore(_acts(office_id), partial(_show, office_id), typed)


def _check(office_id: int) -> None:
    try:
        with read_session() as session:
            own.get_known_office(session, office_id)
    except OfficeNotFound:
        abort(404)


def _show(office_id: int, form: DoorForm | None, status: int) -> Response:
    with read_session() as session:
        found = own.get_known_office(session, office_id)
        served = own.list_served(session, office_id)
        everybody = members.list_members(session, office_id)
    managers = [one for one in everybody if one.standing.role is StaffRole.MANAGER]
    return show_at_door(
        "admin/office.html",
        status=status,
        office=found,
        served=served,
        managers=managers,
        is_managed=any(not one.is_disabled for one in managers),
        in_register=REMOVE_ASKS[StillInRegister][1] if found.is_in_register else None,
        statuses=STATUSES,
        form=form or PlainForm(formdata=None),
        forms=forms_of(_acts(office_id), form),
    )


def _acts(office_id: int) -> dict[str, Act]:
    def add(session: Session, form: PersonForm) -> str | Response:
        return _add_manager(session, office_id, form)

    def remove(session: Session, _form: DoorForm) -> str:
        dangers.ask_to_remove_office(session, office_id, actor=actor(), now=now())
        return "/admin/confirm"

    return {
        "manager": Act(PersonForm, add, ADD_ASKS),
        "remove": Act(PlainForm, remove, REMOVE_ASKS),
    }


def _add_manager(session: Session, office_id: int, form: PersonForm) -> str | Response:
    added = apart.add_first_manager(
        session, office_id, form.to_person(), actor=actor(), keyring=keyring(), now=now()
    )
    back = f"/admin/offices/{office_id}"
    if added.credentials is None:
        return back
    return show_at_door(
        "admin/credentials.html", given=added.credentials, name=added.name, back=back
    )


BOTH_SIDES = N_(
    "This person acts for an agency whose cases come to this office. Nobody works on both sides of "
    "a case."
)
ADD_ASKS: dict[type[Exception], tuple[str | None, str]] = {
    AdministratorsHaveNoOffice: ("email", ADMINISTRATOR),
    ActsForAgency: ("email", BOTH_SIDES),
    HasManager: (None, N_("This office has a manager, who adds its other people.")),
    StaffDisabled: ("email", ACCESS_ENDED),
}
REMOVE_ASKS: dict[type[Exception], tuple[str | None, str]] = {
    AlreadyAsked: (None, N_("Somebody has asked for this already. It waits for a second person.")),
    StillInRegister: (
        None,
        N_("The register has this office in use, and would bring it back. It is removed there."),
    ),
    NotToRemove: (None, N_("This office cannot be removed.")),
    OfficeHasOpenCases: (
        None,
        N_("People wait for an answer at this office. Their cases must be handed over first."),
    ),
}
