"""Days of receptions in a manager's words: the office's lines, and what the register says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nav_access.core.db import Session
from nav_access.core.i18n.wording import N_, words_in
from nav_access.offices.codes import OpeningKind
from nav_access.offices.keeping.editing import has_register
from nav_access.offices.keeping.hours import list_kept_days
from nav_access.offices.keeping.told import read_lines, record_of
from nav_access.offices.models import Office, Reception
from nav_access.offices.norg_hours import in_order
from nav_access.offices.records import Day, IntervalRecord
from nav_access.offices.spans import Interval
from nav_access.web.desk.office.day_forms import STRETCHES
from nav_access.web.shared.hours import say_minutes
from nav_access.web.shared.templating import current_locale

CLOSED = N_("Closed")
WALK_IN = N_("%(times)s: people may walk in")
APPOINTMENT = N_("%(times)s: only with an appointment")
APPOINTMENT_ANY = N_("Only with an appointment")
USUAL = N_("As every week")


@dataclass(frozen=True, slots=True)
class DayWords:
    """A day of a reception: `key` names it, `register` only where the register says otherwise."""

    key: str
    name: str
    lines: tuple[str, ...]
    register: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Door:
    """A reception with its days."""

    id: int
    name: str
    days: tuple[DayWords, ...]


def say_doors(
    session: Session, office: Office, days_of: "Iterable[tuple[Day, str]] | None" = None
) -> tuple[Door, ...]:
    """Return an office's receptions with these days, named; without names, each with none."""
    kept = list_kept_days(session, office.id) if has_register(office) else {}
    named = tuple(days_of or ())
    return tuple(
        Door(
            reception.id,
            name_of(reception, office),
            tuple(
                _say_day(reception, day, name, kept_day.told if kept_day else None)
                for day, name in named
                for kept_day in [kept.get((reception.id, day))]
            ),
        )
        for reception in office.receptions
    )


def list_dates(session: Session, office: Office) -> list[Day]:
    """Return every date that is written of, by the office or by the register alone, in order."""
    own = {opening.on_date for one in office.receptions for opening in one.openings}
    told = {day for (_, day), row in list_kept_days(session, office.id).items() if row.told != "[]"}
    dates = {day for day in own | told if day is not None and not isinstance(day, int)}
    return sorted(dates)


def lines_of(reception: Reception, day: Day) -> tuple[IntervalRecord, ...]:
    """Return the lines of one day, in order."""
    records = (record_of(opening) for opening in reception.openings)
    return in_order(record for record in records if record.day == day)


def fields_of(lines: Sequence[IntervalRecord]) -> dict[str, object]:
    """Return what a form holds for a day's lines; those it has no room for are left out."""
    values: dict[str, object] = {}
    for n, line in zip(STRETCHES, lines, strict=False):
        values |= {
            f"kind{n}": line.kind,
            f"opens{n}": _clock(line.opens_minute),
            f"closes{n}": _clock(line.closes_minute),
            f"comment{n}": line.comment or "",
        }
    return values


def name_of(reception: Reception, office: Office) -> str:
    """Return what a door is called."""
    return reception.label or reception.street or office.name


def say_day_lines(lines: Sequence[IntervalRecord], *, is_date: bool) -> tuple[str, ...]:
    """Say a day's lines; none is closed on a weekday, and nothing unusual on a date."""
    if not lines:
        return (words_in(current_locale()).text(USUAL if is_date else CLOSED),)
    return tuple(_say_line(line) for line in lines)


def _say_day(reception: Reception, day: Day, name: str, told: str | None) -> DayWords:
    is_date = not isinstance(day, int)
    own = say_day_lines(lines_of(reception, day), is_date=is_date)
    register = say_day_lines(read_lines(told, day), is_date=is_date) if told else None
    return DayWords(str(day), name, own, register)


def _say_line(line: IntervalRecord) -> str:
    locale = current_locale()
    words = words_in(locale)
    said = words.text(CLOSED if line.kind is OpeningKind.CLOSED else APPOINTMENT_ANY)
    if line.opens_minute is not None and line.closes_minute is not None:
        times = say_minutes(Interval(line.opens_minute, line.closes_minute), locale)
        sentence = WALK_IN if line.kind is OpeningKind.WALK_IN else APPOINTMENT
        said = words.text(sentence, times=times)
    return f"{said}. {line.comment}" if line.comment else said


def _clock(minute: int | None) -> str:
    return "" if minute is None else f"{minute // 60:02}:{minute % 60:02}"
