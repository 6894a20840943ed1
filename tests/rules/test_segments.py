"""Counting the parts of a text: GSM's alphabet with its extensions, UCS-2, nothing cut in two."""

import pytest

from nav_access.messaging.segments import Alphabet, count_segments

EMOJI = "\N{THUMBS UP SIGN}"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("å" * 160, 1),
        ("å" * 161, 2),
        ("å" * 306, 2),
        ("å" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("я" * 134, 2),
        ("я" * 135, 3),
        (EMOJI * 35, 1),
        (EMOJI * 36, 2),
    ],
)
def test_parts(text: str, parts: int) -> None:
    assert count_segments(text).parts == parts


def test_an_escaped_letter_is_not_cut_in_two() -> None:
    assert count_segments("a" * 152 + "€" + "a" * 152).parts == 3


def test_a_pair_of_surrogates_is_not_cut_in_two() -> None:
    assert count_segments("я" * 66 + EMOJI + "я" * 66).parts == 3


@pytest.mark.parametrize("text", ["Søknad på møte, ÆØÅ æøå é", "{[~]}|\\^€"])
def test_norwegian_and_the_extensions_stay_in_gsm(text: str) -> None:
    assert count_segments(text).alphabet is Alphabet.GSM7


@pytest.mark.parametrize("text", ["ሕቶኹም", "طلبك", "Справа", "Rêve", "“a”", "a\N{NO-BREAK SPACE}b"])
def test_one_letter_of_another_script_takes_it_all_to_ucs2(text: str) -> None:
    assert count_segments(text).alphabet is Alphabet.UCS2
