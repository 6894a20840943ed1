"""Rotating keys: who has something booked stays known, and nothing stands in the way."""

import pytest
from sqlalchemy import select

from nav_access.appointments.codes import CancelledBy
from nav_access.appointments.models import Booking
from nav_access.core.security.keyring import Keyring
from nav_access.intake.booking.person_index import Person, index_person
from nav_access.intake.booking.resealing import PersonIndex
from nav_access.intake.booking.service import AlreadyBooked
from tests.rooms.appointments.citizen import BY_SMS, Citizen

KARI = Person("+4791234567", "kari as")


@pytest.fixture
def citizen(diary):
    diary.publish()
    return Citizen(diary)


def rotate(citizen, keys_file):
    Keyring.rotate(keys_file)
    citizen.keyring = Keyring.load(keys_file)


def reseal(citizen):
    resealer, cursor = PersonIndex(), 0
    while cursor is not None:
        with citizen.diary.database.unit_of_work() as session:
            cursor = resealer.reseal_batch(session, citizen.keyring, cursor or None, 1)
    with citizen.diary.database.read_session() as session:
        return resealer.key_ids_in_use(session)


def indexes(citizen):
    with citizen.diary.database.read_session() as session:
        return session.scalars(select(Booking.person_index).order_by(Booking.id)).all()


def test_the_person_is_known_before_and_after_resealing(citizen, keys_file):
    citizen.ask(citizen.diary.free()[0].slot_id)
    rotate(citizen, keys_file)
    with pytest.raises(AlreadyBooked):
        citizen.ask(citizen.diary.free()[0].slot_id)
    assert reseal(citizen) == {citizen.keyring.active_id}
    assert indexes(citizen) == [index_person(citizen.keyring, KARI)]
    with pytest.raises(AlreadyBooked):
        citizen.ask(citizen.diary.free()[0].slot_id)


def test_a_booking_that_is_over_names_nobody(citizen, keys_file):
    number = citizen.ask(citizen.diary.free()[0].slot_id).receipt.number
    citizen.cancel(number, CancelledBy.PERSON)
    rotate(citizen, keys_file)
    assert indexes(citizen) == [None]
    assert reseal(citizen) == set()


def test_two_bookings_of_one_person_do_not_stop_the_rotation(citizen, keys_file):
    first, second = citizen.diary.free()[:2]
    for slot, index in ((first, index_person(citizen.keyring, KARI)), (second, b"00000000second")):
        case_id = citizen.case(citizen.diary.desk.receive(wishes=BY_SMS).number).id
        citizen.diary.book(slot.slot_id, case_id=case_id, person_index=index)
    rotate(citizen, keys_file)
    assert reseal(citizen) == {citizen.keyring.active_id}
    assert sorted(map(bool, indexes(citizen))) == [False, True]


def test_the_index_does_not_show_the_phone(keyring):
    index = index_person(keyring, KARI)
    assert b"91234567" not in index
    assert index != index_person(keyring, Person(KARI.phone, "ola"))
