"""One case somebody acts in: how it stands for who may follow it, and what can be done."""

from collections.abc import Callable, Mapping

from flask import Response, abort, request

from nav_access.core.db import Session
from nav_access.core.references import is_case_number
from nav_access.intake.acting import service
from nav_access.intake.acting.queries import ActingCase, open_case
from nav_access.intake.errors import AlreadyDone, CaseNotFound
from nav_access.web.partner import case_words, wording
from nav_access.web.partner.access import membership
from nav_access.web.partner.forms import HelpGivenForm, WordsForm
from nav_access.web.shared.installation import keyring, now, read_session, unit_of_work
from nav_access.web.shared.promises import look_up_office
from nav_access.web.shared.signed_in.acting_words import say_until
from nav_access.web.shared.signed_in.drafts import Fields
from nav_access.web.shared.signed_in.forms import DoorForm, PlainForm
from nav_access.web.shared.signed_in.pages import see_other, show_at_door

Run = Callable[[Session, str, DoorForm], None]


def case(number: str) -> Response:
    """Show the case, or do what one of its forms asks; 404 for whatever is not theirs now."""
    if not is_case_number(number):
        return _show_gone()
    if request.method != "POST":
        return _show(_open(number))
    act = ACTS.get(request.form.get("do", ""))
    if act is None:
        abort(400)
    make, run = act
    form = make()
    if not form.validate():
        return _show(_open(number, form), form=form, status=422)
    return _act(number, form, run)


def restore_case(number: str, typed: Fields) -> Response:
    """Show the case with what somebody typed before they had to sign in again; do nothing."""
    make, _ = ACTS.get(typed.get("do", ""), (None, None))
    form = make(formdata=typed) if make is not None else None
    return _show(_open(number, form), form=form, is_restored=True)


def _act(number: str, form: DoorForm, run: Run) -> Response:
    try:
        with unit_of_work() as session:
            run(session, number, form)
    except AlreadyDone:
        pass
    except CaseNotFound:
        return _show_gone(form)
    done = request.form["do"]
    if run is _end:
        return see_other(f"/partner/?done={done}")
    return see_other(f"/partner/cases/{number}?done={done}")


def _show(
    found: ActingCase,
    *,
    form: DoorForm | None = None,
    status: int = 200,
    is_restored: bool = False,
) -> Response:
    followed, office = found.followed, None
    if followed is not None:
        with read_session() as session:
            office = look_up_office(session, followed.office_id, now())
    blank = {"formdata": None}
    return show_at_door(
        "partner/case.html",
        status=status,
        case=found,
        agency=membership().agency_name,
        shown=f"{found.number[:4]} {found.number[4:]}",
        is_mine=bool(found.sight.scope),
        standing=case_words.say_standing(followed) if followed else None,
        steps=case_words.say_steps(followed) if followed else (),
        office=office,
        form=form,
        help_form=form if isinstance(form, HelpGivenForm) else HelpGivenForm(**blank),
        words_form=form if isinstance(form, WordsForm) else WordsForm(**blank),
        until=say_until(found.until_utc),
        words=wording,
        said=None if form else wording.DONE.get(request.args.get("done", "")),
        is_restored=is_restored,
    )


def _open(number: str, form: DoorForm | None = None) -> ActingCase:
    """Read the case, which is logged in the same transaction; when gone, show what was typed."""
    try:
        with unit_of_work() as session:
            return open_case(session, membership(), number, keyring=keyring(), now=now())
    except CaseNotFound:
        abort(_show_gone(form))


def _show_gone(form: DoorForm | None = None) -> Response:
    """Say that there is nothing to see, in the same words whatever the reason.

    What somebody typed is theirs, and stands there to be copied: it is kept nowhere.
    """
    typed = [form.words.data] if isinstance(form, WordsForm) and form.words.data else []
    return show_at_door("partner/gone.html", status=404, typed=typed)


def _take_over(session: Session, number: str, _form: DoorForm) -> None:
    service.take_over(session, membership(), number, keyring=keyring(), now=now())


def _end(session: Session, number: str, _form: DoorForm) -> None:
    service.end_by_agency(session, membership(), number, keyring=keyring(), now=now())


def _note_help(session: Session, number: str, form: DoorForm) -> None:
    kinds, minutes = form["help_kind"].data, int(form["minutes"].data)
    given = form.to_submission()
    service.note_help(session, membership(), number, kinds, minutes, given, now=now())


def _add_words(session: Session, number: str, form: DoorForm) -> None:
    text, given = form["words"].data, form.to_submission()
    service.add_words(session, membership(), number, text, given, keyring=keyring(), now=now())


ACTS: Mapping[str, tuple[type[DoorForm], Run]] = {
    "take-over": (PlainForm, _take_over),
    "end": (PlainForm, _end),
    "help": (HelpGivenForm, _note_help),
    "words": (WordsForm, _add_words),
}
