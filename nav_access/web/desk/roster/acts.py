"""The acts a roster's forms can ask for: what is done, when people read of it, and of whom."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_
from nav_access.offices.models import DutyCover
from nav_access.offices.queries import get_office_by_id
from nav_access.offices.roster import covers, service
from nav_access.offices.roster.queries import get_cover, get_shift
from nav_access.offices.roster.rules import Shift
from nav_access.offices.roster.service import Editor
from nav_access.offices.search import search_offices
from nav_access.offices.spans import MINUTES_A_DAY, instant_of
from nav_access.offices.timetables import shift_of
from nav_access.web.desk.office.seeing import morning_of
from nav_access.web.desk.office.subjects import Act, Turn
from nav_access.web.desk.roster.forms import (
    CoverForm,
    DateForm,
    GoneForm,
    NoForm,
    RosterForm,
    ShiftForm,
    YesForm,
)
from nav_access.web.desk.roster.saying import say_shift
from nav_access.web.shared.installation import now
from nav_access.web.shared.phones import say_phone
from nav_access.web.shared.templating import current_locale, translate

LOOKED_AHEAD = 21
"""Days in which a shift of a week comes round, holidays or not."""

GONE = N_("%(when)s on the line %(phone)s is taken away.")
ASKED = N_("%(office)s is asked. People read nothing new before it has said yes.")
NOT_NEEDED = N_("%(office)s does not answer for us.")
WE_ANSWER = N_("We answer for %(office)s.")
WE_DO_NOT = N_("We do not answer for %(office)s.")


class OfficeUnclear(Exception):
    """No office, or several, have the name that was written; or it is one's own."""


def _editor(turn: Turn) -> Editor:
    return Editor(turn.office_id, turn.actor, turn.version, turn.once)


def _save_shift(session: Session, turn: Turn, form: ShiftForm) -> None:
    shifts = list(form.to_shifts())
    if form.which.number:
        service.change_shift(session, _editor(turn), form.which.whole, shifts[0], now=now())
    else:
        service.add_shifts(session, _editor(turn), form.shift_line.whole, shifts, now=now())


def _shift_begins(session: Session, turn: Turn, form: ShiftForm) -> list[datetime]:
    there = [get_shift(session, turn.office_id, form.which.whole)] if form.which.number else []
    return _first_moments([*map(shift_of, there), *form.to_shifts()])


def _save_date(session: Session, turn: Turn, form: DateForm) -> None:
    line_id, shift = form.date_line.whole, form.to_shift()
    service.add_shifts(session, _editor(turn), line_id, [shift], now=now())


def _date_begins(_session: Session, _turn: Turn, form: DateForm) -> list[datetime]:
    return _first_moments([form.to_shift()])


def _remove(session: Session, turn: Turn, form: GoneForm) -> None:
    service.remove_shift(session, _editor(turn), form.which.whole, now=now())


def _gone_begins(session: Session, turn: Turn, form: GoneForm) -> list[datetime]:
    return _first_moments([shift_of(get_shift(session, turn.office_id, form.which.whole))])


def _say_gone(session: Session, turn: Turn, form: GoneForm) -> list[str]:
    row = get_shift(session, turn.office_id, form.which.whole)
    said, locale = say_shift(row.line, row, to_oslo(now()).date()), current_locale()
    when = " ".join(filter(None, (said.day, said.times)))
    return [translate(locale, GONE, when=when, phone=say_phone(row.line.phone))]


def _ask_cover(session: Session, turn: Turn, form: CoverForm) -> None:
    office_id = _find_office(session, form.by_office.data)
    if office_id == turn.office_id:
        raise OfficeUnclear
    line_id, period = form.cover_line.whole, form.to_period()
    covers.ask_cover(session, _editor(turn), line_id, office_id, period, now=now())


def _say_asked(session: Session, _turn: Turn, form: CoverForm) -> list[str]:
    return [_say(session, ASKED, _find_office(session, form.by_office.data))]


def _end_cover(session: Session, turn: Turn, form: GoneForm) -> None:
    covers.end_cover(session, _editor(turn), form.which.whole, now=now())


def _say_ended(session: Session, _turn: Turn, form: GoneForm) -> list[str]:
    return [_say(session, NOT_NEEDED, get_cover(session, form.which.whole).office_id)]


def _accept(session: Session, turn: Turn, form: YesForm) -> None:
    which, line_id = form.which.whole, form.by_line.whole
    covers.accept_cover(session, _editor(turn), which, line_id, now=now())


def _say_yes(session: Session, turn: Turn, form: YesForm) -> list[str]:
    return [_say(session, WE_ANSWER, _of_line(session, turn, form))]


def _decline(session: Session, turn: Turn, form: NoForm) -> None:
    covers.decline_cover(session, _editor(turn), form.which.whole, now=now())


def _say_no(session: Session, turn: Turn, form: NoForm) -> list[str]:
    return [_say(session, WE_DO_NOT, _of_line(session, turn, form))]


def _of_line(session: Session, _turn: Turn, form: RosterForm) -> int:
    """Return the office whose line is covered: there people read of it."""
    return get_cover(session, form.which.whole).line.office_id


def _cover_begins(session: Session, _turn: Turn, form: RosterForm) -> list[datetime]:
    """In the morning, and late, when the line itself is not answered any more."""
    cover: DutyCover = get_cover(session, form.which.whole)
    day = max(cover.first_date, to_oslo(now()).date())
    return [morning_of(day), instant_of(day, MINUTES_A_DAY - 1, is_last=False)]


def _say(session: Session, words: str, office_id: int) -> str:
    return translate(current_locale(), words, office=get_office_by_id(session, office_id).name)


def _first_moments(shifts: Iterable[Shift]) -> list[datetime]:
    """Return when each shift comes round first, in order."""
    today = to_oslo(now()).date()
    found = (_first_moment(shift, max(shift.first, today)) for shift in shifts)
    return sorted(moment for moment in found if moment is not None)


def _first_moment(shift: Shift, first: date) -> datetime | None:
    days = (first + timedelta(days=n) for n in range(LOOKED_AHEAD))
    coming = (
        instant_of(day, shift.interval.opens, is_last=False) for day in days if shift.holds_on(day)
    )
    return next((moment for moment in coming if moment > now()), None)


def _find_office(session: Session, name: str) -> int:
    """Return the one office of a name, or the one that is found by it."""
    offices = [hit.office for hit in search_offices(session, name)]
    named = [office for office in offices if office.name.casefold() == name.casefold()]
    found = named or offices
    if len(found) != 1:
        raise OfficeUnclear
    return found[0].id


ACTS = {
    "shift": Act(ShiftForm, _save_shift, _shift_begins),
    "date": Act(DateForm, _save_date, _date_begins),
    "gone": Act(GoneForm, _remove, _gone_begins, _say_gone),
    "cover": Act(CoverForm, _ask_cover, says=_say_asked),
    "cover_end": Act(GoneForm, _end_cover, _cover_begins, _say_ended),
    "cover_yes": Act(YesForm, _accept, _cover_begins, _say_yes, _of_line),
    "cover_no": Act(NoForm, _decline, _cover_begins, _say_no, _of_line),
}
