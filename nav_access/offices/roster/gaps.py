"""Gaps: when an office offers or promises something and nobody answers its lines.

All is reckoned in real time, so that an hour a clock change leaves out is no gap and one that
comes twice is two hours. Pure: the desk shows it two weeks ahead, statistics may count it back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from nav_access.offices.roster.codes import GapReason
from nav_access.offices.rules import OfficeHours
from nav_access.offices.spans import Span, spans_of
from nav_access.offices.staffed import DEFAULT_LINE, Hours

Wanted = Mapping[GapReason, Sequence[Span]]
"""When somebody ought to answer, and why. Each sequence may be in any order, and overlap."""

DAYS_AHEAD = 14


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of real time in which nobody answers, and all that is offered then."""

    span: Span
    reasons: frozenset[GapReason]

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return (self.span.ends - self.span.starts) // timedelta(minutes=1)


def find_gaps(wanted: Wanted, staffed: Iterable[Span]) -> tuple[Gap, ...]:
    """Return the gaps in order; those that touch are one."""
    gaps: list[Gap] = []
    for piece in _pieces(wanted, list(staffed)):
        if gaps and gaps[-1].span.ends == piece.span.starts:
            before = gaps.pop()
            whole = Span(before.span.starts, piece.span.ends)
            gaps.append(Gap(whole, before.reasons | piece.reasons))
        else:
            gaps.append(piece)
    return tuple(gaps)


def _pieces(wanted: Wanted, staffed: Sequence[Span]) -> Iterator[Gap]:
    """Yield the unanswered stretches between one change of anything and the next."""
    steps: dict[datetime, list[tuple[GapReason | None, int]]] = {}
    told = [(None, staffed), *wanted.items()]
    for reason, spans in told:
        for span in spans:
            steps.setdefault(span.starts, []).append((reason, 1))
            steps.setdefault(span.ends, []).append((reason, -1))
    depth: dict[GapReason | None, int] = {reason: 0 for reason, _ in told}
    for at, following in pairwise(sorted(steps)):
        for reason, step in steps[at]:
            depth[reason] += step
        reasons = frozenset(reason for reason in depth if reason and depth[reason])
        if reasons and not depth[None]:
            yield Gap(Span(at, following), reasons)


def find_gaps_ahead(
    lines: Sequence[Hours],
    doors: OfficeHours,
    first: date,
    days: int = DAYS_AHEAD,
    *,
    callbacks: Iterable[Span] = (),
    since: datetime | None = None,
) -> tuple[Gap, ...]:
    """Return an office's gaps in so many days: `lines` against its doors and its promises.

    `callbacks` are the times it has published to be rung in. With `since`, what is past is left
    out. A day's promise is weekdays 09:00-15:00, which is what people are told everywhere.
    """
    gaps = find_gaps(what_is_wanted(doors, first, days, callbacks), answered(lines, first, days))
    return gaps if since is None else tuple(_after(gaps, since))


def what_is_wanted(doors: OfficeHours, first: date, days: int, callbacks: Iterable[Span]) -> Wanted:
    """Return when somebody ought to answer for an office in so many days, and why."""
    ahead = _days(first, days)
    return {
        GapReason.PROMISE: _spans(ahead, DEFAULT_LINE),
        GapReason.OPEN_DOOR: [
            span
            for hours in doors.receptions
            for day in ahead
            for span in hours.hours_on(day).spans
        ],
        GapReason.CALLBACK: list(callbacks),
    }


def answered(lines: Iterable[Hours], first: date, days: int) -> list[Span]:
    """Return when some line is staffed in so many days."""
    ahead = _days(first, days)
    return [span for line in lines for span in _spans(ahead, line)]


def _days(first: date, days: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(days)]


def _spans(days: Iterable[date], line: Hours) -> list[Span]:
    return [span for day in days for span in spans_of(day, line.intervals_on(day))]


def _after(gaps: Iterable[Gap], since: datetime) -> Iterator[Gap]:
    for gap in gaps:
        if gap.span.ends > since:
            yield Gap(Span(max(since, gap.span.starts), gap.span.ends), gap.reasons)
