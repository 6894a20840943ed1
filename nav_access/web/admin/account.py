"""One account: where its person works, ending and opening its access, new credentials."""

from functools import partial

from flask import Response, abort

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.intake.centre import joining
from nav_access.offices.keeping import own
from nav_access.staff import accounts, managing, service
from nav_access.staff.accounts import Account
from nav_access.staff.errors import ChosenSince, LastAdministrator, StaffNotFound, WorksAtOffice
from nav_access.web.admin.acting import Act, actor, answer, restore
from nav_access.web.admin.people import ROLES
from nav_access.web.shared.installation import keyring, now, read_session
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.forms import DoorForm, PlainForm
from nav_access.web.shared.signed_in.pages import show_at_door
from nav_access.web.shared.signed_in.session import who

ONLY_YOU = N_("Nobody else runs the site. Add somebody first: a site without one cannot be helped.")

NOT_YOURS = N_(
    "This person works at an office and reads cases. A manager there makes new credentials. Where "
    "none can, whoever looks after the server does, with a command."
)


CHOSEN_SINCE = N_("Somebody else changed this meanwhile. Look at the list and try again.")
RESET_ASKS: dict[type[Exception], tuple[str | None, str]] = {
    WorksAtOffice: (None, NOT_YOURS),
    ChosenSince: (None, CHOSEN_SINCE),
}


def account(staff_id: int) -> Response:
    """Show an account, end its access, or give it new credentials."""
    _find(staff_id)
    return answer(_acts(staff_id), partial(_show, staff_id))


def restore_account(staff_id: int, typed: Fields) -> Response:
    """Show the page again; there is nothing to type on it."""
    _find(staff_id)
    return restore(_acts(staff_id), partial(_show, staff_id), typed)


def _find(staff_id: int) -> Account:
    try:
        with read_session() as session:
            return accounts.get_account(session, staff_id)
    except StaffNotFound:
        abort(404)


def _show(staff_id: int, form: DoorForm | None, status: int) -> Response:
    found = _find(staff_id)
    with read_session() as session:
        offices = [(own.get_known_office(session, one), role) for one, role in found.offices]
        alone = [
            own.get_known_office(session, one).name
            for one in managing.list_without_manager(session, staff_id)
        ]
    return show_at_door(
        "admin/account.html",
        status=status,
        account=found,
        offices=offices,
        alone=alone,
        not_yours=NOT_YOURS,
        roles=ROLES,
        form=form or PlainForm(formdata=None),
        is_own=staff_id == who().staff_id,
    )


def _acts(staff_id: int) -> dict[str, Act]:
    back = f"/admin/people/{staff_id}"

    def disable(session: Session, _form: DoorForm) -> str:
        accounts.disable_account(session, staff_id, actor=actor(), now=now())
        return back

    def enable(session: Session, _form: DoorForm) -> str:
        service.enable(session, staff_id, actor=actor(), now=now())
        return back

    def reset(session: Session, form: DoorForm) -> Response:
        once = form.to_submission().once
        given = joining.renew(
            session, staff_id, actor=actor(), keyring=keyring(), now=now(), once=once
        )
        name = accounts.get_account(session, staff_id).name
        return show_at_door("admin/credentials.html", given=given, name=name, back=back)

    return {
        "disable": Act(PlainForm, disable, {LastAdministrator: (None, ONLY_YOU)}),
        "enable": Act(PlainForm, enable),
        "reset": Act(PlainForm, reset, RESET_ASKS),
    }
