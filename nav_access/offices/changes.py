"""Writing only what differs, and counting it: a second run of the same file writes 0 rows."""

from collections.abc import Mapping, MutableSequence
from typing import TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from nav_access.core.orm import Base
from nav_access.offices.models import OfficeDataVersion
from nav_access.offices.records import ImportReport

Row = TypeVar("Row", bound=Base)


class Changes:
    """What one step of an import changes. Never flushes, so that a dry run can share it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.rows = 0
        self._touched: set[int] = set()

    def put(self, row: Base, values: Mapping[str, object]) -> None:
        """Set the columns of a row that differ from `values`."""
        different = {key: value for key, value in values.items() if getattr(row, key) != value}
        for key, value in different.items():
            setattr(row, key, value)
        if different and inspect(row).persistent and id(row) not in self._touched:
            self._touched.add(id(row))
            self.rows += 1

    def add(self, row: Base) -> None:
        """Write a new row."""
        self.session.add(row)
        self.rows += 1

    def drop(self, row: Base) -> None:
        """Remove a row that stands alone."""
        self.session.delete(row)
        self.rows += 1

    def join(self, rows: MutableSequence[Row], row: Row) -> None:
        """Write a new row as one more of its parent's."""
        rows.append(row)
        self.rows += 1

    def leave(self, rows: MutableSequence[Row], row: Row) -> None:
        """Remove a row from its parent's; without a parent it is deleted."""
        rows.remove(row)
        self.rows += 1


def bump_data_version(session: Session) -> int:
    """Raise the number that caches of office pages compare, and return it."""
    kept = session.scalars(select(OfficeDataVersion).with_for_update()).one_or_none()
    if kept is None:
        kept = OfficeDataVersion(id=1, version=0)
        session.add(kept)
    kept.version += 1
    session.flush()
    return kept.version


def finish(
    session: Session, changes: Changes, report: ImportReport, *, is_check: bool
) -> ImportReport:
    """Count a step's rows into its report, and tell caches unless it was only a check."""
    report.rows += changes.rows
    if changes.rows and not is_check:
        bump_data_version(session)
    return report
