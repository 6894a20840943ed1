"""What is promised once somebody has chosen a time themselves."""

from datetime import datetime, timedelta

import pytest

from nav_access.core.clock import OSLO
from nav_access.intake.codes import Urgency
from nav_access.intake.rules import decide_booked_deadline, promise_today
from nav_access.offices.rules import StaffedHours

SOON = datetime(2026, 11, 23, 12, tzinfo=OSLO)
LATER = SOON + timedelta(days=3)


@pytest.mark.parametrize("is_meeting", [True, False])
@pytest.mark.parametrize("urgency", list(Urgency))
def test_a_time_before_the_promise_is_the_promise(urgency, is_meeting):
    given = decide_booked_deadline(urgency, is_meeting=is_meeting, present=LATER, ends=SOON)
    assert given == SOON


@pytest.mark.parametrize(
    ("urgency", "is_meeting", "given"),
    [
        (Urgency.ACUTE, False, SOON),
        (Urgency.ACUTE, True, SOON),
        (Urgency.URGENT, False, LATER),
        (Urgency.URGENT, True, SOON),
        (Urgency.ORDINARY, False, LATER),
        (Urgency.ORDINARY, True, LATER),
    ],
)
def test_a_time_after_the_promise(urgency, is_meeting, given):
    found = decide_booked_deadline(urgency, is_meeting=is_meeting, present=SOON, ends=LATER)
    assert found == given


def test_nothing_was_promised_to_somebody_already_answered():
    found = decide_booked_deadline(Urgency.ACUTE, is_meeting=False, present=None, ends=LATER)
    assert found == LATER


@pytest.mark.parametrize(
    ("at", "promised"),
    [
        ((23, 8, 0), (23, 15)),
        ((23, 14, 30), (23, 15)),
        ((23, 14, 31), (24, 15)),
        ((23, 15, 0), (24, 15)),
        ((27, 16, 0), (30, 15)),
    ],
)
def test_today_is_promised_while_it_can_be_kept(at, promised):
    now = datetime(2026, 11, *at, tzinfo=OSLO)
    assert promise_today(StaffedHours(), now) == datetime(2026, 11, *promised, tzinfo=OSLO)
