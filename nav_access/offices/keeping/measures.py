"""What an office does to make up for few opening hours: written down, ended, kept to be counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from nav_access.offices.keeping.codes import MeasureKind
from nav_access.offices.keeping.editing import Editor, claim, note
from nav_access.offices.keeping.errors import MeasureMakesNoSense, NotOfThisOffice
from nav_access.offices.keeping.models import Measure

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """A measure in the office's own words; days are Norwegian ones, both included."""

    kind: MeasureKind
    words: str
    from_date: date
    until_date: date | None = None


def add_measure(session: Session, editor: Editor, new: NewMeasure, *, now: datetime) -> bool:
    """Write a measure down; say whether anything changed.

    Raises MeasureMakesNoSense or OfficeChanged.
    """
    if not new.words.strip() or (new.until_date and new.until_date < new.from_date):
        raise MeasureMakesNoSense
    if any(_says(row, new) for row in list_measures(session, editor.office_id)):
        return False
    claim(session, editor)
    session.add(
        Measure(
            office_id=editor.office_id,
            kind=new.kind,
            words=new.words.strip(),
            from_date=new.from_date,
            until_date=new.until_date,
            written_utc=now,
        )
    )
    note(session, editor, "measure_written", now, {"kind": new.kind})
    return True


def end_measure(
    session: Session, editor: Editor, measure_id: int, *, today: date, now: datetime
) -> bool:
    """End a measure: yesterday was its last day; one that has not begun is taken away.

    One that began today lasts today. Says whether anything changed.
    """
    row = session.get(Measure, measure_id)
    if row is None:
        return False
    if row.office_id != editor.office_id:
        raise NotOfThisOffice
    if row.until_date is not None and row.until_date < today:
        return False
    is_new_today = row.from_date == today
    if is_new_today and row.until_date == today:
        return False
    claim(session, editor)
    if row.from_date > today:
        session.delete(row)
    else:
        row.until_date = today if is_new_today else today - A_DAY
    note(session, editor, "measure_ended", now, {"measure": measure_id})
    return True


def list_measures(session: Session, office_id: int) -> Sequence[Measure]:
    """Return every measure of an office, the newest first."""
    found = select(Measure).where(Measure.office_id == office_id)
    return session.scalars(found.order_by(Measure.from_date.desc(), Measure.id.desc())).all()


def list_measures_on(
    session: Session, day: date, office_ids: Collection[int] | None = None
) -> Sequence[Measure]:
    """Return the measures that hold on a day, oldest first; of all offices unless named."""
    return list_measures_between(session, day, day, office_ids)


def list_measures_between(
    session: Session, first: date, last: date, office_ids: Collection[int] | None = None
) -> Sequence[Measure]:
    """Return the measures that hold on one of some days at least, oldest first."""
    found = select(Measure).where(
        Measure.from_date <= last,
        or_(Measure.until_date.is_(None), Measure.until_date >= first),
    )
    if office_ids is not None:
        found = found.where(Measure.office_id.in_(office_ids))
    return session.scalars(found.order_by(Measure.from_date, Measure.id)).all()


def _says(row: Measure, new: NewMeasure) -> bool:
    told = row.kind, row.words, row.from_date, row.until_date
    return told == (new.kind, new.words.strip(), new.from_date, new.until_date)
