"""The contact centre's messages to offices: how many, how soon a named person had read them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median_high

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.intake.centre.models import CentreMessage
from nav_access.intake.models import Case
from nav_access.intake.protected.gate import is_for_everybody
from nav_access.stats.by_office import OfficeLines, tell_offices
from nav_access.stats.hiding import Count, Figure, Told
from nav_access.stats.periods import Period
from nav_access.stats.scope import Scope


class Fate(StrEnum):
    """What became of a message; each is one of these, in the order of the columns."""

    IN_TIME = "in_time"
    """Acknowledged before anybody was told that it waits."""
    ESCALATED = "escalated"
    """Acknowledged after it had gone up the office's ladder."""
    UNREAD = "unread"
    """Not acknowledged so far."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Minutes from a message to its acknowledgement."""

    median: int
    worst: int


@dataclass(frozen=True, slots=True)
class MessageCounts:
    """Messages by office and fate; `waits` by office, and of all, where enough people are told."""

    offices: OfficeLines
    waits: Mapping[int, Waits]
    all_waits: Waits | None


@dataclass(frozen=True, slots=True)
class _Message:
    case_id: int
    fate: Fate
    minutes: int | None


def count_messages(session: Session, scope: Scope, period: Period) -> MessageCounts:
    """Count the messages sent in a period, at the office that has the case now."""
    found = _list_messages(session, scope, period)
    counts = {office_id: [_count(of, fate) for fate in Fate] for office_id, of in found.items()}
    told = tell_offices(session, scope, counts, len(Fate))
    listed = {office.id for office, line in told.lines if _is_told(line.figures)}
    waits = {id_: _wait(found[id_]) for id_ in listed if id_ in found}
    whole = [message for of in found.values() for message in of]
    return MessageCounts(told, waits, _wait(whole) if _is_told(told.total.figures) else None)


def _list_messages(session: Session, scope: Scope, period: Period) -> dict[int, list[_Message]]:
    rows = session.execute(
        select(
            Case.office_id,
            Case.id,
            CentreMessage.sent_utc,
            CentreMessage.acknowledged_utc,
            CentreMessage.step,
        )
        .join(Case, Case.id == CentreMessage.case_id)
        .where(CentreMessage.sent_utc >= period.since, CentreMessage.sent_utc < period.until)
        .where(scope.holds(Case.office_id), is_for_everybody())
    )
    found: dict[int, list[_Message]] = defaultdict(list)
    for office_id, case_id, sent, read, step in rows:
        found[office_id].append(_Message(case_id, _fate(read, step), _minutes(sent, read)))
    return found


def _fate(read: datetime | None, step: object) -> Fate:
    if read is None:
        return Fate.UNREAD
    return Fate.IN_TIME if step is None else Fate.ESCALATED


def _minutes(sent: datetime, read: datetime | None) -> int | None:
    return None if read is None else (read - sent) // timedelta(minutes=1)


def _count(messages: Sequence[_Message], fate: Fate) -> Count:
    found = [message.case_id for message in messages if message.fate is fate]
    return Count(len(found), len(set(found)))


def _is_told(figures: Sequence[Figure]) -> bool:
    """Say whether something is told of those that were acknowledged: they are enough people."""
    return any(one.told in (Told.EXACT, Told.AT_LEAST) for one in figures[:-1])


def _wait(messages: Sequence[_Message]) -> Waits:
    minutes = [message.minutes for message in messages if message.minutes is not None]
    return Waits(median_high(minutes), max(minutes))
