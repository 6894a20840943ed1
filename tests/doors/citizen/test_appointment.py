"""Book an appointment: at the office or by phone, with interpreter, in a private room."""

import pytest

from nav_access.appointments.codes import BookingKind, Purpose
from nav_access.intake.codes import Reach
from tests.doors.citizen.booking import PHONE, Booker, publish, slots_on
from tests.page import page


@pytest.fixture
def visitor(citizen, site) -> Booker:
    """Somebody who wants to meet people of an office that has one private room."""
    publish(site, Purpose.MEETING, public_seats=2, private_rooms=1)
    return Booker(citizen, "appointment")


@pytest.mark.parametrize("lang", ["nb", "nn", "en", "uk", "ar"])
def test_from_front_page_to_receipt(visitor, citizen, lang):
    assert f"/{lang}/appointment" in citizen.page(f"/{lang}/").links.values()
    visitor.lang = lang
    assert visitor.book().all("#code")
    assert [one.kind for one in visitor.bookings()] == [BookingKind.OFFICE]


def test_nothing_is_chosen_until_it_is_chosen(visitor):
    shown = visitor.open()
    assert shown.form().values["slot"] == [""]
    assert shown.all("input[name=slot]")[0]["value"] == ""
    assert page(visitor.send(shown.form())).errors == {"slot": "Choose a time"}


def test_the_receipt_says_when_and_where(visitor):
    receipt = visitor.book()
    assert "Come to the office at 10:30 today." in receipt.text
    assert "/en/offices/nav-eikevik" in receipt.links.values()
    assert "ring this number and say your case number" in receipt.text


def test_who_comes_to_the_office_needs_no_phone(visitor, citizen):
    visitor.book(phone="")
    assert citizen.reaching().reach is Reach.VISIT


@pytest.mark.parametrize(("phone", "is_said"), [("40 00 00 00", True), ("", False)])
def test_what_is_said_on_the_phone_is_told_to_those_who_have_one(visitor, phone, is_said):
    receipt = visitor.book(way="office", reach="call" if phone else "visit", phone=phone)
    assert ("When we ring you" in receipt.text) is is_said


def test_a_meeting_by_phone_needs_a_number(visitor):
    refused = page(visitor.send(visitor.fill(way="phone", phone="")))
    assert "phone" in refused.errors


def test_a_meeting_by_phone_is_rung(visitor, citizen):
    form = visitor.fill(way="phone", reach="visit")
    assert "We will ring you at 10:30 today." in page(visitor.send(form)).text
    assert visitor.bookings()[0].kind is BookingKind.PHONE
    assert citizen.reaching().reach is Reach.CALL


def test_any_time_today_is_no_time_for_a_meeting(visitor):
    form = visitor.fill()
    form.values["slot"] = ["any_today"]
    assert page(visitor.send(form)).errors["slot"] == "Choose a time"


def test_a_private_room_is_asked_for_where_there_is_one(visitor, site, citizen):
    receipt = visitor.book(private_room="yes")
    assert "You talk in a private room." in receipt.text
    assert visitor.bookings()[0].in_private_room
    assert citizen.reaching().wants_private_room
    publish(site, Purpose.MEETING, "nav-granvik")
    assert not visitor.open("office=nav-granvik").all("input[name=private_room]")


def test_the_second_to_want_the_room_is_told_and_offered_other_times(visitor):
    late = visitor.fill(private_room="yes", phone="41 00 00 00")
    first = late.values["slot"][0]
    visitor.book(private_room="yes")
    refused = page(visitor.send(late))
    assert refused.errors["slot"]
    assert refused.form().values["private_room"] == ["yes"]
    assert slots_on(refused)
    assert first not in slots_on(refused)


def test_the_wish_for_a_room_at_a_meeting_by_phone_is_no_booking_of_one(visitor):
    visitor.book(way="phone", private_room="yes")
    assert not visitor.bookings()[0].in_private_room


def test_a_time_for_calls_is_no_time_for_meetings(visitor, site):
    publish(site, Purpose.CALLBACK)
    calls = Booker(visitor.citizen, "callback")
    form = visitor.fill()
    form.values["slot"] = [slots_on(calls.open())[0]]
    assert page(visitor.send(form)).errors["slot"]
    assert visitor.bookings() == []


def test_a_call_and_a_meeting_can_both_be_booked(visitor, site):
    publish(site, Purpose.CALLBACK)
    calls = Booker(visitor.citizen, "callback")
    visitor.book(name="Leyla")
    calls.book(name="Leyla")
    assert len(visitor.bookings()) == 2


def test_without_capacity_there_is_another_way(visitor):
    shown = visitor.open("office=nav-granvik")
    assert "This office has no free times here now." in shown.text
    assert "/en/help?office=nav-granvik" in shown.links.values()
    assert shown.links["العربية"] == "/ar/appointment?office=nav-granvik"


def test_another_language_keeps_how_to_meet(visitor):
    form = visitor.fill(way="phone", private_room="yes", to="nb")
    shown = page(visitor.send(form, "language"), lang="nb").form()
    assert (shown.values["way"], shown.values["private_room"]) == (["phone"], ["yes"])
    assert shown.values["phone"] == [PHONE]


def test_the_office_page_leads_here(visitor):
    office = visitor.citizen.page("/en/offices/nav-eikevik")
    assert slots_on(page(office.follow(visitor.citizen.client, "Book an appointment")))
