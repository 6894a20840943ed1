"""Let us ring you: in every language, late, taken, without capacity, in trouble, safely."""

import pytest
from sqlalchemy.exc import OperationalError

from nav_access.appointments.codes import Purpose
from nav_access.core.db import DatabaseUnavailable
from nav_access.intake.booking import service as booking
from nav_access.intake.codes import Reach
from tests.doors.citizen.booking import PHONE, Booker, book_button, days_on, publish, slots_on
from tests.doors.citizen.conftest import code_on
from tests.page import page, text_of

AWAY = OperationalError("INSERT", {}, Exception("no such host"))
"""A database that is away; one that is only busy is waited for."""


@pytest.fixture
def caller(citizen, site) -> Booker:
    """Somebody who wants to be rung by an office that takes one person each half hour."""
    publish(site, Purpose.CALLBACK)
    return Booker(citizen, "callback")


@pytest.mark.parametrize("lang", ["nb", "nn", "en", "uk", "ar"])
def test_from_front_page_to_receipt(caller, citizen, lang):
    front = citizen.page(f"/{lang}/")
    assert f"/{lang}/callback" in front.links.values()
    caller.lang = lang
    where = caller.open("")
    times = page(where.form("form:has([name=place])").fill(place="0150").submit(citizen.client))
    receipt = page(caller.send(caller.fill(times)))
    assert len(code_on(receipt).replace(" ", "")) == 20
    assert [one.purpose for one in caller.bookings()] == [Purpose.CALLBACK]


def test_the_receipt_says_when_and_what_we_do_on_the_phone(caller):
    text = caller.book(voicemail="yes").text
    assert "We will ring you between 10:30 and 11:00 today." in text
    assert "We may leave a voice message." in text
    assert "If somebody else answers, we will not say who is ringing." in text


def test_a_code_word_goes_along(caller):
    caller.book(code_word="blåmeis")
    sealed = caller.citizen.reaching().code_word_sealed
    assert sealed is not None
    assert "blåmeis".encode() not in sealed


def test_any_time_today_comes_first_and_is_chosen(caller):
    shown = caller.open()
    assert shown.form().values["slot"] == ["any_today"]
    assert shown.all("input[name=slot]")[0]["value"] == "any_today"
    receipt = caller.book(slot="any_today")
    assert "Somebody will contact you before 15:00 today." in receipt.text
    assert "move or cancel the time" not in receipt.text
    assert caller.bookings() == []


def test_any_time_today_is_what_the_timeline_says(caller, citizen):
    code = code_on(caller.book(slot="any_today"))
    assert "You asked to be rung at any time that day." in page(citizen.open(code, "en")).text


def test_times_are_grouped_by_day_next_free_first(caller):
    shown = caller.open()
    assert days_on(shown)[:2] == ["Today, Monday 23 November", "Tuesday 24 November"]
    first = text_of(shown.all(".day")[0])
    assert first.endswith("10:30 to 11:00 11:00 to 11:30 11:30 to 12:00")


def test_later_times_are_a_link_away(caller, citizen):
    first = caller.open()
    later = page(first.follow(citizen.client, "Later times"))
    assert not set(slots_on(first)) & set(slots_on(later))
    assert slots_on(page(later.follow(citizen.client, "All free times"))) == slots_on(first)


def test_when_nobody_answers_any_more_today_nothing_is_chosen_yet(caller, clock):
    clock.advance(hours=6)
    shown = caller.open()
    assert shown.form().values["slot"] == [""]
    assert days_on(shown)[0] == "Tuesday 24 November"
    assert "Nobody answers at the office now" in shown.text
    refused = page(caller.send(shown.form().fill(phone=PHONE)))
    assert refused.errors == {"slot": "Choose a time"}


def test_before_the_office_opens_any_time_today_is_promised(caller, clock):
    clock.advance(hours=-3)
    assert "Any time today, before 15:00" in caller.open().text


def test_a_holiday_has_no_times(caller, clock, site):
    clock.advance(days=29)
    publish(site, Purpose.CALLBACK, "nav-granvik")
    days = days_on(caller.open("office=nav-granvik"))
    assert "Wednesday 23 December" in days
    assert "Friday 25 December" not in days


def test_the_loser_of_a_seat_gets_the_nearest_times_and_keeps_what_was_typed(caller):
    late = caller.fill(name="Leyla", message="Ring på døra", voicemail="yes")
    caller.book(phone="41 00 00 00")
    refused = caller.send(late)
    assert refused.status_code == 422
    again = page(refused)
    form = again.form()
    assert "Somebody took this time just now." in again.errors["slot"]
    assert (form.values["name"], form.values["message"]) == (["Leyla"], ["Ring på døra"])
    assert (form.values["voicemail"], form.values["phone"]) == (["yes"], [PHONE])
    assert len(slots_on(again)) == 6
    assert form.values["slot"] == [""]


def test_the_loser_can_see_all_times_and_book_one_of_them(caller):
    late = caller.fill(name="Leyla")
    caller.book(phone="41 00 00 00")
    again = page(caller.send(late)).form()
    every = page(again.submit(caller.citizen.client, "times"))
    assert len(slots_on(every)) > 6
    assert every.form().values["name"] == ["Leyla"]
    assert page(caller.send(caller.fill(every))).all("#code")


def test_who_must_mend_the_form_still_reaches_the_later_times(caller, citizen):
    first = caller.open()
    refused = page(caller.send(caller.fill(first, phone="")))
    later = page(refused.form().submit(citizen.client, "later"))
    assert not set(slots_on(first)) & set(slots_on(later))
    assert slots_on(page(later.form().submit(citizen.client, "times"))) == slots_on(first)


def test_at_night_what_is_left_to_do_is_read_first(caller, clock):
    clock.advance(hours=10)
    refused = page(caller.send(caller.fill(phone="")))
    assert refused.text.index("Still to do") < refused.text.index("116 117")


def test_a_time_that_has_passed_is_told_so(caller, clock):
    late = caller.fill()
    clock.advance(hours=2)
    refused = page(caller.send(late))
    assert "This time cannot be booked any more." in refused.errors["slot"]
    assert "10:30 to 11:00" not in refused.text.partition("Tuesday")[0]


def test_an_office_or_length_sent_by_the_browser_is_ignored(caller, citizen, office_of):
    form = caller.fill()
    form.values |= {"office": ["nav-granvik"], "length": ["480"], "ends": ["2026-11-23T15:00"]}
    page(caller.send(form))
    booked = caller.bookings()[0]
    assert (booked.ends_utc - booked.starts_utc).seconds == 1800
    assert office_of(citizen.cases()[0]) == "nav-eikevik"


def test_an_interpreter_needs_a_longer_time(caller):
    receipt = caller.book(interpreter="yes", slot=slots_on(caller.open())[0])
    booked = caller.bookings()[0]
    assert (booked.ends_utc - booked.starts_utc).seconds == 3600
    assert "between 10:30 and 11:30" in receipt.text
    assert "An interpreter takes part." in receipt.text


def test_the_last_time_of_the_day_is_too_short_for_an_interpreter(caller):
    refused = page(caller.send(caller.fill(interpreter="yes", slot=slots_on(caller.open())[2])))
    assert "too short" in refused.errors["slot"]
    assert refused.form().values["interpreter"] == ["yes"]


def test_the_same_form_twice_is_one_booking_and_one_receipt(caller):
    form = caller.fill()
    first, second = page(caller.send(form)), page(caller.send(form))
    assert code_on(first) == code_on(second)
    assert len(caller.bookings()) == 1


def test_the_same_page_with_another_time_is_asked_about(caller):
    form = caller.fill(phone="41 00 00 00")
    page(caller.send(form))
    asked = page(caller.send(form.fill(slot=form.page.all("input[name=slot]")[3]["value"])))
    assert "Is this another time?" in asked.text
    assert len(caller.bookings()) == 1


def test_one_person_has_one_call(caller):
    caller.book(name="Leyla")
    refused = page(caller.send(caller.fill(name="Leyla")))
    assert "You may have a time already." in refused.text
    assert "10:30" not in refused.one("[role=alert]").text
    assert refused.links["Follow your case"] == "/en/case"
    assert len(caller.bookings()) == 1


def test_nobody_can_go_on_asking_who_has_a_time(caller):
    caller.book(name="Leyla")
    answers = [caller.send(caller.fill(name="Leyla")).status_code for _ in range(11)]
    assert answers == [422] * 9 + [429] * 2


def test_who_wants_to_be_rung_is_rung(caller, citizen):
    form = caller.fill()
    form.values["reach"] = ["visit"]
    page(caller.send(form))
    assert citizen.reaching().reach is Reach.CALL


def test_unanswered_means_safest(caller, citizen):
    form = caller.fill()
    assert (form.values["voicemail"], form.values["say_who"]) == (["no"], ["no"])
    page(caller.send(form))
    assert not citizen.reaching().may_leave_voicemail
    assert not citizen.reaching().may_say_who


def test_a_number_is_needed(caller):
    refused = page(caller.send(caller.fill(phone="")))
    assert "phone" in refused.errors
    assert refused.form().values["slot"] == [slots_on(refused)[0]]


def test_another_language_keeps_what_was_typed(caller):
    form = caller.fill(name="Leyla", to="ar")
    shown = page(caller.send(form, "language"), lang="ar")
    assert shown.form().values["name"] == ["Leyla"]
    assert shown.form().values["slot"] == form.values["slot"]


def test_the_receipt_is_shown_in_another_language(caller, citizen):
    receipt = caller.book()
    form = receipt.form('form[action$="/callback"]').fill(to="nb")
    again = page(form.submit(citizen.client, "language"), lang="nb")
    assert code_on(again) == code_on(receipt)
    assert citizen.cases()[0].language == "nb"


def test_an_hour_later_the_receipt_holds_no_key(caller, citizen, clock):
    form = caller.book().form('form[action$="/callback"]')
    clock.advance(hours=1)
    again = page(form.submit(citizen.client, "language"))
    assert not again.all("#code")
    assert not again.all("input[name=case]")


def test_several_offices_are_chosen_among(caller, citizen):
    shown = caller.open("place=Oslo")
    times = page(shown.follow(citizen.client, "Nav Eikevik"))
    assert slots_on(times)


def test_an_office_nobody_knows_is_asked_for(caller):
    assert "We do not know that office." in caller.open("office=nav-ingensteds").text


def test_a_place_nobody_knows_leads_to_help(caller):
    shown = caller.open("place=Ingensteds")
    assert "We found no office for" in shown.text
    assert "/en/help" in shown.links.values()


def test_what_was_typed_stays_when_the_office_is_still_to_be_chosen(caller, citizen):
    form = caller.fill(name="Leyla", slot="any_today")
    form.values |= {"office": [""], "place": ["Oslo"]}
    asked = page(caller.send(form))
    assert asked.errors == {"office": "Choose the office where you are staying"}
    times = page(asked.form().fill(office="nav-granvik").submit(citizen.client, "times"))
    assert times.form().values["name"] == ["Leyla"]
    assert times.form().values["office"] == ["nav-granvik"]


def test_an_empty_form_is_asked_where_before_when(caller, citizen):
    asked = page(citizen.client.post("/en/callback", data={"token": caller.fill().values["token"]}))
    assert set(asked.errors) == {"place", "phone"}


def test_without_capacity_any_time_today_is_left(caller):
    shown = caller.open("office=nav-granvik")
    assert slots_on(shown) == []
    assert shown.form().values["slot"] == ["any_today"]


def test_without_capacity_in_the_evening_there_are_help_and_phone(caller, clock):
    clock.advance(hours=8)
    shown = caller.open("office=nav-granvik")
    assert "This office has no free times here now." in shown.text
    assert "/en/help?office=nav-granvik" in shown.links.values()
    assert not shown.all("form[method=post]")
    assert shown.phone_numbers.count("+4755553333") == 2


def test_a_program_that_fills_in_everything_is_asked_again(caller):
    form = caller.fill()
    form.values["website"] = ["https://spam.example"]
    assert "#website" in page(caller.send(form)).links.values()
    assert caller.bookings() == []


def test_a_flood_is_stopped(caller):
    for number in range(10):
        caller.book(slot="any_today", phone=f"40 00 01 {number:02}")
    refused = caller.send(caller.fill(slot="any_today"))
    assert refused.status_code == 429
    assert page(refused).form().values["phone"] == [PHONE]


def test_when_nothing_can_be_stored_the_number_and_all_words_are_there(caller, monkeypatch):
    form = caller.fill(name="Leyla")

    def fail(*_, **__):
        raise DatabaseUnavailable("away") from AWAY

    monkeypatch.setattr(booking, "receive_booking", fail)
    answer = caller.send(form)
    assert answer.status_code == 503
    assert page(answer).form().values["name"] == ["Leyla"]
    assert page(answer).phone_numbers


def test_when_nothing_can_be_read_either_the_chosen_time_is_kept(caller, monkeypatch, site):
    form = caller.fill(name="Leyla")

    def fail(*_):
        raise DatabaseUnavailable("away") from AWAY

    monkeypatch.setattr(type(site.database), "read_session", fail)
    shown = page(caller.send(form))
    assert shown.response.status_code == 503
    assert shown.form().values["slot"] == form.values["slot"]
    assert shown.form().values["name"] == ["Leyla"]


def test_a_form_from_yesterday_is_pressed_once_more(caller, clock):
    form = caller.fill(slot="any_today")
    clock.advance(hours=25)
    again = page(caller.send(form))
    assert again.response.status_code == 422
    assert page(caller.send(again.form())).all("#code")


def test_a_form_from_yesterday_that_was_taken_shows_its_receipt(caller, clock):
    form = caller.fill()
    caller.send(form)
    clock.advance(hours=25)
    assert "You have sent this before" in page(caller.send(form)).text


def test_the_list_is_kept_for_less_than_half_a_minute(caller, clock):
    def look():
        return caller.citizen.page("/en/callback?office=nav-eikevik")

    first = look()
    caller.book()
    assert slots_on(look()) == slots_on(first)
    assert look().form().values["token"] != first.form().values["token"]
    clock.advance(seconds=20)
    assert slots_on(first)[0] not in slots_on(look())


def test_whoever_chooses_from_a_kept_list_is_shown_the_nearest(caller, citizen):
    kept = citizen.page("/en/callback?office=nav-eikevik")
    caller.book()
    again = citizen.page("/en/callback?office=nav-eikevik")
    answer = page(caller.send(caller.fill(again, phone="41 00 00 00", name="Ada")))
    assert "slot" in answer.errors
    assert slots_on(answer)[0] == slots_on(kept)[1]
    assert answer.form().values["name"] == ["Ada"]


def test_what_was_typed_is_kept_by_nobody(caller):
    answer = caller.send(caller.fill(name="Ada", phone=""))
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("slot", ["99999999", "9" * 18, "9" * 40, "-1", "0", "x", "٣", "1e3"])
def test_odd_slots_are_no_fault_of_ours(caller, slot):
    form = caller.fill()
    form.values["slot"] = [slot]
    assert page(caller.send(form)).errors["slot"]


@pytest.mark.parametrize("since", ["x", "2026-13-01", "9999-12-31", "2026-W48-1", "0001-01-01"])
def test_odd_days_are_no_fault_of_ours(caller, since):
    assert caller.open(f"office=nav-eikevik&since={since}").response.status_code == 200


def test_the_main_button_comes_first(caller):
    form = caller.open().form()
    assert book_button(form) == "Book this time"
    assert form.tag.select_one("button").get_text() == "Book this time"
