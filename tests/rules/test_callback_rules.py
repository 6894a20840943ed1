"""The next attempt: another part of the day, staffed, as wished, and when it has been enough."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.callbacks import escalating, rules
from nav_access.callbacks.codes import EscalationStep, Fallback, TimeOfDay
from nav_access.callbacks.rules import Attempt, Policy, Window, part_of, plan_next
from nav_access.core.clock import OSLO, to_oslo
from nav_access.offices.rules import StaffedHours
from nav_access.offices.spans import Interval, Span
from nav_access.offices.staffed import LineHours

HOURS = StaffedHours()
ROUND_THE_CLOCK = StaffedHours(
    [LineHours(dict.fromkeys(range(7), (Interval(0, 1440),)), covers_holidays=True)]
)
TUESDAYS = StaffedHours([LineHours({1: (Interval(10 * 60, 12 * 60),)})])
POLICY = Policy()
ANY, MORNING, MIDDAY, AFTERNOON = TimeOfDay
INSTANTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
    max_value=datetime(2028, 12, 31),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
)
LIVES = st.tuples(
    INSTANTS,
    st.lists(st.tuples(st.timedeltas(timedelta(minutes=1), timedelta(days=4)), st.booleans())),
    st.timedeltas(timedelta(0), timedelta(days=2)),
)
SOME_HOURS = st.sampled_from([HOURS, ROUND_THE_CLOCK, TUESDAYS])
POLICIES = st.builds(Policy, attempts=st.integers(2, 5), days=st.integers(1, 2))


def oslo(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=OSLO)


def missed(*at: datetime) -> list[Attempt]:
    return [Attempt(one) for one in at]


def lived(life) -> tuple[list[Attempt], datetime]:
    """Return the attempts of a life and the instant it is now."""
    now, steps, since = life
    attempts = []
    for step, is_busy in steps:
        now += step
        attempts.append(Attempt(now, is_busy))
    return attempts, now + since


def planned(attempts, best_time=ANY, hours=HOURS, now=None) -> tuple[datetime, datetime] | None:
    now = now or attempts[-1].at_utc
    found = plan_next(attempts, best_time, hours, POLICY, now)
    return (found.from_utc, found.until_utc) if isinstance(found, Window) else None


@given(LIVES, st.sampled_from(TimeOfDay), SOME_HOURS, POLICIES)
def test_the_next_attempt_is_staffed_wished_and_not_before_now(life, best_time, hours, policy):
    attempts, now = lived(life)
    found = plan_next(attempts, best_time, hours, policy, now)
    if isinstance(found, Window):
        assert now <= found.from_utc <= found.until_utc - rules.SHORTEST
        assert rules.fits(Span(found.from_utc, found.until_utc), best_time, hours)
        assert hours.is_staffed(found.from_utc)
        assert best_time in (ANY, part_of(found.from_utc))


@given(LIVES, st.sampled_from(TimeOfDay), SOME_HOURS)
def test_nobody_is_tried_twice_in_one_part_of_a_day_unless_the_line_was_busy(life, best, hours):
    attempts, now = lived(life)
    found = plan_next(attempts, best, hours, POLICY, now)
    if isinstance(found, Window) and attempts and not attempts[-1].is_busy:
        tried = {(to_oslo(one.at_utc).date(), part_of(one.at_utc)) for one in attempts}
        assert (to_oslo(found.from_utc).date(), part_of(found.from_utc)) not in tried
        assert found.from_utc >= attempts[-1].at_utc + rules.PAUSE


@given(LIVES, st.sampled_from(TimeOfDay), POLICIES)
def test_nobody_is_given_up_before_the_policy_says(life, best_time, policy):
    attempts, now = lived(life)
    tries = rules.count_tries(attempts)
    is_enough = rules.is_enough(attempts, policy)
    found = plan_next(attempts, best_time, HOURS, policy, now)
    assert is_enough <= (len(tries) >= policy.attempts)
    assert isinstance(found, Fallback) <= is_enough


@given(INSTANTS, st.sampled_from(TimeOfDay), SOME_HOURS, POLICIES, st.data())
def test_who_keeps_to_the_plan_tries_as_often_as_the_policy_says(at, best, hours, policy, data):
    attempts: list[Attempt] = []
    while isinstance(found := plan_next(attempts, best, hours, policy, at), Window):
        at = data.draw(st.datetimes(*_naive(found), timezones=st.just(UTC)))
        attempts.append(Attempt(at))
    is_out_of_reach = hours is TUESDAYS and best is AFTERNOON
    assert len(attempts) == (0 if is_out_of_reach else policy.attempts)
    assert len({to_oslo(one.at_utc).date() for one in attempts}) >= policy.days or is_out_of_reach


def _naive(window: Window) -> tuple[datetime, datetime]:
    ends = window.until_utc - timedelta(minutes=1)
    return window.from_utc.replace(tzinfo=None), ends.replace(tzinfo=None)


@pytest.mark.parametrize(
    ("attempts", "best_time", "starts", "ends"),
    [
        (missed(oslo(23, 9, 30)), ANY, oslo(23, 11), oslo(23, 13)),
        (missed(oslo(23, 10, 50)), ANY, oslo(23, 11, 50), oslo(23, 13)),
        (missed(oslo(23, 14, 30)), ANY, oslo(24, 9), oslo(24, 11)),
        (missed(oslo(27, 14)), ANY, oslo(30, 9), oslo(30, 11)),
        (missed(oslo(23, 9, 30), oslo(23, 11, 30)), ANY, oslo(24, 13), oslo(24, 15)),
        (missed(oslo(23, 9, 30)), MORNING, oslo(24, 9), oslo(24, 11)),
        (missed(oslo(23, 9, 30)), AFTERNOON, oslo(23, 13), oslo(23, 15)),
        (missed(oslo(23, 12, 58)), ANY, oslo(23, 14), oslo(23, 15)),
        (missed(oslo(23, 20)), ANY, oslo(24, 9), oslo(24, 11)),
    ],
    ids=[
        "morning",
        "late morning",
        "afternoon",
        "friday",
        "a new day",
        "mornings only",
        "afternoons only",
        "a pause",
        "evening",
    ],
)
def test_next_attempts_people_would_expect(attempts, best_time, starts, ends):
    assert planned(attempts, best_time) == (starts, ends)


@pytest.mark.parametrize(
    ("asked", "starts"),
    [
        (datetime(2026, 10, 24, 16, tzinfo=OSLO), datetime(2026, 10, 26, 9, tzinfo=OSLO)),
        (datetime(2027, 3, 24, 14, tzinfo=OSLO), datetime(2027, 3, 30, 9, tzinfo=OSLO)),
        (datetime(2026, 12, 24, 14, tzinfo=OSLO), datetime(2026, 12, 28, 9, tzinfo=OSLO)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=OSLO), datetime(2027, 1, 4, 9, tzinfo=OSLO)),
    ],
    ids=["autumn", "easter and spring", "christmas", "new year"],
)
def test_clock_changes_and_holidays_are_passed_over(asked, starts):
    assert planned(missed(asked))[0] == starts


def test_the_hour_that_comes_twice_is_one_window():
    night = StaffedHours([LineHours({6: (Interval(60, 240),)})])
    starts, ends = planned(missed(datetime(2026, 10, 24, 12, tzinfo=OSLO)), hours=night)
    assert ends - starts == timedelta(hours=4)


def test_a_busy_line_is_rung_soon_again_and_counts_once():
    busy = [Attempt(oslo(23, 9, 30), is_busy=True)]
    assert planned(busy) == (oslo(23, 9, 45), oslo(23, 10, 30))
    busy += [Attempt(oslo(23, 9, 50), is_busy=True), Attempt(oslo(23, 10, 10), is_busy=True)]
    assert planned(busy) == (oslo(23, 11, 10), oslo(23, 13))
    assert len(rules.count_tries(busy)) == 1


def test_a_busy_line_at_closing_time_is_rung_another_day():
    assert planned([Attempt(oslo(23, 14, 50), is_busy=True)]) == (oslo(24, 9), oslo(24, 11))


@pytest.mark.parametrize(
    ("promise", "starts", "ends"),
    [
        (oslo(23, 14), oslo(23, 13), oslo(23, 14)),
        (oslo(23, 13, 10), oslo(24, 13), oslo(24, 15)),
        (oslo(24, 10), oslo(24, 9), oslo(24, 10)),
        (oslo(23, 11), oslo(24, 13), oslo(24, 15)),
        (None, oslo(24, 13), oslo(24, 15)),
    ],
    ids=["today", "too little left", "tomorrow", "broken", "none"],
)
def test_a_promise_is_tried_to_be_kept_before_another_day_is_waited_for(promise, starts, ends):
    attempts = missed(oslo(23, 9, 30), oslo(23, 11, 30))
    found = plan_next(attempts, ANY, HOURS, POLICY, attempts[-1].at_utc, promise=promise)
    assert (found.from_utc, found.until_utc) == (starts, ends)


@given(
    LIVES, st.sampled_from(TimeOfDay), SOME_HOURS, st.timedeltas(timedelta(0), timedelta(days=3))
)
def test_a_promise_makes_nobody_be_rung_outside_wishes_or_hunted(life, best, hours, left):
    attempts, now = lived(life)
    found = plan_next(attempts, best, hours, POLICY, now, promise=now + left)
    if isinstance(found, Window):
        assert rules.fits(Span(found.from_utc, found.until_utc), best, hours)
        assert now <= found.from_utc <= found.until_utc - rules.SHORTEST
        if attempts and not attempts[-1].is_busy:
            assert found.from_utc >= attempts[-1].at_utc + rules.PAUSE


def test_no_common_time_within_two_weeks_is_no_reason_to_ring_outside_the_wishes():
    assert plan_next([], AFTERNOON, TUESDAYS, POLICY, oslo(23, 9)) is Fallback.LETTER
    closed = dict.fromkeys((date(2026, 11, 23) + timedelta(days=n) for n in range(15)), ())
    shut = StaffedHours([LineHours(HOURS.lines[0].weekly, closed)])
    assert plan_next([], ANY, shut, POLICY, oslo(23, 9)) is Fallback.LETTER
    assert isinstance(plan_next([], ANY, shut, POLICY, oslo(24, 9)), Window)


def test_the_office_says_how_often_and_what_then():
    once = Policy(attempts=1, days=1, fallback=Fallback.VISIT)
    assert plan_next(missed(oslo(23, 9)), ANY, HOURS, once, oslo(23, 9)) is Fallback.VISIT


def test_late_promises_are_told_upwards_in_staffed_time():
    def due(step, policy=POLICY):
        return escalating.when_due(step, oslo(27, 14, 30), HOURS, policy)

    assert [due(step) for step in EscalationStep] == [
        oslo(27, 14, 30),
        oslo(30, 9, 30),
        oslo(30, 14, 30),
    ]
    hasty = Policy(contact_centre_after_minutes=0)
    assert due(EscalationStep.CONTACT_CENTRE, hasty) == due(EscalationStep.MANAGER)


def test_the_steps_come_one_by_one_and_end():
    steps = [escalating.find_next(step) for step in (None, *EscalationStep)]
    assert steps == [*EscalationStep, None]
