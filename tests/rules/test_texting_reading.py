"""One text is read as its writer meant it: digits of every script, words, and what is kept."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.intake.codes import Need
from nav_access.intake.texting.codes import Command
from nav_access.intake.texting.reading import read

ZEROS = [
    chr(code)
    for code in range(sys.maxunicode)
    if unicodedata.category(chr(code)) == "Nd" and unicodedata.digit(chr(code)) == 0
]


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("MAT", Need.FOOD),
        ("food", Need.FOOD),
        ("їжа", Need.FOOD),
        ("Їжу!", Need.FOOD),
        ("طعام", Need.FOOD),
        ("ምግቢ የብለይን", Need.FOOD),
        ("cunto", Need.FOOD),
        ("strømmen er borte", Need.ELECTRICITY),
        ("straum", Need.ELECTRICITY),
        ("Світло", Need.ELECTRICITY),
        ("الكهرباء", Need.ELECTRICITY),
        ("nowhere to sleep", Need.HOUSING),
        ("житло", Need.HOUSING),
        ("PENGER", Need.MONEY),
        ("a letter", Need.LETTER),
    ],
)
def test_a_word_tells_the_need(text: str, need: Need):
    assert read(text).needs == {need}


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("STOP", Command.STOP),
        ("Stopp.", Command.STOP),
        (" стоп ", Command.STOP),
        ("قف", Command.STOP),
        ("HJELP", Command.HELP),
        ("help me!", Command.HELP),
        ("допоможіть", Command.HELP),
        ("مساعدة", Command.HELP),
        ("ሓገዝ", Command.HELP),
        ("Start", Command.START),
        ("NEW", Command.NEW),
        ("ny sak", Command.NEW),
    ],
)
def test_a_command_is_the_whole_text(text: str, command: Command):
    assert read(text).command is command
    assert read(f"{text} xyz").command is None


@pytest.mark.parametrize("zero", ZEROS)
def test_digits_of_every_script_are_read(zero: str):
    assert read(chr(ord(zero) + 3)).numbers == (3,)
    assert read("".join(chr(ord(zero) + n) for n in (0, 1, 5, 0))).postcode == "0150"


@pytest.mark.parametrize("text", ["1️⃣", "1.", "(1)", "svar 1", "№ 1"])
def test_a_digit_among_signs_is_read(text: str):
    assert read(text).numbers == (1,)


@pytest.mark.parametrize("text", ["ring meg kl. 1430", "sak 7051 7299", "7051 7299 8018 4630 4612"])
def test_four_digits_of_a_time_or_a_case_are_no_postcode(text: str):
    assert read(text).postcode is None


@pytest.mark.parametrize(
    "text",
    [
        "jeg kom i 2024",
        "siden 2023 har jeg bodd her",
        "I came in March 2022",
        "у 2022 році",
        "منذ 2022",
        "od 2022 roku",
        "brev fra 12.03.2024",
        "2024-03-12",
        "brevet 2024/2025",
        "ring etter 1500",
        "الساعة 1430",
        "kr 2000 igjen",
    ],
)
def test_four_digits_of_a_year_or_a_clock_are_no_postcode(text: str):
    assert read(text).postcode is None


@pytest.mark.parametrize("text", ["bor i 0150 Oslo", "fra 5003 Bergen", "1 2024", "2024 Gjerdrum"])
def test_what_only_looks_like_one_is_a_postcode(text: str):
    assert read(text).postcode in {"0150", "5003", "2024"}


def test_only_digits_of_a_known_postcode_are_one():
    known = {"0150"}.__contains__
    assert read("kode 4321, bor 0150 Oslo", known).postcode == "0150"
    assert read("koden er 4321", known).postcode is None


def test_four_digits_alone_are_still_what_was_typed_for_a_place():
    alone = read(" 4321 ", lambda _: False)
    assert (alone.postcode, alone.place, alone.is_clear) == (None, "4321", True)


@pytest.mark.parametrize("text", ["🍞🙏", "❤️", "😭 😭!"])
def test_a_text_of_signs_alone_is_the_persons_words(text: str):
    reading = read(text)
    assert (reading.words, reading.place, reading.language) == (text, None, None)


def test_four_digits_of_money_are_no_postcode():
    assert read("skylder 2000 kr").postcode is None
    assert read("0150 Oslo").postcode == "0150"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("jeg trenger mat", "nb"),
        ("eg treng straum", "nn"),
        ("no food", "en"),
        ("їжа", "uk"),
        ("أحتاج طعام", "ar"),
        ("MAT", None),
        ("food", None),
        ("ምግቢ የብለይን", None),
        ("hei", None),
    ],
)
def test_one_borrowed_word_does_not_tell_the_language(text: str, language: str | None):
    assert read(text).language == language


@pytest.mark.parametrize(
    ("text", "is_today"), [("mat i dag", True), ("ikke i dag", False), ("терміново", True)]
)
def test_today_is_understood(text: str, is_today: bool):
    assert read(text).is_today is is_today


@pytest.mark.parametrize("text", ["hei", "3", "takk", "English", "STOP", "", "?", "ja"])
def test_small_talk_is_not_kept_as_words(text: str):
    assert read(text).words is None


@pytest.mark.parametrize("text", ["ሓገዝ የድልየኒ፡ መብራህቲ የለን", "Ķá ŋ", "0150 Oslo akutt"])
def test_own_words_are_kept_letter_for_letter(text: str):
    assert read(text).words == text


def test_a_places_name_is_told_from_what_stands_beside_it():
    assert read("Grønland 1").place == "Grønland"
    assert read("Voss akutt").place == "Voss"
    assert read("Jeg bor hos en venn " * 4).place is None


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str):
    reading = read(text)
    assert all(0 <= number <= 99 for number in reading.numbers)
