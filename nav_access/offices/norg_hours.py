"""Reading a reception's hours from NORG2: what counts, what beats what, what is not believed."""

from collections.abc import Iterable

from nav_access.offices.codes import OpeningKind
from nav_access.offices.lenient import (
    Json,
    is_true,
    read_date,
    read_line,
    read_list,
    read_minute,
    read_text,
    read_weekday,
)
from nav_access.offices.records import Day, IntervalRecord, Note, NoteCode

_DOUBTS = frozenset({NoteCode.BAD_TIME, NoteCode.END_BEFORE_START})


def read_hours(
    lines: object, number: str, notes: list[Note]
) -> tuple[tuple[IntervalRecord, ...], frozenset[Day]]:
    """Return a reception's lines in order, and the days whose lines could not be believed."""
    intervals: list[IntervalRecord] = []
    doubtful: set[Day] = set()
    for line in read_list(lines):
        record, problem = read_interval(line)
        if problem:
            notes.append(Note(problem, number, _written(line)))
        if record and problem in _DOUBTS and record.day is not None:
            doubtful.add(record.day)
        elif record:
            intervals.append(record)
    return in_order(intervals), frozenset(doubtful)


def in_order(intervals: Iterable[IntervalRecord]) -> tuple[IntervalRecord, ...]:
    """Return lines sorted by day and time, so that the order in a file does not matter."""
    return tuple(
        sorted(
            intervals,
            key=lambda i: (
                i.weekday if i.weekday is not None else 7,
                i.on_date.toordinal() if i.on_date else 0,
                i.opens_minute or 0,
                i.closes_minute or 0,
                i.kind,
                i.comment or "",
            ),
        )
    )


def read_interval(line: Json) -> tuple[IntervalRecord | None, NoteCode | None]:
    """Return a line of hours and what is odd about it; None when its day is not known."""
    weekday, on_date = read_weekday(line.get("dag")), read_date(line.get("dato"))
    if weekday is None and on_date is None:
        is_named = read_line(line.get("dag")) or read_line(line.get("dato"))
        return None, NoteCode.UNKNOWN_DAY if is_named else NoteCode.NO_DAY
    kind, opens, closes, problem = _read_times(line)
    if weekday is not None and on_date is not None:
        weekday, problem = None, problem or NoteCode.DAY_AND_DATE
    comment = read_text(line.get("kommentar"))
    return IntervalRecord(weekday, on_date, kind, opens, closes, comment), problem


def _read_times(line: Json) -> tuple[OpeningKind, int | None, int | None, NoteCode | None]:
    if is_true(line.get("stengt")):
        return OpeningKind.CLOSED, None, None, None
    is_booked = is_true(line.get("kunTimeavtale"))
    opens, closes, problem = _read_pair(line)
    if problem is NoteCode.NO_TIMES:
        kind = OpeningKind.APPOINTMENT_ONLY if is_booked else OpeningKind.CLOSED
        return kind, None, None, None if is_booked else problem
    return (
        OpeningKind.APPOINTMENT_ONLY if is_booked else OpeningKind.WALK_IN,
        opens,
        closes,
        problem,
    )


def _read_pair(line: Json) -> tuple[int | None, int | None, NoteCode | None]:
    written = read_line(line.get("fra")), read_line(line.get("til"))
    if not any(written):
        return None, None, NoteCode.NO_TIMES
    opens, closes = read_minute(written[0]), read_minute(written[1])
    if opens is None or closes is None:
        return None, None, NoteCode.BAD_TIME
    return (opens, closes, None) if opens < closes else (None, None, NoteCode.END_BEFORE_START)


def _written(line: Json) -> str:
    keys = ("dag", "dato", "fra", "til")
    return " ".join(text for key in keys if (text := read_line(line.get(key), 20)))
