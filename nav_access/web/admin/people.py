"""Accounts: found by name or e-mail, and made for those who work for the whole site."""

from flask import Response

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.intake.centre import joining
from nav_access.staff import accounts
from nav_access.staff.codes import StaffRole
from nav_access.staff.errors import EmailTaken
from nav_access.web.admin.acting import Act, actor, answer, forms_of, read_asked, restore
from nav_access.web.admin.forms import SitePersonForm
from nav_access.web.shared.installation import keyring, now, read_session
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.forms import DoorForm
from nav_access.web.shared.signed_in.pages import show_at_door

ROLES: dict[StaffRole, str] = {
    StaffRole.CASEWORKER: N_("Caseworker"),
    StaffRole.MANAGER: N_("Manager"),
    StaffRole.OPERATOR: N_("Operator at the contact centre"),
    StaffRole.SUPERVISOR: N_("Reads indicators, and never cases"),
    StaffRole.ADMINISTRATOR: N_("Runs the site, and never reads cases"),
}
TAKEN = N_("Somebody has an account with this e-mail address already.")


def people() -> Response:
    """Show accounts, or make one for somebody who works for the whole site."""
    return answer(ACTS, _show)


def restore_people(typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again."""
    return restore(ACTS, _show, typed)


def _show(form: DoorForm | None, status: int) -> Response:
    asked = read_asked()
    with read_session() as session:
        found = accounts.list_accounts(session, asked)
    return show_at_door(
        "admin/people.html",
        status=status,
        asked=asked,
        accounts=found,
        most=accounts.MOST,
        roles=ROLES,
        form=form or SitePersonForm(formdata=None),
        forms=forms_of(ACTS, form),
    )


def _add(session: Session, form: SitePersonForm) -> Response:
    new = form.to_person()
    given = joining.add_for_site(session, new, actor=actor(), keyring=keyring(), now=now())
    return show_at_door("admin/credentials.html", given=given, name=new.name, back="/admin/people")


ACTS = {"add": Act(SitePersonForm, _add, {EmailTaken: ("email", TAKEN)})}
