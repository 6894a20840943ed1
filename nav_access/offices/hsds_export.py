"""Offices as HSDS 3: one organisation an office, one location a reception. Public facts only."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from nav_access.offices.codes import DutyAudience, OpeningKind
from nav_access.offices.hsds import BY_APPOINTMENT
from nav_access.offices.models import Office, OpeningInterval, Reception

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
COUNTRY = "NO"


def hsds_page(offices: Sequence[Office], today: date) -> dict[str, Any]:
    """Return offices as one page of HSDS contents; dated hours from `today` on."""
    contents = [_organisation(office, today) for office in offices]
    return {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }


def _organisation(office: Office, today: date) -> dict[str, Any]:
    return _without_nothing(
        {
            "id": _id(office.number),
            "name": office.name,
            "description": office.information or office.name,
            "email": office.email,
            "phones": list(_phones(office)),
            "locations": [_location(office, reception, today) for reception in office.receptions],
            "organization_identifiers": [
                {
                    "id": _id(office.number, "number"),
                    "identifier_type": "enhetNr",
                    "identifier": office.number,
                }
            ],
            "services": [_service(office, code) for code in office.services],
        }
    )


def _phones(office: Office) -> Iterable[dict[str, Any]]:
    shown = [(office.phone, office.phone_comment)]
    public = (line for line in office.duty_lines if line.audience is DutyAudience.PUBLIC)
    shown += [(line.phone, line.topic) for line in public]
    for number, description in shown:
        if number:
            phone = {"id": _id(office.number, number), "number": number, "type": "voice"}
            yield _without_nothing(phone | {"description": description})


def _service(office: Office, code: str) -> dict[str, Any]:
    return {"id": _id(office.number, code), "name": code, "status": "active"}


def _location(office: Office, reception: Reception, today: date) -> dict[str, Any]:
    key = f"reception-{reception.position}"
    entrance = "Step-free entrance." if reception.has_step_free_entrance else None
    return _without_nothing(
        {
            "id": _id(office.number, key),
            "organization_id": _id(office.number),
            "location_type": "physical",
            "name": reception.label or office.name,
            "transportation": reception.way_in,
            "addresses": [_address(office, reception, key)],
            "languages": [
                {"id": _id(office.number, key, code), "code": code} for code in office.languages
            ],
            "accessibility": [{"id": _id(office.number, key, "a"), "description": entrance}]
            if entrance
            else [],
            "schedules": list(_schedules(office, reception, key, today)),
        }
    )


def _address(office: Office, reception: Reception, key: str) -> dict[str, Any]:
    return {
        "id": _id(office.number, key, "address"),
        "address_1": reception.street or "",
        "city": reception.place or "",
        "state_province": "",
        "postal_code": reception.postcode or "",
        "country": COUNTRY,
        "address_type": "physical",
    }


def _schedules(
    office: Office, reception: Reception, key: str, today: date
) -> Iterable[dict[str, Any]]:
    weekly = [o for o in reception.openings if o.weekday is not None]
    for number, (_, found) in enumerate(groupby(sorted(weekly, key=_alike), key=_alike)):
        openings = list(found)
        days = ",".join(DAYS[o.weekday] for o in openings if o.weekday is not None)
        when = {"freq": "WEEKLY", "byday": days}
        yield _schedule(_id(office.number, key, f"w{number}"), openings[0], when)
    dated = [o for o in reception.openings if o.on_date is not None and o.on_date >= today]
    for number, opening in enumerate(sorted(dated, key=lambda o: (str(o.on_date), _alike(o)))):
        when = {"dtstart": str(opening.on_date)}
        yield _schedule(_id(office.number, key, f"{opening.on_date}-{number}"), opening, when)


def _alike(opening: OpeningInterval) -> tuple[str, int, int, str]:
    opens, closes = opening.opens_minute or 0, opening.closes_minute or 0
    return opening.kind, opens, closes, opening.comment or ""


def _schedule(key: str, opening: OpeningInterval, when: dict[str, str]) -> dict[str, Any]:
    is_booked = opening.kind is OpeningKind.APPOINTMENT_ONLY
    return _without_nothing(
        {
            "id": key,
            **when,
            "opens_at": clock_face(opening.opens_minute),
            "closes_at": clock_face(opening.closes_minute),
            "description": opening.comment,
            "attending_type": BY_APPOINTMENT if is_booked else None,
        }
    )


def clock_face(minute: int | None) -> str | None:
    """Return a minute of the day as «09:00», local time in Norway."""
    return None if minute is None else f"{minute // 60:02}:{minute % 60:02}"


def _id(*parts: str) -> str:
    """Return an identifier that stays the same from export to export."""
    return str(uuid5(NAMESPACE_URL, "nav-access:" + "|".join(parts)))


def _without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, [], "")}
