"""Names as people type them: case, accents, doubled letters, one slip; slugs; capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.offices.names import (
    fold_name,
    fold_office_name,
    is_one_slip,
    slug_of,
    western_digits,
    write_capitals,
)

short_words = st.text("abc", max_size=6)


def distance(a: str, b: str) -> int:
    """Optimal string alignment by the textbook: the slow truth to compare with."""
    table = {(i, -1): i + 1 for i in range(-1, len(a))} | {(-1, j): j + 1 for j in range(len(b))}
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            steps = [table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (x != y)]
            if i and j and x == b[j - 1] and a[i - 1] == y:
                steps.append(table[i - 2, j - 2] + 1)
            table[i, j] = min(steps)
    return table[len(a) - 1, len(b) - 1]


@given(short_words, short_words)
def test_one_slip_is_distance_one(typed: str, name: str) -> None:
    assert is_one_slip(typed, name) == (len(typed) >= 4 and distance(typed, name) == 1)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("TROMSØ", "Tromsø"),
        ("tromsoe", "Tromsø"),
        ("tromsö", "Tromsø"),
        ("Baerum", "Bærum"),
        ("barum", "Bærum"),
        ("Aalesund", "Ålesund"),
        ("kárášjohka", "Karasjohka"),
        ("Mo  i\tRana", "mo i rana"),
        ("Våler (Østfold)", "valer ostfold"),
    ],
)
def test_the_same_name_typed_otherwise(typed: str, name: str) -> None:
    assert fold_name(typed) == fold_name(name)


@given(st.text(max_size=150))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    folded = fold_name(text)
    assert folded == " ".join(folded.split())
    assert "%" not in folded
    assert "_" not in folded


def test_nav_is_not_part_of_what_tells_offices_apart() -> None:
    assert fold_office_name("NAV Værnes") == fold_office_name("værnes")


def test_a_slip_in_a_short_word_is_another_word() -> None:
    assert not is_one_slip("gol", "hol")
    assert not is_one_slip("moss", "moss")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("NAV Værnes", "nav-vaernes"),
        ("NAV Kárášjohka – Karasjok", "nav-karasjohka-karasjok"),
        ("NAV St. Hanshaugen", "nav-st-hanshaugen"),
        ("Ωμέγα", "office"),
    ],
)
def test_slugs_are_ascii(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("OSLO", "Oslo"),
        ("MO I RANA", "Mo i Rana"),
        ("SØR-VARANGER", "Sør-Varanger"),
        ("HERØY (MØRE OG ROMSDAL)", "Herøy (Møre og Romsdal)"),
        ("NORE OG UVDAL", "Nore og Uvdal"),
    ],
)
def test_the_registers_capitals_are_written_as_in_a_sentence(capitals: str, written: str) -> None:
    assert write_capitals(capitals) == written


def test_digits_of_every_script() -> None:
    assert western_digits("٠١٥٠ Oslo") == "0150 Oslo"
    assert western_digits("०१५०") == "0150"
