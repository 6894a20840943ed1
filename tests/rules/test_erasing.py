"""For any life of a case and any instant: it is over when its time is, not an instant before."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nav_access.core.clock import OSLO
from nav_access.core.retention import CASES, KINDS, AtEnd
from nav_access.erasing.rules import SHORTEST, Life, list_times, why_over
from nav_access.erasing.tables import ROWS, WITH_ANOTHER
from nav_access.intake.codes import CaseStatus
from nav_access.intake.rules import UNDO_WITHDRAWAL
from nav_access.migrations.tables import METADATA

INSTANT = timedelta(microseconds=1)
KEPT = {end.since: end.keep_for for end in CASES.ends}
CHANGES = tuple(
    datetime(*at, tzinfo=OSLO).astimezone(UTC)
    for at in ((2026, 10, 25, 2, 30), (2027, 3, 28, 1, 59))
)
"""Around the hour that comes twice, and the one that never comes."""

TIMES = st.one_of(
    st.sampled_from(CHANGES),
    st.integers(0, 4 * 365 * 86_400).map(lambda s: CHANGES[0] - timedelta(days=300, seconds=-s)),
).map(lambda at: at.astimezone(UTC))


@st.composite
def lives(draw):
    """Return any life whose events come in an order that can be."""
    first, *later = sorted(draw(st.lists(TIMES, min_size=4, max_size=4)), key=datetime.timestamp)
    ends = draw(st.permutations([*later, None, None]))
    status = draw(st.sampled_from(CaseStatus))
    is_closed, is_taken_back = status is CaseStatus.CLOSED, status is CaseStatus.WITHDRAWN
    closed = ends[0] or (first if is_closed else None)
    withdrawn = ends[1] or (first if is_taken_back else None)
    touched = max((t for t in (first, closed, withdrawn) if t), key=datetime.timestamp)
    return Life(status, touched, closed, withdrawn)


def over_at(life):
    """Return the last instant at which a case is kept, reckoned apart from the rule."""
    ends = [life.touched_utc.timestamp() + KEPT["last_event"].total_seconds()]
    if life.status is CaseStatus.CLOSED:
        ends.append(life.closed_utc.timestamp() + KEPT["closed"].total_seconds())
    if life.status is CaseStatus.WITHDRAWN:
        ends.append(life.withdrawn_utc.timestamp() + UNDO_WITHDRAWAL.total_seconds())
    return min(ends)


@given(lives(), TIMES)
@example(Life(CaseStatus.WITHDRAWN, CHANGES[0], None, CHANGES[0]), CHANGES[0] + UNDO_WITHDRAWAL)
@example(Life(CaseStatus.CLOSED, CHANGES[1], CHANGES[1], None), CHANGES[1] + timedelta(days=183))
def test_a_case_is_over_exactly_when_its_time_is(life, now):
    is_over = why_over(life, now) is not None
    assert is_over == (now.timestamp() > over_at(life))


@given(lives())
def test_it_is_kept_at_its_last_instant_and_over_at_the_next(life):
    last, end = list_times(life)[0]
    assert why_over(life, last) is None
    assert why_over(life, last + INSTANT) is end


@given(lives(), st.timedeltas(timedelta(0), UNDO_WITHDRAWAL))
def test_what_can_still_be_undone_is_never_over(life, since):
    at = life.touched_utc
    life = Life(CaseStatus.WITHDRAWN, at, life.closed_utc, at)
    assert why_over(life, at + since) is None


@given(lives(), st.sampled_from([CaseStatus.WAITING, CaseStatus.ANSWERED]))
def test_a_case_somebody_waits_in_is_kept_for_as_long_as_it_is_touched(life, status):
    open_ = Life(status, life.touched_utc, life.closed_utc, life.withdrawn_utc)
    assert list_times(open_)[0][0] == life.touched_utc + KEPT["last_event"]


@given(lives())
def test_none_but_one_taken_back_is_over_before_the_shortest(life):
    first = min(t for t in (life.touched_utc, life.closed_utc, life.withdrawn_utc) if t)
    is_taken_back = life.status is CaseStatus.WITHDRAWN
    assert is_taken_back or why_over(life, first + SHORTEST) is None


def test_all_that_is_declared_is_done():
    done = {("cases", end.since) for end in CASES.ends} | {("audit", "recorded")} | ROWS.keys()
    assert done == {(k.name, e.since) for k in KINDS for e in k.ends if k.tables}


@pytest.mark.parametrize(
    "kind", [k for k in KINDS if k is not CASES and k.ends], ids=lambda k: k.name
)
def test_every_table_of_a_kind_that_ends_is_emptied(kind):
    if any(end.then is AtEnd.LET_GO for end in kind.ends):
        assert kind.tables == {"audit_entries", "audit_head"}
        return
    by_us = {rows.table.name for end in kind.ends for rows in ROWS.get((kind.name, end.since), ())}
    assert by_us | {t for t, of in WITH_ANOTHER.items() if of in by_us} == kind.tables


@pytest.mark.parametrize(("table", "of"), WITH_ANOTHER.items())
def test_what_goes_with_another_row_does(table, of):
    keys = METADATA.tables[table].foreign_keys
    assert [key.ondelete for key in keys if key.column.table.name == of] == ["CASCADE"]
