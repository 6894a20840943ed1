"""Capacity for the sample's made-up offices, so that there are times to try booking with."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.appointments.codes import Purpose
from nav_access.appointments.models import BookingTerms, CapacityRule
from nav_access.offices.lenient import read_minute
from nav_access.offices.models import Office
from nav_access.offices.service import SAMPLE

_LINE = re.compile(
    r"^(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))? (?P<starts>[\d:]+)-(?P<ends>[\d:]+)"
    r" (?P<public>\d+)/(?P<internal>\d+)/(?P<private>\d+)$"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def load_sample_capacity(session: Session) -> int:
    """Give the sample's offices capacity where they have none; return how many got it."""
    sample = tomllib.loads((files(__package__) / "sample.toml").read_text(encoding="utf-8"))
    offices = {office["number"]: office for office in sample["offices"]}
    is_ours = Office.source == SAMPLE, Office.number.in_(offices)
    rows = session.execute(select(Office.number, Office.id).where(*is_ours)).all()
    return sum(_load(session, sample, offices[number], office_id) for number, office_id in rows)


def _load(session: Session, sample: Any, office: Any, office_id: int) -> int:
    has_terms = select(BookingTerms.id).where(BookingTerms.office_id == office_id).limit(1)
    if session.scalar(has_terms) is not None:
        return 0
    for purpose in Purpose:
        if purpose.value in office:
            terms = sample[purpose.value]
            session.add(BookingTerms(office_id=office_id, purpose=purpose, **terms))
            session.add_all(_rules(office_id, purpose, office[purpose.value]))
    session.flush()
    return 1


def _rules(office_id: int, purpose: Purpose, lines: list[str]) -> Iterator[CapacityRule]:
    for line in lines:
        found = _LINE.match(line)
        if found is None:
            raise ValueError(f"not capacity: {line}")
        first = _WEEKDAYS.index(found["first"])
        last = _WEEKDAYS.index(found["last"] or found["first"])
        for weekday in range(first, last + 1):
            yield CapacityRule(
                office_id=office_id,
                purpose=purpose,
                weekday=weekday,
                starts_minute=read_minute(found["starts"]),
                ends_minute=read_minute(found["ends"]),
                public_seats=int(found["public"]),
                internal_seats=int(found["internal"]),
                private_rooms=int(found["private"]),
            )
