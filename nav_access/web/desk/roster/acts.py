"""The acts a roster's forms can ask for: which form each reads, which verb of the room it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from nav_access.core.db import Session
from nav_access.offices.roster import covers, service
from nav_access.offices.roster.service import Editor
from nav_access.offices.search import search_offices
from nav_access.web.desk.roster.forms import (
    CoverForm,
    DateForm,
    GoneForm,
    RosterForm,
    ShiftForm,
    YesForm,
)
from nav_access.web.shared.installation import now

Kind = TypeVar("Kind", bound=RosterForm)
Run = Callable[[Session, Editor, RosterForm], None]


class OfficeUnclear(Exception):
    """No office, or several, have the name that was written; or it is one's own."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its form, and how to do it."""

    form: type[RosterForm]
    run: Run


def _save_shift(session: Session, editor: Editor, form: RosterForm) -> None:
    shift_form = _of(ShiftForm, form)
    shifts = list(shift_form.to_shifts())
    if form.which.number:
        service.change_shift(session, editor, form.which.whole, shifts[0], now=now())
    else:
        line_id = shift_form.shift_line.whole
        service.add_shifts(session, editor, line_id, shifts, now=now())


def _save_date(session: Session, editor: Editor, form: RosterForm) -> None:
    date_form = _of(DateForm, form)
    line_id, shift = date_form.date_line.whole, date_form.to_shift()
    service.add_shifts(session, editor, line_id, [shift], now=now())


def _remove(session: Session, editor: Editor, form: RosterForm) -> None:
    service.remove_shift(session, editor, form.which.whole, now=now())


def _ask_cover(session: Session, editor: Editor, form: RosterForm) -> None:
    asked = _of(CoverForm, form)
    office_id = _find_office(session, asked.by_office.data)
    if office_id == editor.office_id:
        raise OfficeUnclear
    covers.ask_cover(
        session, editor, asked.cover_line.whole, office_id, asked.to_period(), now=now()
    )


def _end_cover(session: Session, editor: Editor, form: RosterForm) -> None:
    covers.end_cover(session, editor, form.which.whole, now=now())


def _accept(session: Session, editor: Editor, form: RosterForm) -> None:
    line_id = _of(YesForm, form).by_line.whole
    covers.accept_cover(session, editor, form.which.whole, line_id, now=now())


def _decline(session: Session, editor: Editor, form: RosterForm) -> None:
    covers.decline_cover(session, editor, form.which.whole, now=now())


def _find_office(session: Session, name: str) -> int:
    """Return the one office of a name, or the one that is found by it."""
    offices = [hit.office for hit in search_offices(session, name)]
    named = [office for office in offices if office.name.casefold() == name.casefold()]
    found = named or offices
    if len(found) != 1:
        raise OfficeUnclear
    return found[0].id


def _of(kind: type[Kind], form: RosterForm) -> Kind:
    if not isinstance(form, kind):
        raise TypeError(type(form))
    return form


ACTS = {
    "shift": Act(ShiftForm, _save_shift),
    "date": Act(DateForm, _save_date),
    "gone": Act(GoneForm, _remove),
    "cover": Act(CoverForm, _ask_cover),
    "cover_end": Act(GoneForm, _end_cover),
    "cover_yes": Act(YesForm, _accept),
    "cover_no": Act(GoneForm, _decline),
}
