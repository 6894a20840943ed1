"""A conversation by SMS, whatever is answered in whatever order: four texts from us at most."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.intake.codes import AcuteStatement, CaseStatus, Need
from nav_access.intake.texting.codes import Say
from nav_access.intake.texting.reading import read
from nav_access.intake.texting.rules import (
    ABANDONED_ACUTE_AFTER,
    ABANDONED_AFTER,
    FORGOTTEN_AFTER,
    advance,
    decide_language,
    decide_patience,
    has_lapsed,
)
from nav_access.intake.texting.talk import Talk

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MENU = ("nb", "nn", "en", "uk", "ar")
ALL = tuple(f"l{n}" for n in range(1, 25))
MINUTE = timedelta(minutes=1)
PROMISE = 1
"""The text that is still to come when the request is there."""


class Person:
    """Somebody who texts; minutes pass between their texts."""

    def __init__(self, menu: tuple[str, ...] = MENU) -> None:
        self.talk, self.menu, self.now, self.is_finished = Talk(), menu, NOW, False

    def say(self, text: str, after: timedelta = MINUTE, sent: datetime | None = None) -> Say | None:
        """Send a text; return what we ask then."""
        self.now += after
        step = advance(self.talk, read(text), self.menu, sent=sent, now=self.now)
        self.talk, self.is_finished = step.talk, step.is_finished
        return step.question

    def tell(self, *texts: str) -> list[Say | None]:
        """Send several texts; return each question asked."""
        return [self.say(text) for text in texts]


def test_the_longest_way_is_three_questions():
    person = Person()
    assert person.tell("hei", "3", "1", "0150") == [Say.LANGUAGE, Say.NEED, Say.PLACE, None]
    assert person.is_finished
    assert (person.talk.language, person.talk.place) == ("en", "0150")
    assert person.talk.find_acute() == {AcuteStatement.NO_FOOD_TODAY}


def test_a_need_in_words_leaves_room_to_ask_whether_it_is_acute():
    person = Person()
    assert person.tell("MAT", "1", "1") == [Say.LANGUAGE, Say.ACUTE, Say.PLACE]
    assert person.say("Grønland") is None
    assert person.talk.find_needs() == {Need.FOOD}
    assert (person.talk.place, person.talk.words) == ("Grønland", ("MAT",))


def test_a_need_in_words_late_asks_place_and_acute_together():
    person = Person()
    assert person.tell("hei", "1", "strøm") == [Say.LANGUAGE, Say.NEED, Say.PLACE_AND_ACUTE]
    assert person.say("0150 2") is None
    assert person.talk.find_acute() == {AcuteStatement.POWER_CUT}


def test_all_in_one_text_needs_no_question():
    person = Person()
    assert person.say("jeg trenger mat i dag, 0150") is None
    assert person.is_finished
    assert person.talk.find_acute() == {AcuteStatement.NO_FOOD_TODAY}


@pytest.mark.parametrize(
    ("digits", "needs", "acute"),
    [
        ("1", {Need.FOOD}, {AcuteStatement.NO_FOOD_TODAY}),
        ("٢", {Need.ELECTRICITY}, {AcuteStatement.POWER_CUT}),
        ("3 og 8", {Need.HOUSING, Need.LETTER}, {AcuteStatement.NO_SHELTER_TONIGHT}),
        ("47", {Need.FOOD, Need.MONEY}, set()),
        ("6", {Need.HOUSING}, set()),
        ("9", {Need.OTHER}, set()),
    ],
)
def test_digits_choose_needs(digits: str, needs: set[Need], acute: set[AcuteStatement]):
    person = Person()
    person.tell("hei", "1", digits)
    assert (person.talk.find_needs(), person.talk.find_acute()) == (needs, acute)


@pytest.mark.parametrize(("answer", "is_acute"), [("ja", True), ("1", True), ("0", False)])
def test_yes_and_no_answer_whether_it_is_acute(answer: str, is_acute: bool):
    person = Person()
    person.tell("mat", "1", answer)
    assert bool(person.talk.find_acute()) is is_acute
    assert person.talk.is_acute_told


def test_no_food_is_not_the_answer_no():
    person = Person()
    person.tell("mat", "3", "no food")
    assert not person.talk.is_acute_told


def test_another_page_of_languages_costs_a_question_and_the_rest_is_asked_together():
    person = Person(ALL)
    assert person.tell("hei", "0") == [Say.LANGUAGE, Say.LANGUAGE]
    assert person.talk.asked[-1].page == 1
    assert person.say("24") is Say.EVERYTHING
    assert person.talk.language == "l24"
    assert person.say("ሓገዝ የድልየኒ 0150") is None
    assert person.talk.place == "0150"


def test_there_is_no_page_after_the_last():
    person = Person()
    assert person.tell("hei", "0") == [Say.LANGUAGE, Say.NEED]
    assert person.talk.language == "en"


def test_a_languages_own_name_chooses_it_at_any_time():
    person = Person()
    assert person.say("Українська") is Say.NEED
    person.say("English")
    assert person.talk.language == "en"


@pytest.mark.parametrize(
    ("text", "language"), [("їжа", "uk"), ("سلام", "ar"), ("ሰላም", "en"), ("mat", "nb")]
)
def test_a_language_that_was_not_chosen_is_guessed(text: str, language: str):
    person = Person()
    person.say(text)
    assert decide_language(person.talk, MENU) == language


def test_help_gets_the_question_again_while_there_is_room():
    person = Person()
    assert person.tell("HJELP", "HJELP") == [Say.LANGUAGE, Say.LANGUAGE]
    assert person.say("1") is Say.EVERYTHING
    assert person.say("vet ikke") is None
    assert person.is_finished


def test_somebody_nobody_understands_gets_a_person():
    person = Person()
    person.tell("?", "?", "?", "?")
    assert person.is_finished
    assert person.talk.find_needs() == {Need.OTHER}


def test_a_second_press_is_not_an_answer_to_the_next_question():
    person = Person()
    person.tell("hei", "1", "1")
    assert person.say("1", after=timedelta(seconds=4)) is None
    assert not person.is_finished
    assert person.say("0150") is None
    assert (person.is_finished, person.talk.place) == (True, "0150")


def test_an_answer_delivered_late_is_an_answer_to_its_own_question():
    person = Person()
    person.say("hei", sent=NOW + MINUTE)
    slow = person.now + timedelta(seconds=20)
    assert person.say("2", sent=person.now + MINUTE) is Say.NEED
    person.say("3", sent=slow)
    assert (person.talk.language, person.talk.needs) == ("nn", frozenset())
    assert not person.is_finished
    assert person.say("8", sent=person.now + MINUTE) is Say.PLACE
    assert person.talk.needs == {Need.LETTER}


@pytest.mark.parametrize("hours", [-3, 0, 2])
def test_the_gateways_clock_need_not_be_ours(hours: int):
    person, wrong = Person(), timedelta(hours=hours)
    for text in ("hei", "2", "8"):
        person.say(text, sent=person.now + MINUTE + wrong)
    assert (person.talk.language, person.talk.needs) == ("nn", {Need.LETTER})


def test_who_may_not_be_texted_is_taken_as_they_are():
    step = advance(Talk(), read("mat"), MENU, sent=None, now=NOW, may_ask=False)
    assert (step.question, step.is_finished) == (None, True)
    step = advance(Talk(), read("hei"), MENU, sent=None, now=NOW, may_ask=False)
    assert (step.question, step.is_finished) == (None, False)


@pytest.mark.parametrize(
    ("text", "patience"),
    [
        ("hei", FORGOTTEN_AFTER),
        ("3", FORGOTTEN_AFTER),
        ("mat", ABANDONED_AFTER),
        ("HJELP", ABANDONED_AFTER),
        ("ሰላም ሓገዝ", ABANDONED_AFTER),
        ("mat i dag", ABANDONED_ACUTE_AFTER),
    ],
)
def test_what_is_told_is_not_waited_for_long(text: str, patience: timedelta):
    person = Person()
    person.say(text)
    assert decide_patience(person.talk) == patience


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("status", "since", "is_acute", "lapsed"),
    [
        (CaseStatus.WAITING, 900 * HOUR, True, False),
        (CaseStatus.ANSWERED, HOUR / 2, False, False),
        (CaseStatus.ANSWERED, HOUR / 2, True, True),
        (CaseStatus.ANSWERED, HOUR, False, True),
        (CaseStatus.CLOSED, timedelta(0), False, True),
        (CaseStatus.WITHDRAWN, 900 * HOUR, True, False),
    ],
)
def test_a_case_has_lapsed_when_nobody_owes_an_answer(
    status: CaseStatus, since: timedelta, is_acute: bool, lapsed: bool
):
    assert has_lapsed(status, NOW - since, NOW, is_acute=is_acute) is lapsed


WORDS = ("hei", "MAT", "1", "2", "0", "33", "0150", "HJELP", "ja", "nei", "English", "0150 1", "?")
MORE_WORDS = ("ሓገዝ የድልየኒ", "їжа", "طعام اليوم", "٤", "akutt", "takk", "NEW", "START", "", "99 99")
TEXTS = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(WORDS + MORE_WORDS), st.text(max_size=40)),
        st.integers(0, 3000),
        st.one_of(st.none(), st.integers(-5000, 600)),
    ),
    min_size=1,
    max_size=12,
)


@given(TEXTS, st.sampled_from([MENU, ALL, ("nb",)]))
def test_at_most_three_questions_and_always_a_next_step(texts, menu):
    talk, now = Talk(), NOW
    for text, pause, shift in texts:
        now += timedelta(seconds=pause)
        sent = None if shift is None else now + timedelta(seconds=shift)
        step = advance(talk, read(text), menu, sent=sent, now=now)
        assert len(step.talk.asked) - len(talk.asked) == (step.question is not None)
        assert len(step.talk.asked) + PROMISE <= 4
        assert step.talk.is_told or not talk.is_told
        assert step.talk.needs >= talk.needs
        assert step.talk.words[: len(talk.words)] == talk.words
        has_next = step.is_finished or step.question or step.talk.asked or not step.talk.is_told
        assert has_next
        talk = step.talk
        if step.is_finished:
            break


@given(TEXTS)
def test_four_answers_that_were_read_are_a_request(texts):
    person = Person()
    for text in [text for text, _, _ in texts][:3]:
        person.is_finished or person.say(text)
    for _ in range(4):
        person.is_finished or person.say("x y z")
    assert person.is_finished


@given(st.permutations(["mat", "0150", "akutt"]))
def test_the_same_facts_in_any_order_are_the_same_request(texts: list[str]):
    person = Person()
    person.tell("hei", *texts)
    assert person.talk.find_acute() == {AcuteStatement.NO_FOOD_TODAY}
    assert (person.talk.find_needs(), person.talk.place) == ({Need.FOOD}, "0150")


@given(TEXTS, st.randoms())
def test_texts_in_another_order_lose_no_words(texts, chance):
    said = [text for text, _, _ in texts]
    chance.shuffle(said)
    person = Person()
    for text in said:
        person.is_finished or person.say(text)
        told = (person.talk.words, person.talk.place)
        assert not read(text).words or person.is_finished or read(text).words in (*told[0], told[1])
