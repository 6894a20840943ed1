"""The sample: made-up offices in real municipalities, marked as sample wherever they are shown."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.offices.area_service import AreaKey, replace_areas
from nav_access.offices.changes import Changes, finish
from nav_access.offices.codes import DutyAudience, OfficeKind, OfficeStatus, OpeningKind
from nav_access.offices.holiday_calendar import holiday_on
from nav_access.offices.lenient import Json, read_minute, read_phone
from nav_access.offices.models import Municipality, Postcode
from nav_access.offices.municipality_names import MunicipalityNames
from nav_access.offices.norg_hours import in_order
from nav_access.offices.place_service import import_municipalities, import_postcodes
from nav_access.offices.records import (
    Address,
    ContactRecord,
    DutyRecord,
    ImportReport,
    IntervalRecord,
    PostcodeRecord,
    ReceptionRecord,
    UnitRecord,
)
from nav_access.offices.register import read_register
from nav_access.offices.service import SAMPLE, ensure_contact_centre, import_units

_HOURS = re.compile(
    r"^(?:in (?P<ahead>\d+) days|(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))?)"
    r"(?P<closed> closed)?(?P<booked> by appointment)?"
    r"(?: (?P<opens>[\d:]+)-(?P<closes>[\d:]+))?(?: : (?P<comment>.+))?$"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SATURDAY = 5


def load_sample(session: Session, *, today: date) -> ImportReport:
    """Put the sample's offices and places in; again writes nothing but dates that moved on."""
    sample = tomllib.loads((files(__package__) / "sample.toml").read_text(encoding="utf-8"))
    ensure_contact_centre(session)
    report = ImportReport()
    report.rows += _load_places(session, sample["postcodes"])
    units = [_unit_of(office, today) for office in sample["offices"]]
    report.add(import_units(session, units, source=SAMPLE))
    changes = Changes(session)
    replace_areas(changes, set(_areas_of(sample["offices"])), source=SAMPLE)
    names = MunicipalityNames(changes)
    for office in sample["offices"]:
        for name in office.get("municipality_names", ()):
            names.add(office["municipality"], name)
    return finish(session, changes, report, is_check=False)


def _load_places(session: Session, lines: str) -> int:
    """Add the places that no postal register has brought; the register knows better."""
    records, _ = read_register(lines.encode())
    towns = set(session.scalars(select(Municipality.number)))
    codes = set(session.scalars(select(Postcode.code)))
    new_towns = [r for r in records if r.municipality_number not in towns]
    new_codes: list[PostcodeRecord] = [r for r in records if r.code not in codes]
    rows = import_municipalities(session, new_towns).rows
    session.flush()
    return rows + import_postcodes(session, new_codes).rows


def _areas_of(offices: Iterable[Json]) -> Iterator[AreaKey]:
    for office in offices:
        for postcode in ("", *office.get("postcodes", ())):
            yield office["number"], office["municipality"], "", postcode


def _unit_of(office: Json, today: date) -> UnitRecord:
    doors = tuple(_reception_of(door, today) for door in office["receptions"])
    lines = tuple(_line_of(line, today) for line in office.get("duty_lines", ()))
    contact = ContactRecord(
        phone=read_phone(office["phone"]),
        address=doors[0].address,
        language=office.get("text_language", "nb"),
        receptions=doors,
        duty_lines=lines,
        services=tuple(sorted(office.get("services", ()))),
        languages=tuple(sorted(office["languages"])),
        restricted_reason=office.get("restricted_reason"),
        other_way_in=office.get("other_way_in"),
    )
    name = office["name"]
    return UnitRecord(
        office["number"], name, OfficeKind.LOCAL, OfficeStatus.ACTIVE, contact=contact
    )


def _reception_of(door: Json, today: date) -> ReceptionRecord:
    return ReceptionRecord(
        door.get("label"),
        Address(door["street"], door["postcode"], door["place"]),
        door.get("way_in"),
        in_order(_intervals(door["hours"], today)),
        has_step_free_entrance=door["step_free"],
        has_private_room=door["private_room"],
    )


def _line_of(line: Json, today: date) -> DutyRecord:
    return DutyRecord(
        read_phone(line["phone"]) or "",
        line["topic"],
        DutyAudience(line.get("audience", DutyAudience.PUBLIC)),
        line.get("split"),
        read_phone(line.get("after_hours_phone")),
        line.get("after_hours_note"),
        in_order(_intervals(line["hours"], today)),
    )


def _intervals(lines: Iterable[str], today: date) -> Iterator[IntervalRecord]:
    for line in lines:
        found = _HOURS.match(line)
        if found is None:
            raise ValueError(f"not hours: {line}")
        kind = OpeningKind.CLOSED if found["closed"] else OpeningKind.WALK_IN
        kind = OpeningKind.APPOINTMENT_ONLY if found["booked"] else kind
        times: Any = read_minute(found["opens"]), read_minute(found["closes"]), found["comment"]
        if found["ahead"]:
            day = _working_day(today + timedelta(days=int(found["ahead"])))
            yield IntervalRecord(None, day, kind, *times)
            continue
        first = _WEEKDAYS.index(found["first"])
        last = _WEEKDAYS.index(found["last"] or found["first"])
        yield from (IntervalRecord(day, None, kind, *times) for day in range(first, last + 1))


def _working_day(day: date) -> date:
    while day.weekday() >= _SATURDAY or holiday_on(day):
        day += timedelta(days=1)
    return day
