"""What a change of the roster leads to: the lines as people read them, the week as staff do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.offices.codes import DutyAudience
from nav_access.offices.keeping.editing import read_office
from nav_access.offices.models import DutyLine
from nav_access.offices.roster.queries import get_cover, list_office_lines, make_week
from nav_access.web.desk.office.lines import AUDIENCES
from nav_access.web.desk.office.subjects import Look
from nav_access.web.desk.roster.forms import NoForm, YesForm
from nav_access.web.desk.roster.saying import find_gaps, say_day, say_gaps
from nav_access.web.shared.installation import now
from nav_access.web.shared.lines import LineWords, in_order, say_line
from nav_access.web.shared.templating import current_locale


@dataclass(frozen=True, slots=True)
class LinesShown:
    """An office's lines in words: for everybody, and each of the others with who may ring it."""

    office: str
    public: tuple[LineWords, ...]
    others: tuple[tuple[str, LineWords], ...]


@dataclass(frozen=True, slots=True)
class LineHead:
    """A line as the head of its column names it."""

    phone: str
    topic: str | None
    audience: DutyAudience


def _see_lines(session: Session, office_id: int, at: datetime, form: object) -> LinesShown:
    office, locale = read_office(session, office_id), current_locale()
    lines: Iterable[DutyLine] = office.duty_lines
    if isinstance(form, (YesForm, NoForm)):
        # Another office's: of its lines the one that asks is theirs to see, no other.
        lines = [get_cover(session, form.which.whole).line]
    said = [(one.audience, say_line(one, office.language, at, locale)) for one in lines]
    return LinesShown(
        office.name,
        in_order(words for audience, words in said if audience is DutyAudience.PUBLIC),
        tuple((AUDIENCES[a], words) for a, words in said if a is not DutyAudience.PUBLIC),
    )


def _see_week(session: Session, office_id: int, at: datetime, _form: object) -> dict[str, Any]:
    """Return the week of an instant and what nobody answers in the next two."""
    day, today = to_oslo(at).date(), to_oslo(now()).date()
    lines = list_office_lines(session, office_id)
    week = make_week(lines, day - timedelta(days=day.weekday()))
    return {
        "lines": [LineHead(line.phone, line.topic, line.audience) for line in lines],
        "days": [say_day(one, today) for one in week.days],
        "gaps": say_gaps(find_gaps(session, office_id, now()), today),
        "audiences": AUDIENCES,
    }


LINES = Look("lines", _see_lines, beside=_see_week)
