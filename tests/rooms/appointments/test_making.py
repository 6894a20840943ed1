"""Making slots: again and again, two at a time, whatever capacity becomes; what is taken stays."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nav_access.appointments.codes import BookingKind, Purpose
from nav_access.appointments.errors import SlotTaken
from nav_access.appointments.making import list_offices_to_make
from nav_access.appointments.models import (
    BookedSlot,
    Booking,
    BookingTerms,
    CapacityException,
    CapacityRule,
    Slot,
)
from nav_access.appointments.service import make_slots
from tests.capacity import add_rule

CALLBACK = Purpose.CALLBACK


def change_rules(diary, **values):
    with diary.database.unit_of_work() as session:
        session.query(CapacityRule).update(values)
    return diary.do(make_slots, now=diary.now)


def close(diary, day, **minutes):
    with diary.database.unit_of_work() as session:
        session.add(
            CapacityException(office_id=diary.office_id, on_date=day, is_closure=True, **minutes)
        )
    return diary.do(make_slots, now=diary.now)


def test_making_again_makes_nothing(diary):
    diary.publish()
    before = [slot.id for slot in diary.slots()]
    report = diary.do(make_slots, now=diary.now)
    assert (report.made, report.changed, report.removed) == (0, 0, 0)
    assert [slot.id for slot in diary.slots()] == before


def test_a_new_day_brings_the_next_day_of_the_horizon(diary):
    diary.publish(horizon_days=3)
    diary.now += timedelta(days=1)
    assert diary.do(make_slots, now=diary.now).made == 6


def test_what_is_past_is_left_alone(diary):
    diary.publish(horizon_days=1)
    change_rules(diary, starts_minute=600)
    first = diary.slots()[0]
    diary.now += timedelta(hours=2)
    change_rules(diary, starts_minute=660)
    assert diary.slots()[0].id == first.id


def test_more_seats_are_offered_and_what_is_taken_stays(diary):
    diary.publish()
    diary.book(diary.free()[0].slot_id)
    assert change_rules(diary, public_seats=2).changed == len(diary.slots())
    assert [slot.public_taken for slot in diary.slots()].count(1) == 1
    assert diary.free()[0].starts_utc == min(one.starts_utc for one in diary.free())


def test_capacity_that_is_gone_leaves_taken_slots_with_no_seats(diary):
    diary.publish(public_seats=5, horizon_days=2)
    first = diary.free()[0]
    diary.book(first.slot_id)
    report = change_rules(diary, weekday=6)
    assert report.held == 1
    slots = diary.slots()
    assert [(s.id, s.public_seats, s.public_taken) for s in slots] == [(first.slot_id, 0, 1)]
    with pytest.raises(SlotTaken):
        diary.book(first.slot_id)


def test_a_closure_keeps_what_is_booked_and_offers_nothing_else(diary):
    diary.publish(horizon_days=1)
    booked = diary.book(diary.free()[-1].slot_id)
    close(diary, date(2026, 11, 24))
    assert [slot.starts_utc for slot in diary.slots()][-1] == booked.starts_utc
    assert diary.free()[-1].starts_utc < booked.starts_utc - timedelta(hours=12)


def test_nothing_is_laid_over_a_slot_somebody_holds(diary):
    diary.publish(horizon_days=1)
    diary.book(diary.free()[-1].slot_id)
    change_rules(diary, starts_minute=555)
    assert all(a.ends_utc <= b.starts_utc for a, b in pairwise(diary.slots()))


def test_two_that_make_at_once_make_each_slot_once(diary):
    diary.publish(horizon_days=0)
    change_rules(diary, public_seats=2)
    with diary.database.unit_of_work() as session:
        session.query(BookingTerms).update({"horizon_days": 10})
    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(diary.do, make_slots, now=diary.now) for _ in range(4)]
    assert sum(one.result().made for one in done) == 8 * 6


def test_an_office_is_due_once_a_day(diary):
    diary.publish()
    with diary.database.read_session() as session:
        assert list_offices_to_make(session, now=diary.now) == ()
        tomorrow = diary.now + timedelta(days=1)
        assert list_offices_to_make(session, now=tomorrow) == (diary.office_id,)


RULES = st.fixed_dictionaries(
    {
        "starts_minute": st.sampled_from([480, 540, 555, 600]),
        "ends_minute": st.sampled_from([630, 660, 725]),
        "public_seats": st.integers(0, 2),
    }
)
LIVES = st.lists(st.tuples(RULES, st.sampled_from([20, 30, 45]), st.integers(0, 40)), max_size=5)


def live(diary, rule, slot_minutes, wanted):
    """Publish anew, make slots, and let somebody book one of them."""
    with diary.database.unit_of_work() as session:
        session.query(CapacityRule).delete()
        session.query(BookingTerms).update({"slot_minutes": slot_minutes})
        for weekday in range(5):
            add_rule(session, diary.office_id, CALLBACK, weekday, **rule)
        session.flush()
        make_slots(session, now=diary.now)
    times = diary.free(BookingKind.CALLBACK)
    if times:
        diary.book(times[wanted % len(times)].slot_id)


def held(diary):
    """Return when each seat that is held is, by whose booking it is."""
    with diary.database.read_session() as session:
        rows = session.query(BookedSlot.id, Slot).join(Slot, Slot.id == BookedSlot.slot_id)
        return {key: (slot.id, slot.starts_utc, slot.ends_utc) for key, slot in rows}


def start_anew(diary):
    """Forget what the example before this one did."""
    with diary.database.unit_of_work() as session:
        for model in (BookedSlot, Booking, Slot, CapacityRule, BookingTerms):
            session.query(model).delete()
    diary.publish(horizon_days=2)


def is_taken_as_held(diary):
    """Say whether every slot has as many seats taken as bookings hold."""
    counts = Counter(slot_id for slot_id, *_ in held(diary).values())
    return all(slot.public_taken == counts[slot.id] for slot in diary.slots())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(lives=LIVES)
def test_whatever_capacity_becomes_what_is_taken_stays_and_nothing_overlaps(diary, lives):
    start_anew(diary)
    for life in lives:
        before = held(diary)
        live(diary, *life)
        assert before.items() <= held(diary).items()
        assert is_taken_as_held(diary)
        assert all(a.ends_utc <= b.starts_utc for a, b in pairwise(diary.slots()))
        report = diary.do(make_slots, now=diary.now)
        assert (report.made, report.changed, report.removed) == (0, 0, 0)
