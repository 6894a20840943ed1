"""Random lives of a callback: never closed by us, never outside wishes, always a next step."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nav_access.appointments.codes import CancelledBy
from nav_access.callbacks import rules
from nav_access.callbacks.codes import PlanState, TimeOfDay
from nav_access.callbacks.queries import Plan
from nav_access.callbacks.rules import part_of
from nav_access.core.clock import OSLO, to_oslo
from nav_access.core.db import Database
from nav_access.intake import handling
from nav_access.intake.calling.ringing import OPEN
from nav_access.intake.codes import ActorKind, CaseStatus, ContactOutcome, EventKind, Reach
from nav_access.intake.errors import CaseChanged
from nav_access.intake.events import state_of
from nav_access.intake.rules import Happening, derive
from nav_access.offices.spans import Span
from tests.callback_lives import EVERY_WEEKDAY, REFUSALS, Lives

STARTS = [
    datetime(2026, 10, 23, 12, tzinfo=OSLO),
    datetime(2026, 11, 23, 9, 30, tzinfo=OSLO),
    datetime(2026, 12, 22, 14, tzinfo=OSLO),
    datetime(2027, 3, 23, 10, tzinfo=OSLO),
    datetime(2027, 3, 26, 22, tzinfo=OSLO),
]
"""Before the autumn change, in between, before Christmas, before Easter and the spring change."""

WEEKS = [
    EVERY_WEEKDAY,
    {1: (10, 12)},
    {0: (12, 14), 3: (9, 10)},
    dict.fromkeys(range(7), (0, 24)),
    {6: (1, 4)},
]
RUNS = [("run",), ("run_twice",), ("run_at_once",)]
STEPS = st.one_of(
    st.sampled_from(RUNS),
    st.tuples(st.just("log"), st.sampled_from(ContactOutcome)),
    st.sampled_from(
        [("miss",), ("miss",), ("log_at_once",), ("run_after_closure",), ("change_mind",)]
    ),
    st.tuples(st.just("wish"), st.sampled_from(TimeOfDay), st.sampled_from(Reach)),
    st.tuples(st.just("wish"), st.sampled_from(TimeOfDay)),
    st.tuples(st.just("speak"), st.sampled_from(["nb", "en", "ar"])),
    st.tuples(st.just("book"), st.integers(0, 40)),
    st.tuples(st.just("cancel"), st.sampled_from(CancelledBy)),
    st.tuples(st.just("set_week"), st.sampled_from(WEEKS)),
    st.tuples(st.just("close_in"), st.integers(0, 4)),
    st.sampled_from(
        [
            ("book_today",),
            ("withdraw",),
            ("undo",),
            ("say_more",),
            ("say_it_is_acute",),
            ("close",),
            ("reopen",),
        ]
    ),
)
DAY = timedelta(days=1)
WAITS = st.one_of(
    st.sampled_from([timedelta(0), timedelta(minutes=10), timedelta(hours=1, minutes=5)]),
    st.timedeltas(timedelta(0), timedelta(hours=8)),
    st.timedeltas(timedelta(0), timedelta(days=4)),
)
LIFE = st.lists(st.tuples(WAITS, STEPS), min_size=8, max_size=20)
MODEST = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None
)


@dataclass
class Walk:
    """One life walked through, with what was seen before the present step."""

    lives: Lives
    others: list[Database]
    plan: Plan | None = None
    version: int = 1
    seen: set[str] = field(default_factory=set)

    def take(self, step) -> None:
        """Take one step and look whether everything still holds."""
        name, *arguments = step
        try:
            getattr(self, name)(*arguments) if hasattr(Walk, name) else getattr(self.lives, name)(
                *arguments
            )
        except REFUSALS:
            self.seen.add(f"refused {name}")
        self.look(is_after_clocks=name.startswith("run"))

    def miss(self) -> None:
        """Ring when it was planned, in vain."""
        plan = self.lives.plan()
        if plan is not None and plan.state is PlanState.PLANNED:
            self.lives.desk.now = max(self.lives.now, plan.from_utc)
        self.lives.log(ContactOutcome.NO_ANSWER)

    def log_at_once(self) -> None:
        """Two colleagues who saw the same log an attempt: one is told of the other."""
        seen, desk = self.lives.case().version, self.lives.desk
        turns = [desk.turn(self.lives.number, seen, who) for who in (desk.anne, desk.bo)]
        desk.do(handling.log_contact, turns[0], ContactOutcome.NO_ANSWER, None)
        with pytest.raises(CaseChanged):
            desk.do(handling.log_contact, turns[1], ContactOutcome.NO_ANSWER, None)

    def run(self) -> None:
        """Let one process run the clocks."""
        assert self.lives.run().trouble == 0

    def run_twice(self) -> None:
        """The second run finds nothing to do."""
        self.run()
        before = self.lives.case().version
        self.run()
        assert self.lives.case().version == before

    def run_at_once(self) -> None:
        """Two processes at once; whatever one could not take, the next run does."""
        self.lives.run_at_once(self.others)
        self.run()

    def run_after_closure(self) -> None:
        """Close the line on the day that was planned."""
        plan = self.lives.plan()
        self.lives.close_on(to_oslo(plan.from_utc if plan else self.lives.now).date())
        self.run()

    def change_mind(self) -> None:
        """Take the request back, and take that back."""
        self.lives.withdraw()
        self.lives.desk.now += timedelta(minutes=5)
        self.lives.undo()

    def set_week(self, week) -> None:
        """Change when the line is staffed."""
        self.lives.set_week(week, keep_dates=True)

    def close_in(self, days: int) -> None:
        """Close the line on a date ahead."""
        self.lives.close_on(to_oslo(self.lives.now).date() + timedelta(days=days))

    def look(self, *, is_after_clocks: bool) -> None:
        """Check what holds at any moment, and what holds once the clocks have run."""
        case, events, plan = self.lives.case(), self.lives.events(), self.lives.plan()
        check_events(events, case)
        new = [event for event in events if event.seq > self.version]
        check_new_plans(new, self.lives)
        if plan is not None and plan.version != (self.plan.version if self.plan else 0):
            check_new_plan(plan, self.lives)
        check_wishes(plan, self.lives)
        if case.status not in OPEN:
            assert plan is None or plan.state is PlanState.DONE
        elif is_after_clocks:
            check_next_step(case, plan, self.lives, events)
        self.plan, self.version = plan, case.version
        self.seen |= {event.kind for event in new} | ({plan.state} if plan else set())


def check_events(events, case) -> None:
    """The list is whole, adds up, and nothing in it was ended by the system."""
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    happenings = [Happening(e.kind, e.at_utc, e.detail, e.staff_id) for e in events]
    assert derive(happenings) == state_of(case)
    ends = {EventKind.CLOSED, EventKind.WITHDRAWN}
    assert not any(e.actor is ActorKind.SYSTEM for e in events if e.kind in ends)
    escalated = [tuple(e.detail.values()) for e in events if e.kind is EventKind.ESCALATED]
    assert len(escalated) == len(set(escalated))


def check_new_plans(new, lives) -> None:
    """One step leads to one plan at most: never are two attempts planned at once."""
    planned = [e for e in new if e.kind in (EventKind.CALL_PLANNED, EventKind.FALLBACK_CHOSEN)]
    assert len(planned) <= 1 or all(e.actor is ActorKind.SYSTEM for e in planned)
    for event in planned:
        if event.detail["why"] == "tried":
            days = {to_oslo(attempt.at_utc).date() for attempt in lives.round().attempts}
            assert (len(lives.round().attempts) >= 3, len(days) >= 2) == (True, True)


def check_new_plan(plan, lives) -> None:
    """What was just planned is ahead, staffed, wished, and not where somebody just tried."""
    if plan.state is not PlanState.PLANNED or plan.is_booked:
        return
    window = Span(plan.from_utc, plan.until_utc)
    assert lives.now <= window.starts < window.ends
    assert rules.fits(window, lives.wishes().best_time, lives.hours())
    assert lives.hours().is_staffed(window.starts)
    attempts = lives.round().attempts
    if attempts and not attempts[-1].is_busy:
        assert window.starts >= attempts[-1].at_utc + rules.PAUSE
        tried = {(to_oslo(one.at_utc).date(), part_of(one.at_utc)) for one in attempts}
        assert (to_oslo(window.starts).date(), part_of(window.starts)) not in tried


def check_wishes(plan, lives) -> None:
    """At no moment is somebody to be rung outside what they wish now, unless they booked it."""
    if plan is not None and plan.state is PlanState.PLANNED and not plan.is_booked:
        wishes = lives.wishes()
        assert wishes.best_time in (TimeOfDay.ANY, part_of(plan.from_utc))
        assert wishes.reach in (Reach.CALL, Reach.SMS, Reach.EMAIL)


def check_next_step(case, plan, lives, events) -> None:
    """An open case has a time ahead that can be kept, a named person, or a promise that is told."""
    if plan is not None and plan.state is PlanState.FALLBACK:
        assert plan.fallback_staff_name in ("Anne", "Bo")
        return
    if plan is not None and plan.state is PlanState.PLANNED:
        assert plan.until_utc > lives.now
        window = Span(plan.from_utc, plan.until_utc)
        assert plan.is_booked or rules.fits(window, lives.wishes().best_time, lives.hours())
        return
    assert not lives.round().attempts
    if case.status is CaseStatus.WAITING and case.deadline_utc <= lives.now:
        told = [e.detail["promise"] for e in events if e.kind is EventKind.ESCALATED]
        assert case.deadline_utc.isoformat() in told


@pytest.fixture
def lives(database, keyring, now):
    return Lives(database, keyring, now)


@pytest.fixture
def others(database_url, keyring):
    """The same database as a second process has it."""
    other = Database(database_url, info={"keyring": keyring})
    yield [other]
    other.dispose()


def walk(lives, others, start, life) -> Walk:
    """Walk through one life that begins with a missed call, and end it as the person can."""
    lives.begin(start)
    walked = Walk(lives, others)
    walked.take(("miss",))
    for wait, step in life:
        lives.desk.now += wait
        walked.take(step)
    walked.take(("run_twice",))
    walked.take(("withdraw",))
    return walked


@pytest.mark.postgres_in_audit
@MODEST
@example(start=STARTS[1], life=[(timedelta(0), ("change_mind",))])
@example(start=STARTS[0], life=[(timedelta(0), ("run_after_closure",)), (DAY, ("run_at_once",))])
@example(start=STARTS[3], life=[(DAY, ("miss",)), (DAY, ("miss",)), (4 * DAY, ("run_twice",))])
@given(start=st.sampled_from(STARTS), life=LIFE)
def test_every_life_has_a_next_step_within_wishes_and_hours(lives, others, start, life):
    walk(lives, others, start, life)


@pytest.mark.audit
@pytest.mark.timeout(900)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=300,
    deadline=None,
)
@given(start=st.sampled_from(STARTS), life=LIFE)
def test_every_life_of_very_many_has_a_next_step(lives, others, start, life):
    walk(lives, others, start, life)
