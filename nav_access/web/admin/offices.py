"""Offices: found by name or number, and made here where no register has them."""

from flask import Response

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.offices.codes import OfficeStatus
from nav_access.offices.keeping import own
from nav_access.offices.keeping.errors import NoSuchMunicipality, NumberInUse
from nav_access.web.admin.acting import Act, actor, answer, forms_of, read_asked, restore
from nav_access.web.admin.forms import WRITE_MUNICIPALITIES, WRITE_NUMBER, OfficeForm
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.forms import DoorForm
from nav_access.web.shared.signed_in.pages import show_at_door

STATUSES: dict[OfficeStatus, str] = {
    OfficeStatus.ACTIVE: N_("In use"),
    OfficeStatus.CLOSING: N_("Closes soon"),
    OfficeStatus.CLOSED: N_("Closed for good"),
}


def offices() -> Response:
    """Show offices, or make one."""
    return answer(ACTS, _show)


def restore_offices(typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again."""
    return restore(ACTS, _show, typed)


def _show(form: DoorForm | None, status: int) -> Response:
    asked = read_asked()
    with read_session() as session:
        found = own.list_known_offices(session, asked)
    return show_at_door(
        "admin/offices.html",
        status=status,
        asked=asked,
        offices=found,
        form=form or OfficeForm(formdata=None),
        forms=forms_of(ACTS, form),
        statuses=STATUSES,
    )


def _create(session: Session, form: OfficeForm) -> str:
    office_id = own.create_office(session, form.to_office(), actor=actor(), now=now())
    return f"/admin/offices/{office_id}"


ACTS = {
    "create": Act(
        OfficeForm,
        _create,
        {
            NumberInUse: ("number", WRITE_NUMBER),
            NoSuchMunicipality: ("municipalities", WRITE_MUNICIPALITIES),
        },
    )
}
