"""The words of texts: what is asked can be answered, and each fits the parts a text is sent in."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from nav_access.core.i18n.locales import LOCALES, Locale, list_offered
from nav_access.intake.texting.codes import (
    ACUTE_DIGITS,
    LANGUAGES_ON_A_PAGE,
    LATER_DIGITS,
    MORE,
    Command,
    Say,
)
from nav_access.intake.texting.reading import read
from nav_access.messaging.segments import Alphabet, count_segments
from nav_access.web.shared.dialogue_words import QUESTIONS, say_dialogue

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PHONE = "+4755553333"
NUMBER = "12345674"
MOST_PARTS = 2
MOST_PARTS_OF_A_LIST = 4
"""Twelve names in five scripts: it is sent once, to those whose first words told no language."""
LATER = (timedelta(hours=2), timedelta(days=1), timedelta(days=9))


def say(what: Say, locale: Locale, **detail: str | int) -> str:
    """Return a text at its longest, with a number to ring."""
    given = {"say": str(what), "phone": PHONE, "page": 0, **detail}
    return say_dialogue(given, NUMBER, locale, NOW)


def every_text(locale: Locale) -> list[str]:
    """Return all we ever say in a language."""
    plain = [say(what, locale) for what in Say if what not in (Say.RECEIVED, Say.LANGUAGE)]
    promises = [say(Say.RECEIVED, locale, deadline=(NOW + wait).isoformat()) for wait in LATER]
    return plain + promises


@pytest.mark.parametrize("locale", list_offered(), ids=lambda locale: locale.tag)
def test_every_text_fits_two_parts_and_a_latin_one_a_single(locale: Locale):
    for text in every_text(locale):
        segments = count_segments(text)
        most = 1 if segments.alphabet is Alphabet.GSM7 else MOST_PARTS
        assert segments.parts <= most, (segments, text)


@pytest.mark.parametrize("locale", list_offered(), ids=lambda locale: locale.tag)
def test_the_questions_name_the_digits_that_are_read(locale: Locale):
    acute = {str(digit) for digit in ACUTE_DIGITS}
    named = {what: set(re.findall(r"\d", say(what, locale, phone=""))) for what in QUESTIONS}
    assert named[Say.NEED] == acute | {str(digit) for digit in LATER_DIGITS}
    assert named[Say.ACUTE] == acute | {str(MORE)}
    assert named[Say.PLACE_AND_ACUTE] == acute
    assert named[Say.PLACE] == named[Say.EVERYTHING] == set()


@pytest.mark.parametrize("locale", list_offered(), ids=lambda locale: locale.tag)
def test_the_words_we_tell_people_to_send_are_understood(locale: Locale):
    for what, command in ((Say.NOTED, Command.NEW), (Say.STOPPED, Command.START)):
        assert command.upper() in say(what, locale)
        assert read(command.upper()).command is command


def test_the_lists_of_languages_have_every_one_by_its_number():
    pages = range(-(-len(list_offered()) // LANGUAGES_ON_A_PAGE))
    texts = [say(Say.LANGUAGE, LOCALES[0], page=page) for page in pages]
    lines = [line for text in texts for line in text.splitlines()]
    offered = [f"{n} {locale.endonym}" for n, locale in enumerate(list_offered(), 1)]
    assert [line for line in lines if line not in (f"{MORE} …", "Tel. 55553333")] == offered
    assert [f"{MORE} …" in text for text in texts] == [*[True] * (len(texts) - 1), False]
    assert all(count_segments(text).parts <= MOST_PARTS_OF_A_LIST for text in texts)


def test_a_promise_is_not_made_when_its_time_is_over():
    late = say(Say.RECEIVED, LOCALES[0], deadline=NOW.isoformat())
    assert late == say(Say.NOTED, LOCALES[0])


def test_no_text_names_the_service():
    for locale in list_offered():
        assert "nav" not in " ".join(every_text(locale)).casefold().split()
