"""The acts a case's forms can ask for: which form each reads, which verb of the room it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from nav_access.core.db import Session
from nav_access.intake import handling
from nav_access.intake.codes import EventKind
from nav_access.intake.direct_number.choosing import choose_by_birth_day
from nav_access.intake.direct_number.errors import NoSuchDay
from nav_access.intake.errors import NotNow
from nav_access.intake.handling import Turn
from nav_access.web.desk.case_forms import (
    CaseForm,
    CloseForm,
    ContactForm,
    DeadlineForm,
    NoteForm,
    ReopenForm,
)
from nav_access.web.desk.direct_forms import BirthDayForm
from nav_access.web.shared.installation import keyring, now

Filled = TypeVar("Filled")


@dataclass(frozen=True, slots=True)
class Act:
    """One act: the event it leads to, its form, and how to do it."""

    kind: EventKind
    form: type[CaseForm]
    run: Callable[[Session, Turn, CaseForm], None]


def _claim(session: Session, turn: Turn, _form: CaseForm) -> None:
    handling.claim(session, turn, keyring=keyring(), now=now())


def _release(session: Session, turn: Turn, _form: CaseForm) -> None:
    handling.release(session, turn, keyring=keyring(), now=now())


def _log_contact(session: Session, turn: Turn, form: CaseForm) -> None:
    outcome, word = _chosen(form["outcome"].data), form["code_word"].data
    handling.log_contact(
        session,
        turn,
        outcome,
        form.text,
        code_word=word,
        is_reached_anew=form["reached_anew"].data,
        keyring=keyring(),
        now=now(),
    )


def _write_note(session: Session, turn: Turn, form: CaseForm) -> None:
    if not isinstance(form, NoteForm):
        raise TypeError(type(form))
    words = _chosen(form.text)
    handling.write_note(session, turn, words, keep=form.kept, keyring=keyring(), now=now())


def _change_deadline(session: Session, turn: Turn, form: CaseForm) -> None:
    if not isinstance(form, DeadlineForm):
        raise TypeError(type(form))
    deadline, reason = form.to_deadline(), _chosen(form.deadline_reason.data)
    handling.change_deadline(
        session, turn, deadline, reason, form.text, keyring=keyring(), now=now()
    )


def _close(session: Session, turn: Turn, form: CaseForm) -> None:
    reason = _chosen(form["close_reason"].data)
    handling.close_case(session, turn, reason, form.text, keyring=keyring(), now=now())


def _reopen(session: Session, turn: Turn, form: CaseForm) -> None:
    handling.reopen_case(session, turn, form.text, keyring=keyring(), now=now())


def _chosen(value: Filled | None) -> Filled:
    if value is None:
        raise LookupError("the form is not valid")
    return value


def _choose_number(session: Session, turn: Turn, form: CaseForm) -> None:
    day = _chosen(form["birth_day"].number)
    try:
        choose_by_birth_day(session, turn, day, keyring=keyring(), now=now())
    except NoSuchDay:
        raise NotNow from None


ACTS = {
    "claim": Act(EventKind.CLAIMED, CaseForm, _claim),
    "release": Act(EventKind.RELEASED, CaseForm, _release),
    "contact": Act(EventKind.CONTACT_LOGGED, ContactForm, _log_contact),
    "note": Act(EventKind.NOTE_WRITTEN, NoteForm, _write_note),
    "deadline": Act(EventKind.DEADLINE_CHANGED, DeadlineForm, _change_deadline),
    "close": Act(EventKind.CLOSED, CloseForm, _close),
    "birth_day": Act(EventKind.DIRECT_NUMBER_GIVEN, BirthDayForm, _choose_number),
    "reopen": Act(EventKind.REOPENED, ReopenForm, _reopen),
}
