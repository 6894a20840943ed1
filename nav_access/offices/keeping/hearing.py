"""What an import does where the office keeps something itself: it listens, and changes nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.offices.changes import Changes
from nav_access.offices.keeping.models import KeptDay, KeptLine, KeptReasons
from nav_access.offices.keeping.told import write_line, write_lines
from nav_access.offices.models import Reception
from nav_access.offices.records import ContactRecord, Day, DutyRecord, IntervalRecord


@dataclass(frozen=True, slots=True)
class Kept:
    """All that one office keeps: days by reception, reasons, lines by number."""

    days: Mapping[int, Mapping[Day, KeptDay]] = field(default_factory=dict)
    reasons: KeptReasons | None = None
    lines: Mapping[str, KeptLine] = field(default_factory=dict)

    def days_of(self, reception: Reception) -> Mapping[Day, KeptDay]:
        """Return the days of a reception that the office wrote."""
        return self.days.get(reception.id, {})


NOTHING = Kept()


def load_kept(session: Session, office_ids: Collection[int]) -> dict[int, Kept]:
    """Return what each of these offices keeps, for those that keep anything."""
    days: dict[int, dict[int, dict[Day, KeptDay]]] = defaultdict(lambda: defaultdict(dict))
    found = select(KeptDay, Reception.office_id).join(
        Reception, Reception.id == KeptDay.reception_id
    )
    for day, office_id in session.execute(found.where(Reception.office_id.in_(office_ids))):
        days[office_id][day.reception_id][day_of(day)] = day
    reasons = select(KeptReasons).where(KeptReasons.office_id.in_(office_ids))
    reason_of = {row.office_id: row for row in session.scalars(reasons)}
    lines: dict[int, dict[str, KeptLine]] = defaultdict(dict)
    for line in session.scalars(select(KeptLine).where(KeptLine.office_id.in_(office_ids))):
        lines[line.office_id][line.phone] = line
    keeping = {*days, *reason_of, *lines}
    return {one: Kept(days.get(one, {}), reason_of.get(one), lines.get(one, {})) for one in keeping}


def day_of(kept: KeptDay) -> Day:
    """Return the weekday or date a row is about."""
    if kept.on_date is not None:
        return kept.on_date
    if kept.weekday is None:
        raise LookupError("a kept day without a day")
    return kept.weekday


def hear_day(
    changes: Changes,
    kept: KeptDay,
    told: Iterable[IntervalRecord],
    own: Iterable[IntervalRecord],
) -> None:
    """Note what the register says of a day; when it says what the office wrote, both agree."""
    text = write_lines(told)
    if text == write_lines(own):
        changes.drop(kept)
    else:
        changes.put(kept, {"told": text})


def hear_reasons(
    changes: Changes, kept: KeptReasons, contact: ContactRecord, values: dict[str, object]
) -> None:
    """Take the reasons out of what is stored, and note what the register says of them."""
    told = {
        "told_reason": values.pop("restricted_reason", None),
        "told_way": values.pop("other_way_in", None),
    }
    spoken = {"told_reason": contact.restricted_reason, "told_way": contact.other_way_in}
    changes.put(kept, {name: told[name] for name, text in spoken.items() if text is not None})


def hear_line(changes: Changes, kept: KeptLine, record: DutyRecord | None) -> None:
    """Note what the register says of a number the office keeps; None when it has it no more."""
    changes.put(kept, {"told": write_line(record) if record else None})
