"""What waits for a second person: confirmed, or taken back."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from nav_access.core import confirming
from nav_access.core.confirming import (
    ChangeState,
    Danger,
    NotToConfirm,
    PendingChange,
    SamePerson,
)
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.intake import dangers
from nav_access.intake.removing import OfficeHasOpenCases
from nav_access.offices.errors import OfficeNotFound
from nav_access.offices.keeping import own
from nav_access.offices.keeping.errors import NotToRemove, StillInRegister
from nav_access.partners.errors import AgreementNotFound
from nav_access.partners.queries import get_agency
from nav_access.staff.queries import find_names
from nav_access.web.admin.acting import Act, actor, answer, restore
from nav_access.web.admin.forms import WhichForm
from nav_access.web.admin.office import REMOVE_ASKS
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.forms import DoorForm
from nav_access.web.shared.signed_in.pages import show_at_door
from nav_access.web.shared.templating import current_locale, translate

KINDS: Mapping[Danger, str] = {
    Danger.REMOVE_OFFICE: N_("%(what)s is removed: people are shown it no more."),
    Danger.END_AGREEMENT: N_("The agreement with %(what)s ends, though it has open cases."),
    Danger.RETIRE_KEY: N_("Root key %(what)s is removed for good."),
}


def confirm() -> Response:
    """Show what waits; confirm it, or take it back."""
    return answer(ACTS, show)


def restore_confirm(typed: Fields) -> Response:
    """Show the page again; there is nothing to type on it."""
    return restore(ACTS, show, typed)


def show(
    form: DoorForm | None, status: int, template: str = "admin/confirm.html", **context: Any
) -> Response:
    """Show the changes that wait, on this page or the first."""
    with read_session() as session:
        changes = confirming.list_open(session, now())
        people = [change.asked_by for change in changes]
        names = find_names(session, [_staff_id(one) for one in people])
        rows = [_say(session, change, names) for change in changes]
    return show_at_door(
        template, status=status, changes=rows, form=form or WhichForm(formdata=None), **context
    )


def _say(session: Session, change: PendingChange, names: Mapping[int, str]) -> dict[str, object]:
    what = _name(session, change)
    return {
        "id": change.id,
        "words": translate(current_locale(), KINDS[change.kind], what=what),
        "by": names.get(_staff_id(change.asked_by), ""),
        "asked": change.asked_utc,
        "expires": change.expires_utc,
        "is_mine": change.asked_by == actor(),
        "is_confirmed": change.state is ChangeState.CONFIRMED,
        "key": change.subject.partition(":")[2] if change.kind is Danger.RETIRE_KEY else None,
    }


def _name(session: Session, change: PendingChange) -> str:
    """Return what a change is about, by the name people know it by."""
    which = change.subject.partition(":")[2]
    if change.kind is Danger.REMOVE_OFFICE:
        return own.get_known_office(session, int(which)).name
    if change.kind is Danger.END_AGREEMENT:
        return get_agency(session, int(change.detail["agency"])).name
    return which


def _staff_id(person: str) -> int:
    kind, _, number = person.partition(":")
    return int(number) if kind == "staff" and number.isdigit() else 0


def _confirm(session: Session, form: WhichForm) -> str:
    dangers.carry_out(session, form.which.whole, actor=actor(), now=now())
    return "/admin/confirm"


def _take_back(session: Session, form: WhichForm) -> str:
    confirming.take_back(session, form.which.whole, actor=actor(), now=now())
    return "/admin/confirm"


GONE: dict[type[Exception], tuple[str | None, str]] = {
    NotToConfirm: (None, N_("This was decided already, or waited too long.")),
}
ASKS: dict[type[Exception], tuple[str | None, str]] = {
    **GONE,
    SamePerson: (None, N_("You asked for this yourself. Somebody else confirms it.")),
    AgreementNotFound: (None, N_("This was ended already.")),
    OfficeNotFound: REMOVE_ASKS[NotToRemove],
    **{fact: REMOVE_ASKS[fact] for fact in (NotToRemove, StillInRegister, OfficeHasOpenCases)},
}
ACTS = {
    "confirm": Act(WhichForm, _confirm, ASKS),
    "take_back": Act(WhichForm, _take_back, GONE),
}
