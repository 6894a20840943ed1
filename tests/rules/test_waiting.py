"""How long a line takes: said only when it is known, never less for a longer line."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.kiosk.rules import FEWEST_SERVED, MOST_MINUTES, estimate_wait

TEN = [timedelta(minutes=10)] * FEWEST_SERVED
TIMES = st.lists(st.timedeltas(timedelta(0), timedelta(hours=2)), max_size=30)


@pytest.mark.parametrize(
    ("ahead", "desks", "minutes"), [(0, 1, 10), (2, 1, 30), (2, 2, 15), (3, 3, 15), (40, 1, None)]
)
def test_the_wait_is_that_of_those_before_and_the_desks_at_work(ahead, desks, minutes):
    assert estimate_wait(ahead, TEN, desks) == minutes


FEW = st.lists(st.timedeltas(timedelta(0), timedelta(hours=2)), max_size=FEWEST_SERVED - 1)


@given(st.integers(0, 50), FEW, st.integers(0, 9))
def test_of_too_few_nothing_is_said(ahead, served, desks):
    assert estimate_wait(ahead, served, desks) is None


@given(st.integers(0, 50), TIMES)
def test_while_no_desk_is_at_work_nothing_is_said(ahead, served):
    assert estimate_wait(ahead, served, 0) is None


@given(TIMES, st.integers(0, 50), st.integers(1, 9))
def test_nobody_is_promised_less_than_half_of_those_before_took(served, ahead, desks):
    said = estimate_wait(ahead, served, desks)
    if said is not None:
        middle = sorted(served)[(len(served) - 1) // 2]
        assert timedelta(minutes=said) >= middle * (ahead + 1) / desks


@given(TIMES, st.integers(0, 50), st.integers(0, 9))
def test_a_longer_line_is_never_said_to_be_quicker(served, ahead, desks):
    one, more = (estimate_wait(count, served, desks) for count in (ahead, ahead + 1))
    assert one is not None or more is None
    assert more is None or one <= more <= MOST_MINUTES
    assert one is None or one % 5 == 0 < one
