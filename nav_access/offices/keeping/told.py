"""What the register told, kept as text: a day's lines, a telephone line."""

import json
from collections.abc import Iterable
from typing import Any

from nav_access.offices.codes import DutyAudience, OpeningKind
from nav_access.offices.models import OpeningInterval
from nav_access.offices.norg_hours import in_order
from nav_access.offices.records import Day, DutyRecord, IntervalRecord

_LINE_PARTS = ("phone", "topic", "audience", "split", "after_hours_phone", "after_hours_note")


def record_of(opening: OpeningInterval) -> IntervalRecord:
    """Return a stored line of hours as a file would have it."""
    return IntervalRecord(
        opening.weekday,
        opening.on_date,
        opening.kind,
        opening.opens_minute,
        opening.closes_minute,
        opening.comment,
    )


def opening_of(record: IntervalRecord) -> OpeningInterval:
    """Return a row for a line of hours."""
    return OpeningInterval(
        weekday=record.weekday,
        on_date=record.on_date,
        kind=record.kind,
        opens_minute=record.opens_minute,
        closes_minute=record.closes_minute,
        comment=record.comment,
    )


def write_lines(lines: Iterable[IntervalRecord]) -> str:
    """Return a day's lines as text; the same lines in any order give the same text."""
    return json.dumps(
        [
            [line.kind, line.opens_minute, line.closes_minute, line.comment]
            for line in in_order(lines)
        ],
        ensure_ascii=False,
    )


def read_lines(text: str, day: Day) -> tuple[IntervalRecord, ...]:
    """Return the lines that were told of a day."""
    weekday, on_date = (day, None) if isinstance(day, int) else (None, day)
    return tuple(
        IntervalRecord(weekday, on_date, OpeningKind(kind), opens, closes, comment)
        for kind, opens, closes, comment in json.loads(text)
    )


def write_line(record: DutyRecord) -> str:
    """Return a telephone line of the register as text; when it is staffed is not kept."""
    return json.dumps({part: getattr(record, part) for part in _LINE_PARTS}, ensure_ascii=False)


def read_line(text: str) -> DutyRecord:
    """Return the telephone line that was told."""
    values: dict[str, Any] = json.loads(text)
    return DutyRecord(**values | {"audience": DutyAudience(values["audience"])})
