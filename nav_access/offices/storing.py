"""Bringing one unit's rows in line with what a file says of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from nav_access.offices.changes import Changes
from nav_access.offices.keeping.hearing import (
    NOTHING,
    Kept,
    hear_day,
    hear_line,
    hear_reasons,
)
from nav_access.offices.keeping.models import KeptDay
from nav_access.offices.keeping.told import opening_of, record_of
from nav_access.offices.models import DutyInterval, DutyLine, Office, OpeningInterval, Reception
from nav_access.offices.records import (
    ContactRecord,
    Day,
    DutyRecord,
    IntervalRecord,
    ReceptionRecord,
)


def store_contact(
    changes: Changes, office: Office, contact: ContactRecord, kept: Kept = NOTHING
) -> None:
    """Bring an office's address, phones, receptions, hours and services in line with a file.

    What the office keeps itself stays; what the file says of it is noted beside it.
    """
    values = _plain_values(contact)
    if kept.reasons is not None:
        hear_reasons(changes, kept.reasons, contact, values)
    changes.put(office, values)
    if contact.receptions is not None:
        _store_receptions(changes, office, contact.receptions, kept)
    if contact.duty_lines is not None:
        _store_lines(changes, office, contact.duty_lines, kept)


def _plain_values(contact: ContactRecord) -> dict[str, object]:
    values: dict[str, object] = {
        "phone": contact.phone,
        "phone_comment": contact.phone_comment,
        "email": contact.email,
        "street": contact.address.street,
        "postcode": contact.address.postcode,
        "place": contact.address.place,
        "postal_address": contact.postal_address,
        "language": contact.language,
        "information": contact.information,
    }
    values |= _told(contact, "services", "languages", "restricted_reason", "other_way_in")
    if contact.services is not None or contact.services_note:
        values["services_note"] = contact.services_note
    return values


def _store_receptions(
    changes: Changes, office: Office, records: Sequence[ReceptionRecord], kept: Kept
) -> None:
    known = list(office.receptions)
    for position, record in enumerate(records):
        reception = _take_same(known, record)
        if reception is None:
            reception = Reception(openings=[])
            changes.join(office.receptions, reception)
        changes.put(reception, _reception_values(record) | {"position": position})
        _store_openings(changes, reception, record, kept.days_of(reception))
    for gone in known:
        _let_go(changes, office, gone, kept.days_of(gone))


def _let_go(changes: Changes, office: Office, gone: Reception, kept: Mapping[Day, KeptDay]) -> None:
    """Remove a reception a file has no more, unless the office itself has written its hours."""
    if not kept:
        changes.leave(office.receptions, gone)
        return
    own = [record_of(opening) for opening in gone.openings]
    for day, row in kept.items():
        hear_day(changes, row, (), [line for line in own if line.day == day])


def _take_same(known: list[Reception], record: ReceptionRecord) -> Reception | None:
    """Take the stored reception a record is about: same label and street, or the next one."""
    key = record.label, record.address.street
    same = [reception for reception in known if (reception.label, reception.street) == key]
    taken = next(iter(same or known), None)
    if taken is not None:
        known.remove(taken)
    return taken


def _reception_values(record: ReceptionRecord) -> dict[str, object]:
    values: dict[str, object] = {
        "label": record.label,
        "street": record.address.street,
        "postcode": record.address.postcode,
        "place": record.address.place,
        "way_in": record.way_in,
    }
    return values | _told(record, "has_step_free_entrance", "has_private_room")


def _told(record: object, *names: str) -> dict[str, object]:
    """Return the fields a file speaks of."""
    values = {name: getattr(record, name) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def _store_openings(
    changes: Changes, reception: Reception, record: ReceptionRecord, kept: Mapping[Day, KeptDay]
) -> None:
    stored: dict[Day | None, list[OpeningInterval]] = defaultdict(list)
    for opening in reception.openings:
        stored[record_of(opening).day].append(opening)
    told: dict[Day | None, list[IntervalRecord]] = defaultdict(list)
    for interval in record.intervals:
        told[interval.day].append(interval)
    for day in {*stored, *told, *kept}:
        if day in record.doubtful and (stored[day] or day in kept):
            continue
        if day is not None and day in kept:
            hear_day(changes, kept[day], told[day], map(record_of, stored[day]))
        else:
            _store_day(changes, reception, stored[day], told[day])


def _store_day(
    changes: Changes,
    reception: Reception,
    stored: Sequence[OpeningInterval],
    told: Iterable[IntervalRecord],
) -> None:
    wanted = list(told)
    for opening in stored:
        if (same := record_of(opening)) in wanted:
            wanted.remove(same)
        else:
            changes.leave(reception.openings, opening)
    for record in wanted:
        changes.join(reception.openings, opening_of(record))


def _store_lines(
    changes: Changes, office: Office, records: Sequence[DutyRecord], kept: Kept
) -> None:
    """Follow the file for imported lines; the office's own lines, and their hours, are left."""
    told = {record.phone: record for record in records}
    for phone, row in kept.lines.items():
        hear_line(changes, row, told.get(phone))
    known = {line.phone: line for line in office.duty_lines if line.is_imported}
    own = {line.phone for line in office.duty_lines if not line.is_imported}
    for position, record in enumerate(records):
        if record.phone in own or record.phone in kept.lines:
            continue
        line = known.pop(record.phone, None) or _new_line(changes, office, record)
        changes.put(line, _line_values(record) | {"position": position})
        if record.intervals is not None:
            _store_line_hours(changes, line, record.intervals)
    for gone in known.values():
        changes.leave(office.duty_lines, gone)


def _line_values(record: DutyRecord) -> dict[str, object]:
    values: dict[str, object] = {"topic": record.topic, "audience": record.audience}
    return values | _told(record, "split", "after_hours_phone", "after_hours_note")


def _store_line_hours(changes: Changes, line: DutyLine, records: Iterable[IntervalRecord]) -> None:
    wanted = {(r.weekday, r.on_date, r.opens_minute, r.closes_minute): r for r in records}
    for stored in list(line.intervals):
        key = stored.weekday, stored.on_date, stored.opens_minute, stored.closes_minute
        if wanted.pop(key, None) is None:
            changes.leave(line.intervals, stored)
    for weekday, on_date, opens, closes in wanted:
        interval = DutyInterval(
            weekday=weekday, on_date=on_date, opens_minute=opens, closes_minute=closes
        )
        changes.join(line.intervals, interval)


def _new_line(changes: Changes, office: Office, record: DutyRecord) -> DutyLine:
    line = DutyLine(phone=record.phone, is_imported=True, intervals=[])
    changes.join(office.duty_lines, line)
    return line
