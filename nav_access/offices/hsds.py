"""Reading HSDS 3: an organisation or a service with its locations becomes offices."""

import re
from collections.abc import Iterable
from datetime import date

from nav_access.offices.codes import OfficeKind, OfficeStatus, OpeningKind
from nav_access.offices.lenient import (
    Json,
    read_date,
    read_line,
    read_list,
    read_minute,
    read_object,
    read_phone,
    read_text,
)
from nav_access.offices.norg_hours import in_order
from nav_access.offices.records import (
    Address,
    ContactRecord,
    Day,
    IntervalRecord,
    Note,
    NoteCode,
    ReceptionRecord,
    UnitRecord,
)

_DAYS = {name: n for n, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_NORWAYS_OFFSET = re.compile(r"\+0[12]:?00$")
BY_APPOINTMENT = "by appointment"
"""How our own export marks hours that are not for walking in (`attending_type`)."""
_UNCOUNTED = ("byweekno", "bymonthday", "byyearday")


def read_organisation(item: Json, today: date, notes: list[Note]) -> tuple[UnitRecord, ...]:
    """Return an office for each location; contact persons are never read."""
    services = read_list(item.get("services")) or [item]
    organisation = read_object(item.get("organization")) or item
    name = read_line(organisation.get("name")) or "?"
    places = _locations(item, services)
    if not places:
        notes.append(Note(NoteCode.NOT_A_UNIT, name, "locations"))
    return tuple(
        _read_location(place, name, len(places) > 1, (item, organisation, *services), today, notes)
        for place in places.values()
    )


def _locations(item: Json, services: Iterable[Json]) -> dict[str, Json]:
    places = read_list(item.get("locations"))
    for service in services:
        for link in read_list(service.get("service_at_locations")):
            places.append(read_object(link.get("location")))
    return {key: place for place in places if (key := read_line(place.get("id"), 40))}


def _read_location(
    place: Json,
    organisation: str,
    is_one_of_many: bool,
    around: tuple[Json, ...],
    today: date,
    notes: list[Note],
) -> UnitRecord:
    number, label = read_line(place.get("id"), 40) or "?", read_line(place.get("name"))
    phone = _first(place, around, "phones")
    hours, doubtful = _read_schedules(_all(place, around, "schedules"), number, today, notes)
    contact = ContactRecord(
        phone=read_phone(phone.get("number")),
        phone_comment=read_text(phone.get("description")),
        email=next((mail for one in around if (mail := read_line(one.get("email"), 254))), None),
        address=_read_address(place),
        language="en",
        information=read_text(place.get("description")),
        receptions=(ReceptionRecord(label, _read_address(place), _way_in(place), hours, doubtful),),
        services_note="\n".join(_service_names(around)) or None,
        languages=_languages(place, around),
    )
    name = f"{organisation} – {label}" if is_one_of_many and label else organisation
    return UnitRecord(number, name[:200], OfficeKind.LOCAL, OfficeStatus.ACTIVE, contact=contact)


def _all(place: Json, around: Iterable[Json], key: str) -> list[Json]:
    """Return a location's own entries, or else those of the nearest thing around it."""
    return next((found for one in (place, *around) if (found := read_list(one.get(key)))), [])


def _first(place: Json, around: Iterable[Json], key: str) -> Json:
    return read_object(_all(place, around, key))


def _languages(place: Json, around: Iterable[Json]) -> tuple[str, ...]:
    entries = _all(place, around, "languages")
    codes = (read_line(entry.get("code"), 10) for entry in entries)
    return tuple(sorted({code.replace(" ", "") for code in codes if code}))


def _service_names(around: Iterable[Json]) -> list[str]:
    names = (read_line(one.get("name")) for one in around if one.get("status"))
    return list(dict.fromkeys(name for name in names if name))


def _way_in(place: Json) -> str | None:
    texts = [read_text(place.get("transportation"))]
    texts += [
        read_text(entry.get("description")) for entry in read_list(place.get("accessibility"))
    ]
    return "\n".join(filter(None, texts)) or None


def _read_address(place: Json) -> Address:
    entries = read_list(place.get("addresses"))
    visited = [entry for entry in entries if entry.get("address_type") != "postal"] or entries
    written = read_object(visited)
    lines = (read_line(written.get(key)) for key in ("address_1", "address_2"))
    return Address(
        ", ".join(filter(None, lines))[:200] or None,
        read_line(written.get("postal_code"), 10),
        read_line(written.get("city"), 100),
    )


def _read_schedules(
    schedules: Iterable[Json], number: str, today: date, notes: list[Note]
) -> tuple[tuple[IntervalRecord, ...], frozenset[Day]]:
    intervals: list[IntervalRecord] = []
    doubtful: set[Day] = set()
    for schedule in schedules:
        days, problem = _read_days(schedule, today)
        opens, closes, doubt = _read_times(schedule)
        if problem or doubt:
            notes.append(Note(problem or doubt or NoteCode.BAD_TIME, number, _written(schedule)))
            doubtful.update(days)
            continue
        intervals += [_interval(day, schedule, opens, closes) for day in days]
    return in_order(intervals), frozenset(doubtful)


def _read_times(schedule: Json) -> tuple[int | None, int | None, NoteCode | None]:
    written = schedule.get("opens_at"), schedule.get("closes_at")
    if not any(written):
        return None, None, None
    opens, closes = _read_clock(written[0]), _read_clock(written[1])
    if opens is None or closes is None:
        return None, None, NoteCode.BAD_TIME
    return (opens, closes, None) if opens < closes else (None, None, NoteCode.END_BEFORE_START)


def _read_clock(value: object) -> int | None:
    """Return a time of day in Norway; one of another zone, UTC too, is not guessed at."""
    return read_minute(_NORWAYS_OFFSET.sub("", read_line(value) or ""))


def _read_days(schedule: Json, today: date) -> tuple[list[Day], NoteCode | None]:
    """Return the weekdays of a weekly schedule, or the one date of a schedule that repeats not."""
    ends = [read_date(schedule.get(key)) for key in ("valid_to", "until")]
    begins = read_date(schedule.get("valid_from"))
    if any(day < today for day in ends if day) or (begins and begins > today):
        return [], NoteCode.NOT_IN_FORCE
    first = read_date(schedule.get("dtstart"))
    if not schedule.get("freq") and first:
        return [first], None
    days = [_DAYS.get(day.strip()) for day in (read_line(schedule.get("byday")) or "").split(",")]
    is_weekly = schedule.get("freq") == "WEEKLY" and schedule.get("interval") in {None, 1}
    if not is_weekly or None in days or any(schedule.get(key) for key in _UNCOUNTED):
        return [], NoteCode.UNCOUNTABLE
    return [day for day in days if day is not None], None


def _interval(day: Day, schedule: Json, opens: int | None, closes: int | None) -> IntervalRecord:
    kind = OpeningKind.CLOSED if opens is None else OpeningKind.WALK_IN
    if (read_line(schedule.get("attending_type")) or "").casefold() == BY_APPOINTMENT:
        kind = OpeningKind.APPOINTMENT_ONLY
    return IntervalRecord(
        day if isinstance(day, int) else None,
        day if isinstance(day, date) else None,
        kind,
        opens,
        closes,
        read_text(schedule.get("description")),
    )


def _written(schedule: Json) -> str:
    keys = ("freq", "byday", "dtstart", "valid_to", "until", "opens_at", "closes_at")
    return " ".join(text for key in keys if (text := read_line(schedule.get(key), 20)))
