"""A phone without a browser: a request told in texts, notes on a case, STOP."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from nav_access.intake.codes import (
    AcuteStatement,
    CaseStatus,
    Channel,
    Flag,
    Need,
    Reach,
    TimeOfDay,
    Urgency,
)
from nav_access.intake.messages import tell
from nav_access.intake.models import Case
from nav_access.intake.texting import filing, hearing
from nav_access.intake.texting.abandoned import finish_abandoned, list_abandoned
from nav_access.intake.texting.models import IncomingText, TextDialogue, TextStop
from nav_access.messaging.codes import MessageKind
from nav_access.messaging.models import OutboxMessage
from nav_access.offices.cards import get_card
from nav_access.offices.queries import AfterHoursNumber
from tests.doors.sms.conftest import DIGIT, ENGLISH, TIGRINYA, Phone, count_rows


def abandon(phone: Phone, **time: float) -> int:
    """Let time pass and finish what is over, as the clocks do; return how many that were."""
    now = phone.clock.advance(**time)
    with phone.site.database.unit_of_work() as session:
        return sum(
            finish_abandoned(session, found, keyring=phone.site.keyring, now=now)
            for found in list_abandoned(session, now)
        )


def test_a_request_is_told_in_four_texts_from_us(phone: Phone):
    said = [phone.text(text) for text in ("hei", ENGLISH, "1", "0150")]
    (case,) = phone.cases()
    assert len(phone.texts) == 4
    assert f"{DIGIT['ar']} العربية" in said[0]
    assert said[0].endswith("Tel. 55553333")
    assert f"Case {case.number[:4]} {case.number[4:]}" in said[3]
    assert "today" in said[3]
    assert "55 55 33 33" in said[3]
    assert (case.channel, case.language, case.urgency) == (Channel.SMS, "en", Urgency.ACUTE)
    assert (case.needs, case.acute) == ((Need.FOOD,), (AcuteStatement.NO_FOOD_TODAY,))


def test_the_sender_is_not_verified_and_nothing_is_assumed_of_them(phone: Phone):
    phone.text("hei", "1", "8", "0150")
    (case,), reaching = phone.cases(), phone.reaching()
    assert Flag.UNVERIFIED_SENDER in case.flags
    assert (reaching.reach, reaching.best_time) == (Reach.SMS, TimeOfDay.ANY)
    assert not reaching.may_leave_voicemail
    assert not reaching.may_say_who
    assert phone.place() == "0150"


def test_words_in_a_script_we_do_not_offer_arrive_letter_for_letter(phone: Phone):
    phone.text(TIGRINYA, ENGLISH, "2", "0150")
    assert phone.events() == [("received", TIGRINYA)]
    assert phone.cases()[0].acute == (AcuteStatement.POWER_CUT,)


def test_nothing_of_the_conversation_stays_beside_the_case(phone: Phone):
    phone.text("hei", "1", "mat", "1 0150")
    assert len(phone.cases()) == 1
    assert count_rows(phone, TextDialogue) == 0


def test_texts_from_us_never_carry_the_key(phone: Phone):
    phone.text("hei", ENGLISH, "1", "0150")
    digits = [text for text in phone.texts if sum(map(str.isdigit, text)) >= 28]
    assert digits == []


@pytest.mark.parametrize("text", ["HJELP", "hjelp meg", "xyzzy", "допоможіть", "?"])
def test_whatever_comes_first_is_answered_with_a_number_to_ring(phone: Phone, text: str):
    assert "55553333" in phone.text(text)


def test_what_is_not_understood_is_answered_with_a_number_to_ring(phone: Phone):
    assert "55553333" not in phone.text("hei", ENGLISH)
    assert "55553333" in phone.text("help")


def test_a_need_nobody_goes_on_with_becomes_a_request(phone: Phone):
    phone.text("MAT")
    assert abandon(phone, minutes=29) == 0
    assert abandon(phone, minutes=1) == 1
    (case,) = phone.cases()
    assert (case.needs, case.language) == ((Need.FOOD,), "nb")
    assert phone.events() == [("received", "MAT")]
    assert case.number[:4] in phone.answer()
    assert abandon(phone, minutes=60) == 0


def test_an_acute_need_is_not_waited_for_so_long(phone: Phone):
    phone.text("mat i dag")
    assert abandon(phone, minutes=10) == 1
    assert phone.cases()[0].urgency == Urgency.ACUTE


def test_a_cry_for_help_becomes_a_request_and_a_greeting_is_forgotten(phone: Phone):
    phone.text("HJELP")
    phone.of("+4790000002").text("hei")
    assert abandon(phone, days=1) == 2
    (case,) = phone.cases()
    assert case.needs == (Need.OTHER,)
    assert count_rows(phone, TextDialogue) == 0


def test_one_delivered_twice_is_one(phone: Phone):
    for _ in range(3):
        phone.deliver("hei", id="same")
    assert phone.answer()
    assert count_rows(phone, IncomingText) == count_rows(phone, OutboxMessage) == 1


def test_without_an_id_the_words_and_their_time_tell(phone: Phone):
    for stamp in ("1795369968", "1795369968", "1795369969"):
        phone.deliver("1", id="", ts=stamp)
    assert count_rows(phone, IncomingText) == 2


def test_without_id_and_time_the_same_words_within_the_minute_are_one(phone: Phone):
    for _ in range(2):
        phone.deliver("1", id="")
    phone.clock.advance(seconds=59)
    phone.deliver("1", id="")
    assert count_rows(phone, IncomingText) == 1
    phone.clock.advance(minutes=2)
    phone.deliver("1", id="")
    assert count_rows(phone, IncomingText) == 2


def test_the_same_id_from_another_phone_is_another_text(phone: Phone):
    phone.deliver("hei", id="7")
    phone.of("+4790000002").deliver("hei", id="7")
    assert count_rows(phone, IncomingText) == 2


def test_a_known_numbers_text_is_a_note_that_changes_nothing(phone: Phone):
    phone.text("hei", ENGLISH, "8", "0150")
    (before,) = phone.cases()
    said = phone.text("It is the letter about my rent today")
    (after,) = phone.cases()
    assert phone.events()[1:] == [("texted", "It is the letter about my rent today")]
    assert (after.status, after.deadline_utc) == (before.status, before.deadline_utc)
    assert (after.urgency, after.needs) == (before.urgency, before.needs)
    assert f"{after.number[:4]} {after.number[4:]}" in said


def settle(phone: Phone, status: CaseStatus) -> None:
    with phone.site.database.unit_of_work() as session:
        session.execute(update(Case).values(status=status, answered_utc=phone.clock()))


@pytest.mark.parametrize("status", [CaseStatus.ANSWERED, CaseStatus.CLOSED])
def test_a_text_reopens_a_case_that_had_lapsed(phone: Phone, status: CaseStatus):
    phone.text("hei", ENGLISH, "8", "0150")
    settle(phone, status)
    phone.clock.advance(days=40)
    said = phone.text("I still need you")
    (case,) = phone.cases()
    assert (case.status, case.answered_utc) == (CaseStatus.WAITING, None)
    assert case.deadline_utc > phone.clock()
    assert "Somebody will contact you before" in said


def test_an_answered_case_is_in_somebodys_hands_for_an_hour(phone: Phone):
    phone.text("hei", ENGLISH, "8", "0150")
    settle(phone, CaseStatus.ANSWERED)
    phone.text("and one more thing")
    assert phone.cases()[0].status is CaseStatus.ANSWERED
    phone.text("no food today")
    assert phone.cases()[0].status is CaseStatus.WAITING


def test_thanks_reopens_nothing_and_is_not_answered(phone: Phone):
    phone.text("hei", "1", "8", "0150")
    settle(phone, CaseStatus.CLOSED)
    assert phone.text("Takk!") == ""
    assert phone.cases()[0].status is CaseStatus.CLOSED
    assert phone.events()[-1] == ("texted", "Takk!")


def test_a_request_taken_back_is_never_reopened(phone: Phone):
    phone.text("hei", ENGLISH, "8", "0150")
    settle(phone, CaseStatus.WITHDRAWN)
    assert "English" in phone.text("hello")
    assert phone.cases()[0].status is CaseStatus.WITHDRAWN
    assert [kind for kind, _ in phone.events()] == ["received"]


def test_an_erased_case_is_never_touched(phone: Phone):
    phone.text("hei", ENGLISH, "8", "0150")
    with phone.site.database.unit_of_work() as session:
        session.execute(update(Case).values(wrapped_key=None, status=CaseStatus.CLOSED))
    assert "English" in phone.text("hello")


def test_new_begins_another_request_a_few_times_a_day(phone: Phone):
    phone.text("hei", ENGLISH, "8", "0150")
    for _ in range(hearing.REQUESTS_A_DAY):
        assert "What do you need?" in phone.text("NEW")
        phone.text("8", "0150")
    assert "What do you need?" not in phone.text("NEW")
    assert len(phone.cases()) == 1 + hearing.REQUESTS_A_DAY


def test_stop_is_confirmed_once_and_then_there_is_silence(phone: Phone):
    phone.text("hei", ENGLISH, "8", "0150")
    assert "no more texts" in phone.text("STOP")
    assert [phone.text("hello"), phone.text("STOP"), phone.text("NEW")] == ["", "", ""]
    assert Flag.TEXTS_STOPPED in phone.cases()[0].flags
    assert ("texted", "STOP") in phone.events()


def test_start_ends_the_silence(phone: Phone):
    phone.text("hei", ENGLISH, "8", "0150", "STOP", "START")
    assert phone.texts[-1].startswith("Your text is with case")
    assert Flag.TEXTS_STOPPED not in phone.cases()[0].flags
    assert count_rows(phone, TextStop) == 0


def test_what_was_told_before_stop_is_not_lost_and_the_person_is_rung(phone: Phone):
    phone.text("strøm", "1", "STOP")
    (case,), reaching = phone.cases(), phone.reaching()
    assert case.needs == (Need.ELECTRICITY,)
    assert Flag.TEXTS_STOPPED in case.flags
    assert (reaching.reach, reaching.may_leave_voicemail) == (Reach.CALL, False)
    assert len(phone.texts) == 3


def test_a_need_from_a_phone_that_wants_no_texts_is_a_request_at_once(phone: Phone):
    phone.text("STOP")
    assert phone.text("no food today") == ""
    assert phone.cases()[0].acute == (AcuteStatement.NO_FOOD_TODAY,)


def test_a_text_already_queued_is_kept_back_after_stop(phone: Phone):
    phone.deliver("hei")
    phone.deliver("STOP")
    assert "no more texts" in phone.answer()
    assert len(phone.texts) == 1


def test_two_machines_that_answer_each_other_come_to_rest(phone: Phone):
    said = phone.text("I am away. This is an automatic answer.")
    for _ in range(100):
        said = said and phone.text("I am away. This is an automatic answer.")
    assert said == ""
    assert len(phone.texts) <= 4 + hearing.NOTES_ANSWERED_A_DAY
    assert len(phone.cases()) == 1


def test_a_flood_is_not_kept_but_an_acute_word_is(phone: Phone):
    phone.text("hei", ENGLISH, "8", "0150")
    for _ in range(hearing.NOTES_A_DAY):
        phone.deliver("spam")
    kept = len(phone.events())
    phone.deliver("spam")
    assert len(phone.events()) == kept < hearing.NOTES_A_DAY + 2
    phone.deliver("no food today")
    assert phone.events()[-1] == ("texted", "no food today")


def test_somebody_without_a_case_is_heard_however_often_they_text(phone: Phone):
    for _ in range(hearing.NOTES_A_DAY + 5):
        phone.deliver("hei")
        phone.deliver("STOP")
        phone.deliver("START")
    phone.deliver("no food 0150")
    assert len(phone.cases()) == 1


@pytest.mark.parametrize("last", ["STOP", "START"])
def test_nothing_about_a_case_is_sent_to_a_phone_that_said_stop(phone: Phone, last: str):
    phone.text("hei", ENGLISH, "8", "0150", "STOP", last)
    (case,), now = phone.cases(), phone.clock()
    with phone.site.database.unit_of_work() as session:
        tell(session, case.id, MessageKind.MISSED_CALL, due_utc=now, now=now, once="missed")
    assert bool(phone.answer()) is (last == "START")


@pytest.mark.parametrize(
    ("hours", "digit", "number"),
    [(13, "1", "22 00 00 99"), (13, "8", "55 55 33 33"), (0, "1", "55 55 33 33")],
)
def test_an_acute_request_at_night_says_who_answers_then(
    phone: Phone, monkeypatch: pytest.MonkeyPatch, hours: int, digit: str, number: str
):
    at_night = AfterHoursNumber("+4722000099", None, None, "NAV")
    monkeypatch.setattr(
        filing, "get_card", lambda *of: replace(get_card(*of), after_hours=(at_night,))
    )
    phone.clock.advance(hours=hours)
    assert number in phone.text("hei", ENGLISH, digit, "0150")


def test_arabic_keeps_its_numbers_in_order(phone: Phone):
    said = phone.text("hei", DIGIT["ar"], "1", "0150")
    (case,) = phone.cases()
    assert f"{case.number[:4]}\u00a0{case.number[4:]}" in said
    assert "55\u00a055\u00a033\u00a033" in said


def test_a_day_later_there_are_texts_again(phone: Phone):
    phone.text("hei", ENGLISH, "8", "0150", "a b c", "d e f")
    assert phone.text("g h i") == ""
    phone.clock.advance(hours=25)
    assert phone.text("j k l").startswith("Your text is with case")


@pytest.mark.parametrize("wait", [timedelta(0), timedelta(minutes=2)])
def test_two_texts_at_once_are_two_answers_to_one_conversation(phone: Phone, wait: timedelta):
    phone.deliver("hei")
    phone.clock.advance(seconds=wait.total_seconds())
    phone.deliver("mat")
    assert count_rows(phone, TextDialogue) == 1
