"""Bringing one unit's rows in line with what a file says of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from nav_access.offices.changes import Changes
from nav_access.offices.models import DutyInterval, DutyLine, Office, OpeningInterval, Reception
from nav_access.offices.records import (
    ContactRecord,
    Day,
    DutyRecord,
    IntervalRecord,
    ReceptionRecord,
)


def store_contact(changes: Changes, office: Office, contact: ContactRecord) -> None:
    """Bring an office's address, phones, receptions, hours and services in line with a file."""
    changes.put(office, _plain_values(contact))
    if contact.receptions is not None:
        _store_receptions(changes, office, contact.receptions)
    if contact.duty_lines is not None:
        _store_lines(changes, office, contact.duty_lines)


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


def _store_receptions(changes: Changes, office: Office, records: Sequence[ReceptionRecord]) -> None:
    known = list(office.receptions)
    for position, record in enumerate(records):
        reception = _take_same(known, record)
        if reception is None:
            reception = Reception(openings=[])
            changes.join(office.receptions, reception)
        changes.put(reception, _reception_values(record) | {"position": position})
        _store_openings(changes, reception, record)
    for gone in known:
        changes.leave(office.receptions, gone)


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


def _store_openings(changes: Changes, reception: Reception, record: ReceptionRecord) -> None:
    stored: dict[Day | None, list[OpeningInterval]] = defaultdict(list)
    for opening in reception.openings:
        stored[_record_of(opening).day].append(opening)
    told: dict[Day | None, list[IntervalRecord]] = defaultdict(list)
    for interval in record.intervals:
        told[interval.day].append(interval)
    for day in {*stored, *told}:
        if day in record.doubtful and stored[day]:
            continue
        _store_day(changes, reception, stored[day], told[day])


def _store_day(
    changes: Changes,
    reception: Reception,
    stored: Sequence[OpeningInterval],
    told: Iterable[IntervalRecord],
) -> None:
    wanted = list(told)
    for opening in stored:
        if (same := _record_of(opening)) in wanted:
            wanted.remove(same)
        else:
            changes.leave(reception.openings, opening)
    for record in wanted:
        changes.join(reception.openings, _opening_of(record))


def _record_of(opening: OpeningInterval) -> IntervalRecord:
    return IntervalRecord(
        opening.weekday,
        opening.on_date,
        opening.kind,
        opening.opens_minute,
        opening.closes_minute,
        opening.comment,
    )


def _opening_of(record: IntervalRecord) -> OpeningInterval:
    return OpeningInterval(
        weekday=record.weekday,
        on_date=record.on_date,
        kind=record.kind,
        opens_minute=record.opens_minute,
        closes_minute=record.closes_minute,
        comment=record.comment,
    )


def _store_lines(changes: Changes, office: Office, records: Sequence[DutyRecord]) -> None:
    """Follow the file for imported lines; the office's own lines, and their hours, are left."""
    known = {line.phone: line for line in office.duty_lines if line.is_imported}
    own = {line.phone for line in office.duty_lines if not line.is_imported}
    for position, record in enumerate(records):
        if record.phone in own:
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
