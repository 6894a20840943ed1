"""Offices as a table and as OpenStreetMap tags, one row or set a reception. Public facts only."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from nav_access.offices.hsds_export import DAYS, clock_face
from nav_access.offices.models import Office, Reception
from nav_access.offices.rules import DayHours, Interval, OpeningHours
from nav_access.offices.timetables import reception_hours

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
COLUMNS = (
    *("number", "name", "reception", "street", "postcode", "place", "phone"),
    *_WEEKDAYS,
    *("exceptions", "step_free", "private_room", "restricted_reason", "other_way_in", "is_sample"),
)


def csv_text(offices: Sequence[Office], today: date) -> str:
    """Return offices as CSV, hours as «10:00-14:00», exceptions from `today` on."""
    written = io.StringIO()
    table = csv.DictWriter(written, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    for office, reception in _doors(offices):
        row = _row(office, reception, today)
        table.writerow({key: _harmless(value) for key, value in row.items()})
    return written.getvalue()


def osm_tags(offices: Sequence[Office], today: date) -> list[dict[str, str]]:
    """Return offices as OpenStreetMap tags, hours in the `opening_hours` notation."""
    return [_tags(office, reception, today) for office, reception in _doors(offices)]


def _doors(offices: Iterable[Office]) -> Iterable[tuple[Office, Reception]]:
    return ((office, reception) for office in offices for reception in office.receptions)


def _row(office: Office, reception: Reception, today: date) -> dict[str, Any]:
    hours = reception_hours(reception)
    row = {
        "number": office.number,
        "name": office.name,
        "reception": reception.label,
        "street": reception.street,
        "postcode": reception.postcode,
        "place": reception.place,
        "phone": office.phone,
        "exceptions": "; ".join(_exception(day) for day in hours.exceptions_from(today)),
        "step_free": reception.has_step_free_entrance,
        "private_room": reception.has_private_room,
        "restricted_reason": office.restricted_reason,
        "other_way_in": office.other_way_in,
        "is_sample": office.is_sample,
    }
    return row | {name: _times(hours.weekly_intervals(n)) for n, name in enumerate(_WEEKDAYS)}


def _exception(day: DayHours) -> str:
    return f"{day.day} {_times(day.walk_in) or 'closed'}"


def _times(intervals: Iterable[Interval]) -> str:
    return ", ".join(f"{clock_face(i.opens)}-{clock_face(i.closes)}" for i in intervals)


def _harmless(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; a phone's «+» is a phone's."""
    is_formula = isinstance(value, str) and value[:1] in {"=", "@", "-", "\t"}
    return f"'{value}" if is_formula else value


def _tags(office: Office, reception: Reception, today: date) -> dict[str, str]:
    access = {True: "yes", False: "no", None: None}[reception.has_step_free_entrance]
    tags = {
        "name": office.name,
        "office": "government",
        "government": "social_welfare",
        "ref": office.number,
        "addr:street": reception.street,
        "addr:postcode": reception.postcode,
        "addr:city": reception.place,
        "phone": office.phone,
        "opening_hours": opening_hours_notation(reception_hours(reception), today),
        "wheelchair": access,
    }
    return {key: value for key, value in tags.items() if value}


def opening_hours_notation(hours: OpeningHours, today: date) -> str:
    """Return walk-in hours as OpenStreetMap writes them: «Mo-Fr 10:00-14:00; PH off»."""
    week = [(_times(hours.weekly_intervals(n)).replace(" ", ""), n) for n in range(7)]
    parts = []
    for times, found in groupby(week, key=lambda day: day[0]):
        days = [n for _, n in found]
        if times:
            parts.append(f"{_day_range(days)} {times}")
    parts.append("PH off")
    for day in hours.exceptions_from(today):
        times = _times(day.walk_in).replace(" ", "") or "off"
        parts.append(f"{day.day.year} {_MONTHS[day.day.month - 1]} {day.day.day:02} {times}")
    return "; ".join(parts)


def _day_range(days: Sequence[int]) -> str:
    names = [DAYS[n].capitalize() for n in days]
    return names[0] if len(names) == 1 else f"{names[0]}-{names[-1]}"
