"""Counts for those who watch over the site, in Prometheus' text format; nobody is in them.

The counters lie in memory that workers share from before they are forked, so that whichever
of them is asked tells the sum. Each writes in a row of its own.
"""

import mmap
from collections.abc import Iterator
from datetime import timedelta
from threading import Lock

from nav_access.intake.queries import CaseCounts

_ROWS = 64
_LENGTH = 512
_UNVOUCHED = 0
"""Statuses stand at their own number, and there is none below 100."""

_shared = memoryview(mmap.mmap(-1, _ROWS * _LENGTH * 8)).cast("Q")
_lock = Lock()


class _Row:
    start = 0


def count_as_worker(number: int) -> None:
    """Count from now on in the row of this worker."""
    _Row.start = number % _ROWS * _LENGTH


def count_answer(status: int) -> None:
    """Count one answer that a page made."""
    _count(status if 100 <= status < _LENGTH else 500)


def count_unvouched() -> None:
    """Count one request through a proxy that no setting names."""
    _count(_UNVOUCHED)


def write_metrics(cases: CaseCounts, outbox_age: timedelta) -> str:
    """Return this site's answers, the database's cases and the age of its outbox as text."""
    age = int(outbox_age.total_seconds())
    said = "Seconds the oldest unsent message has waited."
    lines = [*_lines(cases), *_gauge("nav_outbox_oldest_seconds", said, age)]
    return "".join(f"{line}\n" for line in lines)


def _count(column: int) -> None:
    with _lock:
        _shared[_Row.start + column] += 1


def _total(column: int) -> int:
    return sum(_shared[column::_LENGTH])


def _lines(cases: CaseCounts) -> Iterator[str]:
    yield "# HELP nav_answers_total Answers that pages made, by status."
    yield "# TYPE nav_answers_total counter"
    for status in range(100, _LENGTH):
        if total := _total(status):
            yield f'nav_answers_total{{status="{status}"}} {total}'
    yield "# HELP nav_unvouched_total Requests through a proxy that NAV_TRUSTED_PROXY lacks."
    yield "# TYPE nav_unvouched_total counter"
    yield f"nav_unvouched_total {_total(_UNVOUCHED)}"
    yield from _gauge("nav_cases_waiting", "Cases nobody has answered.", cases.waiting)
    yield from _gauge("nav_cases_overdue", "Those past their promised time.", cases.overdue)


def _gauge(name: str, meaning: str, value: int) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} gauge"
    yield f"{name} {value}"
