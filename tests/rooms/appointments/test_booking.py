"""Booking, moving, cancelling: whole slots in a row, never more than there are seats."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from nav_access.appointments import service
from nav_access.appointments.codes import BookingKind, BookingState, CancelledBy, Purpose
from nav_access.appointments.errors import AlreadyBooked, NotBooked, NotOffered, SlotTaken, TooEarly
from nav_access.appointments.finding import Wish
from nav_access.appointments.models import BookingTerms, Slot
from nav_access.appointments.queries import (
    find_by_uid,
    find_open_booking,
    list_bookings_of,
    list_day,
    list_nearest,
)
from nav_access.appointments.seats import take_seats
from nav_access.core.clock import OSLO
from nav_access.core.db import Database

CALLBACK, MEETING = Purpose.CALLBACK, Purpose.MEETING


def local(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=OSLO)


def test_without_published_capacity_nothing_is_offered(diary):
    assert diary.free() == []


def test_times_keep_lead_and_horizon(diary):
    diary.publish(horizon_days=2)
    starts = [one.starts_utc for one in diary.free()]
    assert starts[0] == local(23, 10, 30)
    assert starts[-1] == local(25, 11, 30)
    assert diary.free(is_internal=True) == []


def test_staff_need_no_lead_time_and_have_seats_of_their_own(diary):
    diary.publish(public_seats=0, internal_seats=1)
    assert diary.free() == []
    assert diary.free(is_internal=True)[0].starts_utc == local(23, 10)


def test_a_booked_time_is_gone_for_the_public_only(diary):
    diary.publish(internal_seats=1)
    first = diary.free()[0]
    booked = diary.book(first.slot_id)
    assert (booked.starts_utc, booked.ends_utc) == (first.starts_utc, first.ends_utc)
    assert first not in diary.free()
    assert first in diary.free(is_internal=True)
    with pytest.raises(SlotTaken) as taken:
        diary.book(first.slot_id)
    assert taken.value.starts_utc == first.starts_utc


def test_what_was_not_booked_leaves_nothing_taken(diary):
    diary.publish(MEETING, length_minutes=90)
    _, earlier, later = diary.free(BookingKind.OFFICE)[:3]
    diary.book(later.slot_id, BookingKind.OFFICE)
    with pytest.raises(SlotTaken):
        diary.book(earlier.slot_id, BookingKind.OFFICE)
    assert sum(slot.public_taken for slot in diary.slots()) == 3


def test_whoever_is_too_late_for_one_slot_holds_none_of_the_others(diary):
    diary.publish(MEETING, horizon_days=1)
    wish, row = Wish(BookingKind.OFFICE), diary.slots()[-3:]
    diary.book(row[2].id, BookingKind.OFFICE)
    with diary.database.unit_of_work() as session, pytest.raises(SlotTaken):
        take_seats(session, row, wish)
    assert [slot.public_taken for slot in diary.slots()[-3:]] == [0, 0, 1]


def test_an_interpreter_and_a_phone_change_how_long_it_takes(diary):
    diary.publish(MEETING, length_minutes=60, phone_minutes=30)
    lengths = {
        kind: one.ends_utc - one.starts_utc
        for kind in (BookingKind.OFFICE, BookingKind.PHONE)
        for one in diary.free(kind)
    }
    assert [length.seconds // 60 for length in lengths.values()] == [60, 30]
    longer = diary.free(BookingKind.OFFICE, with_interpreter=True)[0]
    booked = diary.book(longer.slot_id, BookingKind.OFFICE, with_interpreter=True)
    assert booked.ends_utc - booked.starts_utc == timedelta(minutes=90)


def test_a_time_does_not_run_over_a_pause_or_the_end_of_the_day(diary):
    diary.publish(MEETING, length_minutes=90)
    with diary.database.read_session() as session:
        late = session.query(Slot).filter_by(starts_utc=local(23, 11)).one()
    with pytest.raises(NotOffered):
        diary.book(late.id, BookingKind.OFFICE)


def test_a_private_room_only_where_there_is_one_left(diary):
    diary.publish(MEETING, public_seats=3, private_rooms=1)
    first = diary.free(BookingKind.OFFICE)[0]
    diary.book(first.slot_id, BookingKind.OFFICE, in_private_room=True)
    assert first in diary.free(BookingKind.OFFICE)
    assert first not in diary.free(BookingKind.OFFICE, in_private_room=True)
    with pytest.raises(SlotTaken):
        diary.book(first.slot_id, BookingKind.OFFICE, in_private_room=True)


def test_no_private_room_is_promised_where_there_is_none(diary):
    diary.publish(MEETING)
    first = diary.free(BookingKind.OFFICE)[0]
    assert diary.free(BookingKind.OFFICE, in_private_room=True) == []
    with pytest.raises(NotOffered):
        diary.book(first.slot_id, BookingKind.OFFICE, in_private_room=True)


@pytest.mark.parametrize("kind", [BookingKind.OFFICE, BookingKind.PHONE])
def test_a_slot_for_another_purpose_is_not_offered(diary, kind):
    diary.publish()
    with pytest.raises(NotOffered):
        diary.book(diary.free()[0].slot_id, kind)


def test_slots_too_soon_too_far_or_unknown_are_not_offered(diary):
    diary.publish(horizon_days=7)
    soon = next(slot for slot in diary.slots() if slot.starts_utc == local(23, 10))
    far = diary.slots()[-1]
    with diary.database.unit_of_work() as session:
        session.query(BookingTerms).update({"horizon_days": 3})
    for slot_id in (soon.id, far.id, 999_999):
        with pytest.raises(NotOffered):
            diary.book(slot_id)


def test_a_case_has_one_open_booking_for_each_purpose(diary):
    diary.publish()
    diary.publish(MEETING)
    case_id = diary.new_case()
    booked = diary.book(diary.free()[0].slot_id, case_id=case_id)
    diary.book(diary.free(BookingKind.OFFICE)[0].slot_id, BookingKind.OFFICE, case_id=case_id)
    with pytest.raises(AlreadyBooked) as fact:
        diary.book(diary.free()[0].slot_id, case_id=case_id)
    assert fact.value.starts_utc == booked.starts_utc


def test_a_person_has_one_open_booking_whatever_the_case(diary):
    diary.publish()
    diary.book(diary.free()[0].slot_id, person_index=b"kari")
    diary.book(diary.free()[0].slot_id, person_index=b"ola")
    for known in ({"person_index": b"kari"}, {"person_index": b"new", "older_indexes": [b"kari"]}):
        with pytest.raises(AlreadyBooked) as fact:
            diary.book(diary.free()[0].slot_id, **known)
        assert fact.value.starts_utc is None


def test_when_its_time_is_over_the_person_may_book_again(diary):
    diary.publish()
    old = diary.book(diary.free()[0].slot_id, person_index=b"kari")
    diary.now += timedelta(days=1)
    diary.book(diary.free()[0].slot_id, person_index=b"kari")
    with diary.database.read_session() as session:
        assert find_by_uid(session, old.uid).state is BookingState.PASSED
    assert diary.do(service.mark_kept, old.booking_id, now=diary.now).state is BookingState.KEPT


def test_moving_takes_the_new_time_and_leaves_the_old(diary):
    diary.publish()
    old, new = diary.free()[:2]
    booked = diary.book(old.slot_id)
    moved = diary.do(service.move, booked.case_id, CALLBACK, new.slot_id, now=diary.now)
    assert (moved.uid, moved.sequence) == (booked.uid, 1)
    assert (moved.starts_utc, moved.ends_utc) == (new.starts_utc, new.ends_utc)
    assert not {old, new} & set(diary.free())
    diary.do(service.release_cooled, diary.now + timedelta(minutes=10))
    assert old in diary.free()
    assert new not in diary.free()


def test_a_move_that_cannot_be_leaves_the_old_time(diary):
    diary.publish()
    old, new = diary.free()[:2]
    booked = diary.book(old.slot_id)
    diary.book(new.slot_id)
    with pytest.raises(SlotTaken):
        diary.do(service.move, booked.case_id, CALLBACK, new.slot_id, now=diary.now)
    with diary.database.read_session() as session:
        assert find_open_booking(session, booked.case_id, CALLBACK) == booked


def test_a_move_by_half_keeps_the_slot_both_times_have(diary):
    diary.publish(MEETING, length_minutes=60)
    old = diary.free(BookingKind.OFFICE)[0]
    later = next(s for s in diary.slots() if s.starts_utc == old.starts_utc + timedelta(minutes=30))
    booked = diary.book(old.slot_id, BookingKind.OFFICE)
    moved = diary.do(service.move, booked.case_id, MEETING, later.id, now=diary.now)
    assert moved.starts_utc == later.starts_utc
    diary.do(service.release_cooled, diary.now + timedelta(hours=1))
    assert sum(slot.public_taken for slot in diary.slots()) == 2


def test_a_time_that_overlaps_the_old_one_is_offered_for_a_move(diary):
    diary.publish(MEETING, length_minutes=60)
    old = diary.free(BookingKind.OFFICE)[0]
    booked = diary.book(old.slot_id, BookingKind.OFFICE)
    offered = diary.free(BookingKind.OFFICE, moved=booked)
    assert offered[0].starts_utc == old.starts_utc + timedelta(minutes=30)
    diary.do(service.move, booked.case_id, MEETING, offered[0].slot_id, now=diary.now)


def test_a_time_of_the_offices_own_moves_to_what_everybody_may_choose(diary):
    diary.publish(internal_seats=1)
    old, new = diary.free()[:2]
    booked, _ = (diary.book(slot.slot_id, is_internal=True) for slot in (old, new))
    by_person = {"is_internal": False, "now": diary.now}
    moved = diary.do(service.move, booked.case_id, CALLBACK, new.slot_id, **by_person)
    assert (moved.starts_utc, moved.is_internal) == (new.starts_utc, False)
    diary.do(service.release_cooled, diary.now + timedelta(hours=1))
    taken = [(slot.public_taken, slot.internal_taken) for slot in diary.slots()]
    assert sorted(taken)[-2:] == [(0, 0), (1, 1)]


def test_moving_to_the_same_time_changes_nothing(diary):
    diary.publish()
    first = diary.free()[0]
    booked = diary.book(first.slot_id)
    assert diary.do(service.move, booked.case_id, CALLBACK, first.slot_id, now=diary.now) == booked


def test_a_cancelled_time_comes_back_once_and_cooled_down(diary):
    diary.publish()
    first = diary.free()[0]
    booked = diary.book(first.slot_id, person_index=b"kari")
    gone = diary.do(service.cancel, booked.case_id, CALLBACK, CancelledBy.PERSON, now=diary.now)
    assert (gone.state, gone.sequence) == (BookingState.CANCELLED, 1)
    assert diary.do(service.release_cooled, diary.now + timedelta(minutes=9)) == 0
    assert first not in diary.free()
    released = [diary.do(service.release_cooled, diary.now + timedelta(hours=1)) for _ in range(2)]
    assert released == [1, 0]
    assert first in diary.free()
    diary.book(first.slot_id, person_index=b"kari")


def test_what_is_not_booked_cannot_be_moved_or_cancelled(diary):
    diary.publish()
    case_id, first = diary.new_case(), diary.free()[0]
    with pytest.raises(NotBooked):
        diary.do(service.move, case_id, CALLBACK, first.slot_id, now=diary.now)
    with pytest.raises(NotBooked):
        diary.do(service.cancel, case_id, CALLBACK, CancelledBy.OFFICE, now=diary.now)


def test_a_no_show_is_a_state_and_can_be_put_right(diary):
    diary.publish()
    booked = diary.book(diary.free()[0].slot_id)
    with pytest.raises(TooEarly):
        diary.do(service.mark_no_show, booked.booking_id, now=diary.now)
    gone = diary.do(service.mark_no_show, booked.booking_id, now=booked.starts_utc)
    assert gone.state is BookingState.NO_SHOW
    late = diary.do(service.mark_kept, booked.booking_id, now=booked.ends_utc)
    assert late.state is BookingState.KEPT


def test_the_nearest_times_surround_the_one_that_was_taken(diary):
    diary.publish(horizon_days=3)
    wanted = next(one for one in diary.free() if one.starts_utc == local(24, 10, 30))
    diary.book(wanted.slot_id)
    with diary.database.read_session() as session:
        near = list_nearest(
            session,
            diary.office_id,
            BookingKind.CALLBACK,
            wanted.starts_utc,
            now=diary.now,
            limit=4,
        )
    assert [to.starts_utc for to in near] == [
        local(24, 9, 30),
        local(24, 10),
        local(24, 11),
        local(24, 11, 30),
    ]


def test_a_day_and_a_case_list_their_bookings(diary):
    diary.publish()
    kept = diary.book(diary.free()[0].slot_id)
    gone = diary.book(diary.free()[0].slot_id)
    diary.do(service.cancel, gone.case_id, CALLBACK, CancelledBy.PERSON, now=diary.now)
    with diary.database.read_session() as session:
        assert list_day(session, diary.office_id, local(23, 0), local(24, 0)) == (kept,)
        assert len(list_bookings_of(session, gone.case_id)) == 1


def test_seats_come_back_once_however_many_give_them_back(diary, database_url):
    diary.publish(public_seats=5)
    slot_id = diary.free()[0].slot_id
    for booked in [diary.book(slot_id) for _ in range(5)]:
        diary.do(service.cancel, booked.case_id, CALLBACK, CancelledBy.PERSON, now=diary.now)
    later, others = diary.now + timedelta(hours=1), [Database(database_url) for _ in range(4)]

    def release(database):
        with database.unit_of_work() as session:
            return service.release_cooled(session, later)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(release, others * 4)) == 5
    assert {slot.public_taken for slot in diary.slots()} == {0}
    for other in others:
        other.dispose()
