"""Parts of the queue's page, drawn once and shown many times: each row, and what stands over them.

A queue is looked at all day and little of it is new. What a row says follows from its values,
the day and the reader's language alone, so the same values are the same row, whoever looks.
Only how long somebody has waited is filled in each time.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import cast

from markupsafe import Markup, escape

from nav_access.core.i18n.locales import Locale
from nav_access.intake.codes import CaseStatus
from nav_access.web.desk.queue_lists import QueueList
from nav_access.web.shared.signed_in.sayings import DayWords, Sayings
from nav_access.web.shared.templating import environment_for
from nav_access.worklist.marks import NO_MARK, Mark
from nav_access.worklist.queries import QueueRow

MOST_ROWS = 2000
"""Rows kept of a day, about 3 MB: the first pages of forty offices."""

MOST_WAITS = 3000
"""Minutes whose words are kept: all of two days, in which every hour has its own."""

MOST_TOOLS = 100

_WAIT = Markup("\ue000")
_MINUTE = timedelta(minutes=1)


class Parts:
    """The parts drawn on one day in one language."""

    def __init__(self, locale: Locale, today: date) -> None:
        self._say = DayWords(locale, today)
        self.row = lru_cache(MOST_ROWS)(self._row)
        self.wait = lru_cache(MOST_WAITS)(self._wait)
        self.tools = lru_cache(MOST_TOOLS)(self._tools)

    def rows(
        self, rows: Iterable[QueueRow], me: int, now: datetime, marks: Mapping[int, Mark]
    ) -> Markup:
        """Return the rows of a queue as the reader `me` sees them."""
        pieces: list[str] = []
        for row in rows:
            mark = marks.get(row.case_id, NO_MARK) if marks else NO_MARK
            before, after = self.row(
                row, row.deadline_utc <= now, row.claimed_by == me, mark, mark.is_due(now)
            )
            pieces.append(before)
            if row.status is CaseStatus.WAITING:
                pieces.append(self.wait((now - row.unanswered_since_utc) // _MINUTE))
            pieces.append(after)
        return Markup("".join(pieces))  # noqa: S704 - drawn by our template, which escapes

    def _row(
        self, row: QueueRow, is_overdue: bool, is_mine: bool, mark: Mark, is_due: bool
    ) -> tuple[str, str]:
        """Return a row up to the words for its wait, and after them."""
        promise = self._say.promise(row.deadline_utc, is_overdue=is_overdue)
        drawn = self._draw("queue_row", row, self._say, promise, _WAIT, is_mine, mark, is_due)
        before, _, after = drawn.partition(_WAIT)
        return before, after

    def _wait(self, minutes: int) -> str:
        return escape(self._say.wait(max(minutes, 0)))

    def _tools(self, chosen: QueueList, is_wrong_number: bool) -> Markup:
        return self._draw("queue_tools", chosen, is_wrong_number, self._say)

    def _draw(self, name: str, *values: object) -> Markup:
        """Return what the macro of this name, in the template of this name, draws."""
        module = environment_for(self._say.locale).get_template(f"desk/{name}.html").module
        return cast(Callable[..., Markup], getattr(module, name))(*values)


_parts_on = lru_cache(maxsize=4)(Parts)


def parts_for(say: Sayings) -> Parts:
    """Return the parts of this day in a language; those of days gone by are let go."""
    return _parts_on(say.locale, say.today)


def forget_parts() -> None:
    """Let go of everything drawn, as a new day does."""
    _parts_on.cache_clear()
