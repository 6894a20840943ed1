"""Pure decisions on a request: how urgent it is, by when it is answered, what an event changes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from nav_access.core.clock import to_oslo
from nav_access.intake.codes import (
    AcuteStatement,
    CaseStatus,
    ContactOutcome,
    EventKind,
    Need,
    Reach,
    Urgency,
)

ACUTE_MINUTES = 120
"""Staffed minutes within which an acute request is answered."""

ACUTE_MINUTES_WITH_CHILDREN = 60

SHORTEST_PROMISE = timedelta(minutes=30)
"""With less staffed time than this left today, «today» is a promise nobody could keep."""

ORDINARY_DAYS = 3
"""Staffed days after the present one within which an ordinary request is answered."""

UNDO_WITHDRAWAL = timedelta(hours=1)
"""How long a withdrawal can be taken back from the page that confirmed it."""

SAME_RECEIPT = timedelta(minutes=15)
"""How long the same form, sent again, shows the same receipt with the key on it."""

NEED_OF_STATEMENT = {
    AcuteStatement.NO_FOOD_TODAY: Need.FOOD,
    AcuteStatement.POWER_CUT: Need.ELECTRICITY,
    AcuteStatement.NO_SHELTER_TONIGHT: Need.HOUSING,
}

PRESSING_NEEDS = frozenset({Need.FOOD, Need.ELECTRICITY, Need.HOUSING})


class Staffing(Protocol):
    """When somebody answers at an office; instants are aware UTC."""

    def is_staffed(self, at: datetime) -> bool: ...
    def next_staffed(self, at: datetime) -> datetime: ...
    def after_staffed_minutes(self, at: datetime, minutes: int) -> datetime: ...
    def end_of_staffed_day(self, at: datetime) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Promise:
    """By when somebody contacts the person, and whether anybody is there now."""

    urgency: Urgency
    deadline_utc: datetime
    is_staffed_now: bool


def complete_needs(
    needs: Iterable[Need], acute: Iterable[AcuteStatement], *, has_message: bool
) -> frozenset[Need]:
    """Return the needs, with those an acute statement implies; words alone mean «other»."""
    stated = frozenset(needs) | {NEED_OF_STATEMENT[statement] for statement in acute}
    return stated or (frozenset({Need.OTHER}) if has_message else frozenset())


def decide_urgency(
    needs: Iterable[Need], acute: Iterable[AcuteStatement], *, has_children: bool
) -> Urgency:
    """Return how urgent a request is: the three statements decide, then need and children."""
    if any(True for _ in acute):
        return Urgency.ACUTE
    pressing = PRESSING_NEEDS | ({Need.MONEY} if has_children else frozenset())
    return Urgency.URGENT if pressing & frozenset(needs) else Urgency.ORDINARY


def decide_deadline(
    urgency: Urgency, *, has_children: bool, hours: Staffing, now: datetime
) -> datetime:
    """Return the instant before which somebody contacts the person; always in staffed time."""
    if urgency is Urgency.ACUTE:
        minutes = ACUTE_MINUTES_WITH_CHILDREN if has_children else ACUTE_MINUTES
        return _acute_deadline(minutes, hours, now)
    day_end = _end_of_present_day(hours, now)
    for _ in range(1 if urgency is Urgency.URGENT else ORDINARY_DAYS):
        day_end = hours.end_of_staffed_day(day_end)
    return day_end


def make_promise(
    urgency: Urgency, *, has_children: bool, hours: Staffing, now: datetime
) -> Promise:
    """Return what a person whose request has this urgency can be told now."""
    deadline = decide_deadline(urgency, has_children=has_children, hours=hours, now=now)
    return Promise(urgency, deadline, hours.is_staffed(now))


def promise_today(hours: Staffing, now: datetime) -> datetime:
    """Return the end of the staffed day in which «any time today» can still be kept."""
    start = hours.next_staffed(now)
    day_end = hours.end_of_staffed_day(start)
    return day_end if day_end - start >= SHORTEST_PROMISE else hours.end_of_staffed_day(day_end)


def decide_booked_deadline(
    urgency: Urgency, *, is_meeting: bool, present: datetime | None, ends: datetime
) -> datetime:
    """Return the promise once a time is booked; `present` is the promise of a waiting case.

    It is the end of the time the person chose. An acute case is answered no later than it was
    promised, and a pressing one does not wait for a meeting.
    """
    is_kept = urgency is Urgency.ACUTE or (is_meeting and urgency is Urgency.URGENT)
    return min(present, ends) if is_kept and present else ends


def _acute_deadline(minutes: int, hours: Staffing, now: datetime) -> datetime:
    start = hours.next_staffed(now)
    day_end = hours.end_of_staffed_day(start)
    if day_end - start < SHORTEST_PROMISE:
        start = hours.next_staffed(day_end)
        day_end = hours.end_of_staffed_day(start)
    return min(hours.after_staffed_minutes(start, minutes), day_end)


def _end_of_present_day(hours: Staffing, now: datetime) -> datetime:
    """Return when today's staffed time ends, or `now` when today has none left.

    Somebody who writes in the evening waits no longer than somebody who wrote that noon.
    """
    day_end = hours.end_of_staffed_day(now)
    return day_end if to_oslo(day_end).date() == to_oslo(now).date() else now


def decide_reach(reach: Reach | None, *, has_phone: bool, has_email: bool) -> Reach:
    """Return how to reach the person; when they left it open, by what they gave."""
    if reach is not None:
        return reach
    if has_phone:
        return Reach.CALL
    return Reach.EMAIL if has_email else Reach.VISIT


@dataclass(frozen=True, slots=True)
class CaseState:
    """What a case's events add up to."""

    status: CaseStatus
    urgency: Urgency
    deadline_utc: datetime
    office_id: int
    answered_utc: datetime | None = None
    attempts: int = 0
    claimed_by: int | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as rules see it: what, when, by which staff member, with which codes."""

    kind: EventKind
    at_utc: datetime
    detail: Mapping[str, Any]
    staff_id: int | None = None


def begin(event: Happening) -> CaseState:
    """Return the state a RECEIVED event begins."""
    return CaseState(
        status=CaseStatus.WAITING,
        urgency=Urgency(event.detail["urgency"]),
        deadline_utc=datetime.fromisoformat(event.detail["deadline"]),
        office_id=event.detail["office_id"],
    )


def derive(events: Iterable[Happening]) -> CaseState:
    """Return the state a whole list of events, RECEIVED first, adds up to."""
    ordered = iter(events)
    state = begin(next(ordered))
    for event in ordered:
        state = advance(state, event)
    return state


def advance(state: CaseState, event: Happening) -> CaseState:
    """Return the state after one more event."""
    change = _CHANGES.get(event.kind)
    changed = change(state, event) if change else state
    return replace(changed, version=state.version + 1)


def _add_information(state: CaseState, event: Happening) -> CaseState:
    """New words from the person: an answered or closed case waits again; acute only climbs."""
    if "deadline" not in event.detail:
        return state
    return replace(
        state,
        status=CaseStatus.WAITING,
        answered_utc=None,
        urgency=Urgency(event.detail["urgency"]),
        deadline_utc=datetime.fromisoformat(event.detail["deadline"]),
    )


def _log_contact(state: CaseState, event: Happening) -> CaseState:
    if event.detail["outcome"] != ContactOutcome.ANSWERED:
        return replace(state, attempts=state.attempts + 1)
    return _answer(state, event)


def _answer(state: CaseState, event: Happening) -> CaseState:
    is_waiting = state.status is CaseStatus.WAITING
    return replace(
        state,
        status=CaseStatus.ANSWERED if is_waiting else state.status,
        answered_utc=state.answered_utc or event.at_utc,
    )


def _change_deadline(state: CaseState, event: Happening) -> CaseState:
    return replace(
        state,
        deadline_utc=datetime.fromisoformat(event.detail["deadline"]),
        urgency=Urgency(event.detail.get("urgency", state.urgency)),
    )


def _choose_office(state: CaseState, event: Happening) -> CaseState:
    moved = replace(state, office_id=event.detail["office_id"], claimed_by=None)
    return _change_deadline(moved, event)


def _take_over(state: CaseState, event: Happening) -> CaseState:
    """Another office has it: a promise that runs goes on, and where none did, one begins."""
    moved = replace(state, office_id=event.detail["office_id"], claimed_by=None)
    return _reopen(moved, event) if "deadline" in event.detail else moved


def _reopen(state: CaseState, event: Happening) -> CaseState:
    waiting = replace(state, status=CaseStatus.WAITING, answered_utc=None)
    return _change_deadline(waiting, event)


def _wait_for_time(state: CaseState, event: Happening) -> CaseState:
    """A time was booked, moved, cancelled or missed: where that gives a promise, the case waits."""
    return _reopen(state, event) if "deadline" in event.detail else state


def _fall_back(state: CaseState, event: Happening) -> CaseState:
    """Ringing did not help: the case climbs and falls to somebody; it is not closed."""
    return replace(
        state,
        urgency=Urgency(event.detail.get("urgency", state.urgency)),
        claimed_by=event.detail.get("claimed_by", state.claimed_by),
    )


def _restore(state: CaseState, event: Happening) -> CaseState:
    return replace(state, status=CaseStatus(event.detail["status"]))


_CHANGES: dict[EventKind, Callable[[CaseState, Happening], CaseState]] = {
    EventKind.INFORMATION_ADDED: _add_information,
    EventKind.TEXTED: _add_information,
    EventKind.OFFICE_CHOSEN: _choose_office,
    EventKind.OFFICE_ACCEPTED: _take_over,
    EventKind.WITHDRAWN: lambda state, _: replace(state, status=CaseStatus.WITHDRAWN),
    EventKind.WITHDRAWAL_UNDONE: _restore,
    EventKind.CLAIMED: lambda state, event: replace(state, claimed_by=event.staff_id),
    EventKind.RELEASED: lambda state, _: replace(state, claimed_by=None),
    EventKind.CONTACT_LOGGED: _log_contact,
    EventKind.DEADLINE_CHANGED: _change_deadline,
    EventKind.FALLBACK_CHOSEN: _fall_back,
    EventKind.BOOKED: _wait_for_time,
    EventKind.BOOKING_MOVED: _wait_for_time,
    EventKind.BOOKING_CANCELLED: _wait_for_time,
    EventKind.NO_SHOW: _wait_for_time,
    EventKind.MEETING_KEPT: _answer,
    EventKind.CLOSED: lambda state, _: replace(state, status=CaseStatus.CLOSED),
    EventKind.REOPENED: _reopen,
}
