"""Long work in pieces: each its own commit, with progress, to be stopped and run again."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click

from nav_access.core.db import Database, Session
from nav_access.offices.records import ImportReport

Item = TypeVar("Item")
Step = Callable[[Session, Sequence[Item]], ImportReport]


@contextmanager
def open_step(database: Database, *, is_check: bool) -> Iterator[Session]:
    """Open one step's session: a unit of work, or one that forgets when only checking."""
    if not is_check:
        with database.unit_of_work() as session:
            yield session
        return
    with database.read_session() as session, session.no_autoflush:
        yield session


def run_in_batches(
    database: Database,
    items: Sequence[Item],
    step: Step[Item],
    *,
    size: int,
    is_check: bool,
    label: str,
) -> ImportReport:
    """Run a step over the items, `size` at a time; what is done stays done when stopped."""
    report = ImportReport()
    with click.progressbar(length=len(items), label=label) as bar:
        for start in range(0, len(items), size):
            batch = items[start : start + size]
            with open_step(database, is_check=is_check) as session:
                report.add(step(session, batch))
            bar.update(len(batch))
    return report
