"""Showing a case: its forms as they were left, and first of all what others did meanwhile."""

from flask import Response

from nav_access.intake.acting.lines import HelperLine, find_line_of
from nav_access.intake.centre.reading import MessageRead, list_thread_for_office
from nav_access.intake.codes import Channel, CloseReason, EventKind
from nav_access.intake.direct_number.queries import DirectLine, find_direct_line
from nav_access.intake.protected.queries import list_same_phone
from nav_access.intake.sides.codes import KeptFor
from nav_access.intake.sides.kept import may_keep_for, side_at
from nav_access.intake.staff_queries import StaffCase, StaffEvent
from nav_access.intake.wishes import find_wishes_of
from nav_access.web.desk import sides_words, wording
from nav_access.web.desk.acts import Act
from nav_access.web.desk.case_forms import (
    CaseForm,
    CloseForm,
    ContactForm,
    DeadlineForm,
    NoteForm,
    ReopenForm,
)
from nav_access.web.desk.direct_forms import BirthDayForm
from nav_access.web.desk.messages import STEPS
from nav_access.web.desk.pages import show_desk
from nav_access.web.desk.session import who
from nav_access.web.shared.dates import say_time
from nav_access.web.shared.installation import keyring, now, read_session
from nav_access.web.shared.signed_in.typed_times import show_day


def show_case(
    case: StaffCase,
    *,
    act: Act | None = None,
    form: CaseForm | None = None,
    status: int = 200,
    is_restored: bool = False,
    is_older: bool = False,
) -> Response:
    """Return the case's page; `form` is what `act` was asked with, drawn again as it was typed.

    `is_restored`: it was typed before the reader had to sign in again. `is_older`: the timeline
    is not at its newest page.
    """
    is_possible = act is None or act.kind in case.acts
    seen = form.version if form is not None else case.version
    return show_desk(
        "case.html",
        status=status,
        case=case,
        me=who().staff_id,
        forms=_forms(case, form if is_possible else None),
        form=form,
        handed_in=act.kind if act else None,
        is_possible=is_possible,
        is_restored=is_restored,
        is_older=is_older,
        centre_messages=_read_messages(case),
        steps=STEPS,
        direct=_read_direct(case),
        same_phone=_list_same_phone(case),
        helper=_read_helper(case),
        is_helper_gone=_is_helper_gone(case),
        since=_since(case, seen) if is_restored or status == 409 else (),
        kept_text=form.text if form is not None and not is_possible else None,
    )


def _read_messages(case: StaffCase) -> tuple[MessageRead, ...]:
    """Return what the contact centre wrote about the case; nothing where it never did."""
    if not any(event.kind is EventKind.CENTRE_WROTE for event in case.events) and not case.older:
        return ()
    with read_session() as session:
        return list_thread_for_office(session, who(), case.number, keyring=keyring(), now=now())


def _read_helper(case: StaffCase) -> HelperLine | None:
    """Return whom to ring in the person's place; only an agency that sent the case is."""
    if case.channel is not Channel.PARTNER or not case.may_act:
        return None
    with read_session() as session:
        return find_line_of(session, case.number, now())


def _is_helper_gone(case: StaffCase) -> bool:
    """Say whether an agency was to be rung in the person's place and is not any more."""
    if case.channel is not Channel.PARTNER or not case.may_act:
        return False
    with read_session() as session:
        wishes = find_wishes_of(session, case.number, now())
    return wishes is not None and wishes.has_helper_ended


def _list_same_phone(case: StaffCase) -> tuple[str, ...]:
    """Return the other cases of a protected person's phone that the reader may know of."""
    if not case.is_protected:
        return ()
    with read_session() as session:
        return list_same_phone(session, who(), case.number)


def _read_direct(case: StaffCase) -> DirectLine:
    """Return the number the case has of its own."""
    with read_session() as session:
        return find_direct_line(session, case.number)


def _forms(case: StaffCase, handed_in: CaseForm | None) -> dict[str, CaseForm]:
    """Return every form of the page: the one handed in as it was, the others blank."""
    blank = {"formdata": None}
    forms: dict[str, CaseForm] = {
        "contact": ContactForm(**blank),
        "note": NoteForm(**blank),
        "deadline": DeadlineForm(
            day=show_day(case.deadline_utc), time=say_time(case.deadline_utc), **blank
        ),
        "close": CloseForm(**blank),
        "reopen": ReopenForm(**blank),
        "birth_day": BirthDayForm(**blank),
    }
    forms |= {name: handed_in for name, form in forms.items() if type(form) is type(handed_in)}
    forms["note"].keep.words = _keepers(case)
    forms["close"].close_reason.words = _close_words(case.close_reasons)
    return forms


def _keepers(case: StaffCase) -> dict[KeptFor | None, str]:
    """Return for whom this writer may keep a note; a reader from elsewhere keeps none."""
    mine = side_at(who(), case.office_id)
    return {
        keeper: word
        for keeper, word in sides_words.KEEPERS.items()
        if keeper is None or may_keep_for(mine, keeper)
    }


def _close_words(possible: tuple[CloseReason, ...]) -> dict[CloseReason | None, str]:
    return {
        reason: word
        for reason, word in wording.CLOSE_REASONS.items()
        if reason is None or reason in possible
    }


def _since(case: StaffCase, seen: int) -> tuple[StaffEvent, ...]:
    """Return what happened after the version the reader saw, oldest first."""
    return tuple(event for event in reversed(case.events) if event.seq > max(seen, 1))
