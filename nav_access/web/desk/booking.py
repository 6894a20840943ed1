"""A case's times: book one for the person, move it, cancel it, note who came and who did not."""

from flask import Response, abort, request

from nav_access.appointments.errors import (
    AlreadyBooked,
    NotBooked,
    NotOffered,
    SlotTaken,
    TooEarly,
)
from nav_access.appointments.queries import BookedTime
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.core.references import is_case_number
from nav_access.intake.booking import staff as staff_booking
from nav_access.intake.covering import read_as
from nav_access.intake.errors import AlreadyDone, CaseChanged, CaseNotFound, NotNow
from nav_access.intake.handling import Turn
from nav_access.web.desk.booking_forms import BookedForm, TimeForm
from nav_access.web.desk.booking_page import list_address, show_times
from nav_access.web.desk.case_forms import CaseForm
from nav_access.web.desk.drafts import Fields
from nav_access.web.desk.pages import see_other
from nav_access.web.desk.session import who
from nav_access.web.shared.installation import keyring, now, unit_of_work

TAKEN = N_("Somebody else has just taken this time. Choose another one.")
NOT_OFFERED = N_("This time is not offered any more. Choose another one.")
ALREADY = N_("The person has a time already. Move that one instead.")
GONE = N_("There is no such time any more.")
TOO_EARLY = N_("The meeting has not begun yet.")
CHANGED = N_("Somebody acted on this case while you had it open. Look again, and press once more.")

FACTS: dict[type[Exception], str] = {
    SlotTaken: TAKEN,
    NotOffered: NOT_OFFERED,
    AlreadyBooked: ALREADY,
    NotBooked: GONE,
    TooEarly: TOO_EARLY,
    CaseChanged: CHANGED,
    NotNow: CHANGED,
}
"""What is in the way, in words; nothing was stored."""


def booking(number: str) -> Response:
    """Show the case's times, or do what one of the forms asks."""
    if not is_case_number(number):
        abort(404)
    if request.method != "POST":
        return show_times(number)
    act = request.form.get("do", "")
    if act not in _ACTS:
        abort(400)
    form = (TimeForm if act in ("book", "move") else BookedForm)()
    if not form.validate():
        return show_times(number, form=form, act=act, status=422)
    return _act(number, act, form)


def restore_booking(number: str, typed: Fields) -> Response:
    """Show the times that were looked at before somebody had to sign in again; do nothing."""
    act = typed.get("do", "")
    is_time = act in ("book", "move")
    return show_times(number, form=TimeForm(formdata=typed) if is_time else None, act=act)


def _act(number: str, act: str, form: CaseForm) -> Response:
    try:
        with unit_of_work() as session:
            reader = read_as(session, who(), number, now())
            turn = Turn(reader, number, form.version, form.to_submission())
            done = _run(session, turn, act, form)
    except AlreadyDone:
        return see_other(f"/desk/cases/{number}/booking")
    except CaseNotFound:
        abort(404)
    except tuple(FACTS) as fact:
        return show_times(number, form=form, act=act, notice=FACTS[type(fact)], status=409)
    return see_other(_go_on(form, done, number))


def _run(session: Session, turn: Turn, act: str, form: CaseForm) -> BookedTime:
    if isinstance(form, TimeForm):
        return _take_time(session, turn, act, form)
    if not isinstance(form, BookedForm):
        raise TypeError(type(form))
    keys, instant = keyring(), now()
    if act == "cancel":
        return staff_booking.cancel_time(
            session, turn, form.chosen_purpose, keyring=keys, now=instant
        )
    settle = staff_booking.keep_time if act == "kept" else staff_booking.miss_time
    return settle(session, turn, form.uid.data, keyring=keys, now=instant)


def _take_time(session: Session, turn: Turn, act: str, form: TimeForm) -> BookedTime:
    keys, instant = keyring(), now()
    if act == "book":
        return staff_booking.book_time(session, turn, form.choice, keyring=keys, now=instant)
    return staff_booking.move_time(
        session, turn, form.chosen_purpose, form.slot_id or 0, keyring=keys, now=instant
    )


def _go_on(form: CaseForm, done: BookedTime, number: str) -> str:
    if isinstance(form, BookedForm) and form.to.data == "diary":
        return list_address(done)
    return f"/desk/cases/{number}/booking"


_ACTS = frozenset({"book", "move", "cancel", "kept", "no_show"})
