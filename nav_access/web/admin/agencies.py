"""Partner agencies: every one, and the way to add another."""

from flask import Response

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.partners import queries, service
from nav_access.partners.errors import AgencyNameTaken
from nav_access.web.admin.acting import Act, actor, answer, forms_of, restore
from nav_access.web.admin.forms import AgencyForm
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.forms import DoorForm
from nav_access.web.shared.signed_in.pages import show_at_door

TAKEN = N_("An agency of this name is there already. Open it in the list.")


def agencies() -> Response:
    """Show every agency, or add one."""
    return answer(ACTS, _show)


def restore_agencies(typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again."""
    return restore(ACTS, _show, typed)


def _show(form: DoorForm | None, status: int) -> Response:
    with read_session() as session:
        found = queries.list_agencies(session)
    return show_at_door(
        "admin/agencies.html",
        status=status,
        agencies=found,
        form=form or AgencyForm(formdata=None),
        forms=forms_of(ACTS, form),
    )


def _add(session: Session, form: AgencyForm) -> str:
    agency_id = service.add_agency(session, form.to_agency(), actor=actor(), now=now())
    return f"/admin/agencies/{agency_id}"


ACTS = {"add": Act(AgencyForm, _add, {AgencyNameTaken: ("name", TAKEN)})}
