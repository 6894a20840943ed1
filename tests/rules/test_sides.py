"""Who has a need, who may hand it over, who may answer, who reads a kept note."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.intake.codes import EventKind, Need
from nav_access.intake.rules import Happening
from nav_access.intake.sides.codes import KeepReason, KeptFor, NeedStatus
from nav_access.intake.sides.kept import Kept, may_keep, may_read, read_kept
from nav_access.intake.sides.rules import (
    DEFAULT_SIDES,
    derive_needs,
    may_answer,
    may_offer,
    works_for,
)
from nav_access.intake.sides.telling import TOLD, read_told
from nav_access.staff.codes import Side, StaffRole
from nav_access.staff.rules import Who

HERE, ELSEWHERE = 1, 2
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
SIDES = st.sampled_from(Side)


def test_every_need_has_a_side_before_anybody_says_so():
    assert set(DEFAULT_SIDES) == set(Need)
    assert DEFAULT_SIDES[Need.HOUSING] is Side.MUNICIPAL


@given(SIDES, SIDES, SIDES)
def test_nobody_answers_their_own_offer_but_who_works_for_both(mine, owner, to):
    if may_offer(mine, owner, to):
        assert works_for(mine, owner)
        assert not may_answer(mine, owner, to) or mine is Side.BOTH


@given(SIDES, SIDES)
def test_a_need_can_go_anywhere_else_and_somebody_can_answer(owner, to):
    may = [one for one in Side if may_offer(one, owner, to)]
    assert bool(may) is (to is not owner)
    if may:
        assert {one for one in Side if may_answer(one, owner, to)} > {Side.BOTH}
        assert not may_answer(None, owner, to)


def test_needs_follow_the_events():
    events = [
        Happening(EventKind.NEED_CHANGED, AT, {"statuses": {"food": "working"}}),
        Happening(EventKind.HANDOVER_ACCEPTED, AT, {"needs": ["food"], "to_side": "state"}),
    ]
    found = derive_needs(["food", "letter"], events)
    assert (found["food"].side, found["food"].status) == (Side.STATE, NeedStatus.WORKING)
    assert found["letter"].side is Side.BOTH


@pytest.mark.parametrize("kind", EventKind)
def test_only_events_of_the_sides_tell_of_them(kind):
    assert (read_told(kind, {}) is not None) is (kind in TOLD)


@st.composite
def people(draw):
    offices = draw(st.frozensets(st.sampled_from([HERE, ELSEWHERE])))
    managed = draw(st.frozensets(st.sampled_from(sorted(offices)))) if offices else frozenset()
    sides = {office: draw(SIDES) for office in offices}
    roles = frozenset({StaffRole.CASEWORKER})
    return Who(draw(st.integers(1, 3)), "", "", offices, roles, managed, sides)


@given(people(), people(), st.sampled_from(KeptFor), st.sampled_from(KeepReason))
def test_a_kept_note_is_read_by_whom_it_is_kept_for_and_nobody_else(writer, reader, keep, why):
    kept = Kept(keep, why, HERE)
    is_manager = HERE in reader.managed_office_ids
    side = reader.sides.get(HERE)
    is_of_side = side is not None and side in (Side.BOTH, str(keep))
    allowed = is_manager if keep is KeptFor.MANAGERS else is_of_side
    assert may_read(kept, writer.staff_id, reader) is (
        allowed or writer.staff_id == reader.staff_id
    )
    assert read_kept(kept.to_detail()) == kept


@given(people(), st.sampled_from(KeptFor))
def test_nobody_keeps_a_note_from_themselves_or_for_a_side_not_theirs(writer, keep):
    kept = Kept(keep, KeepReason.HEALTH, HERE)
    if may_keep(kept, writer):
        assert HERE in writer.office_ids
        assert may_read(kept, writer.staff_id, writer)
        assert keep is KeptFor.MANAGERS or writer.sides[HERE] in (Side.BOTH, str(keep))


def test_a_note_that_is_not_kept_is_everybodys():
    assert may_read(read_kept({}), 7, Who(1, "", "", frozenset(), frozenset()))
