"""Who works at the office: a manager adds them, changes what they do, ends their work here.

Who lost what they sign in with, or never got it, gets new credentials here too.
"""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, request

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.intake.acting import apart
from nav_access.intake.acting.errors import ActsForAgency
from nav_access.staff import members as staff
from nav_access.staff.errors import (
    AdministratorsHaveNoOffice,
    AlreadyMember,
    ChosenSince,
    EmailTaken,
    LastManager,
    MemberChanged,
    NotForOneself,
    StaffDisabled,
    WorksElsewhere,
)
from nav_access.staff.members import OfficeMember
from nav_access.staff.queries import get_member
from nav_access.staff.service import Credentials, NewStaff
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.office.choosing import actor, choose
from nav_access.web.desk.office.member_forms import (
    ROLES,
    SIDES,
    AddForm,
    EndForm,
    MemberForm,
    RenewForm,
    StandingForm,
    key_of,
)
from nav_access.web.desk.offices import Chosen
from nav_access.web.desk.pages import see_other, show_desk
from nav_access.web.desk.session import who
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work

FORMS: Mapping[str, type[MemberForm]] = {
    "add": AddForm,
    "change": StandingForm,
    "end": EndForm,
    "renew": RenewForm,
}
SURE: Mapping[type[MemberForm], str] = {
    EndForm: "office/member_end.html",
    RenewForm: "office/member_renew.html",
}
"""What is done only after one more question, by its form; and the page that asks."""

NOT_YOURSELF = N_("You cannot make new credentials for yourself. Ask another manager.")
CHANGED = N_("Somebody else changed this meanwhile. Look at the list and try again.")
ASKS: dict[type[Exception], str] = {
    ActsForAgency: N_(
        "This person acts for an agency whose cases come to this office. Nobody works on both "
        "sides of a case."
    ),
    NotForOneself: N_(
        "You cannot give yourself this role while somebody else here manages the office or has it."
    ),
    WorksElsewhere: N_(
        "This person works somewhere else, too. Whoever looks after the server gives them new "
        "credentials, with a command."
    ),
    AdministratorsHaveNoOffice: N_("This person runs the site and cannot work at an office."),
    AlreadyMember: N_("This person works here already. Change what they do in the list."),
    EmailTaken: N_("This person works here already. Change what they do in the list."),
    StaffDisabled: N_("This person's access was ended. Ask those who run the site to open it."),
    LastManager: N_(
        "Nobody else manages this office. Make somebody else a manager first: an office "
        "without one cannot change anything."
    ),
    ChosenSince: CHANGED,
    MemberChanged: CHANGED,
}


def members() -> Response:
    """Show who works here, or add somebody, change what they do, or end their work here."""
    if request.method != "POST":
        return _show()
    kind = FORMS.get(request.form.get("do", ""))
    if kind is None:
        abort(400)
    form = kind()
    if not form.validate():
        return _show(form, 422)
    if type(form) in SURE and request.form.get("step") != "save":
        return _ask_whether(form)
    try:
        return _do(form)
    except tuple(ASKS) as fact:
        is_renewal = isinstance(fact, NotForOneself) and isinstance(form, RenewForm)
        form.ask(form.asked, NOT_YOURSELF if is_renewal else ASKS[type(fact)])
        return _show(form, 422)


def restore_members(typed: Fields) -> Response:
    """Show the page with what was typed before somebody had to sign in again; do nothing."""
    kind = FORMS.get(typed.get("do", ""))
    return _show(kind(formdata=typed) if kind else None, asked=typed.get("office", ""))


def _do(form: MemberForm) -> Response:
    with unit_of_work() as session:
        chosen = choose(session)
        given = _run(session, chosen.office.id, form)
        name = get_member(session, given.staff_id).name if given else ""
    if given is not None:
        # Shown in the answer itself, once: lost, it is not found again but made anew.
        return show_desk("office/credentials.html", chosen=chosen, given=given, name=name)
    asked = urlencode({"office": chosen.office.slug, "saved": "yes"})
    is_still_theirs = chosen.office.id in who().managed_office_ids and not _left(form)
    return see_other(f"/desk/office/members?{asked}" if is_still_theirs else "/desk/")


def _left(form: MemberForm) -> bool:
    """Say whether the manager has just ended or given up their own managing."""
    is_own = form.staff_id == who().staff_id
    return is_own and (isinstance(form, EndForm) or not form.is_manager)


def _run(session: Session, office_id: int, form: MemberForm) -> Credentials | None:
    me, instant = actor(), now()
    if isinstance(form, AddForm):
        new, wanted = NewStaff(form.email.data, form.name.data), form.to_standing()
        return apart.add_office_member(
            session, office_id, new, wanted, actor=me, keyring=keyring(), now=instant
        ).credentials
    whom, seen = form.staff_id, form.to_seen()
    if isinstance(form, RenewForm):
        once = form.to_submission().once
        return apart.renew_member(
            session, office_id, whom, actor=me, keyring=keyring(), now=instant, once=once
        )
    if isinstance(form, EndForm):
        staff.end_member(session, office_id, whom, seen, actor=me, now=instant)
    else:
        wanted = form.to_standing()
        staff.change_member(session, office_id, whom, seen, wanted, actor=me, now=instant)
    return None


def _ask_whether(form: MemberForm) -> Response:
    with read_session() as session:
        chosen = choose(session)
        member = _find(session, chosen, form.staff_id) or abort(404)
    return show_desk(
        SURE[type(form)],
        chosen=chosen,
        member=member,
        seen=key_of(member.standing),
        is_own=member.staff_id == who().staff_id,
    )


def _show(
    form: MemberForm | None = None, status: int = 200, *, asked: str | None = None
) -> Response:
    with read_session() as session:
        chosen = choose(session, asked)
        rows = staff.list_members(session, chosen.office.id)
        is_pressed = type(form) in SURE
        member = None if is_pressed else _find(session, chosen, form.staff_id if form else _asked())
    return show_desk(
        "office/members.html",
        status=status,
        chosen=chosen,
        members=[(row, key_of(row.standing)) for row in rows],
        member=member,
        form=form or AddForm(formdata=None),
        forms=_forms(form, member),
        is_saved=form is None and "saved" in request.args,
        roles=ROLES,
        sides=SIDES,
        me=who().staff_id,
    )


def _forms(handed_in: MemberForm | None, member: OfficeMember | None) -> dict[str, Any]:
    made: dict[str, Callable[[], MemberForm]] = {
        "add": lambda: AddForm(formdata=None),
        "change": lambda: StandingForm.of(member),
    }
    return {
        name: handed_in if type(handed_in) is FORMS[name] else make() for name, make in made.items()
    }


def _asked() -> int:
    asked = request.args.get("who", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0


def _find(session: Session, chosen: Chosen, staff_id: int) -> OfficeMember | None:
    try:
        return staff.get_member(session, chosen.office.id, staff_id)
    except MemberChanged:
        return None
