"""By when a message must be acknowledged, and who is told next: over a year, holidays included."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.callbacks.codes import EscalationStep
from nav_access.callbacks.rules import Policy
from nav_access.core.clock import OSLO
from nav_access.intake.centre import rules
from nav_access.intake.centre.codes import Standing
from nav_access.intake.codes import Urgency
from nav_access.offices.rules import StaffedHours
from nav_access.staff.codes import StaffRole
from nav_access.staff.rules import Who

HOURS = StaffedHours()
INSTANTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
    max_value=datetime(2026, 12, 31),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
)
AHEAD = st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=60))
URGENCIES = st.sampled_from(Urgency)


def oslo(month, day, hour, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=OSLO)


@given(INSTANTS, AHEAD, URGENCIES)
def test_it_is_read_within_its_staffed_minutes_and_never_after_its_deadline(now, ahead, urgency):
    due = rules.decide_due(urgency, now + ahead, HOURS, now)
    staffed = HOURS.staffed_minutes_between(now, due)
    assert now < due <= now + ahead
    assert staffed <= rules.READ_WITHIN[urgency]
    if due < now + ahead:
        assert staffed >= rules.READ_WITHIN[urgency] - 1


@given(INSTANTS, AHEAD)
def test_what_is_more_urgent_is_read_no_later(now, ahead):
    dues = [rules.decide_due(urgency, now + ahead, HOURS, now) for urgency in Urgency]
    assert dues == sorted(dues)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (oslo(11, 23, 9, 30), oslo(11, 23, 9, 45)),
        (oslo(11, 23, 14, 55), oslo(11, 24, 9, 10)),
        # Friday before the clocks go back; Wednesday before Maundy Thursday; Christmas Eve.
        (oslo(10, 23, 14, 50), oslo(10, 26, 9, 5)),
        (oslo(4, 1, 14, 50), oslo(4, 7, 9, 5)),
        (oslo(12, 24, 14, 50), oslo(12, 28, 9, 5)),
    ],
)
def test_nights_weekends_and_holidays_do_not_count(now, due):
    found = rules.decide_due(Urgency.ACUTE, now + timedelta(days=30), HOURS, now)
    assert found == due


@given(INSTANTS, st.integers(0, 2000), st.integers(0, 2000))
def test_the_ladder_is_climbed_in_order_and_ends(due, manager, centre):
    policy = Policy(manager_after_minutes=manager, contact_centre_after_minutes=centre)
    step, climbed = None, []
    while (found := rules.find_due(step, due, HOURS, policy)) is not None:
        climbed.append(found)
        step = found[0]
    assert [each for each, _ in climbed] == list(EscalationStep)
    times = [at for _, at in climbed]
    assert (times[0], times) == (due, sorted(times))


@given(INSTANTS, st.none() | INSTANTS)
def test_deadlines_offered_are_ahead_in_order_and_hold_the_promise(now, promise):
    offered = rules.list_deadlines(promise, HOURS, now)
    assert offered == sorted(set(offered))
    assert all(now < one <= now + timedelta(days=60) or one == promise for one in offered)
    assert (promise in offered) >= (promise is not None and promise > now)


@pytest.mark.parametrize(
    ("acknowledged", "step", "minutes", "standing"),
    [
        (None, None, 1, Standing.WAITING),
        (None, None, 0, Standing.OVERDUE),
        (None, EscalationStep.DESK, -60, Standing.ESCALATED),
        (oslo(11, 23, 9), EscalationStep.MANAGER, -60, Standing.ACKNOWLEDGED),
    ],
)
def test_where_a_message_stands(acknowledged, step, minutes, standing):
    now = oslo(11, 23, 10)
    due = now + timedelta(minutes=minutes)
    found = rules.decide_standing(acknowledged=acknowledged, step=step, due=due, now=now)
    assert found is standing


@pytest.mark.parametrize("role", StaffRole)
def test_only_one_role_is_an_operators(role):
    who = Who(1, "Kim", "kim@example.org", frozenset(), frozenset({role}))
    assert rules.is_operator(who) == (role is StaffRole.OPERATOR)
