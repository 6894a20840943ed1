"""Case codes: typed in any script and grouping, mistyped, and guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.core import references
from nav_access.core.references import (
    CaseCode,
    NotACaseCode,
    OnlyCaseNumber,
    derive_key,
    digits_of,
    group_code,
    is_case_number,
    is_key,
    is_verifier_current,
    make_verifier,
    new_case_number,
    parse_case_code,
)
from nav_access.core.security.keyring import Keyring

KEY = "123456789012"
SCRIPTS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "0123456789")

case_numbers = st.builds(lambda _: new_case_number(), st.integers())


@given(case_numbers, st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: str, place: int, step: int) -> None:
    wrong = str((int(number[place]) + step) % 10)
    assert is_case_number(number)
    assert not is_case_number(number[:place] + wrong + number[place + 1 :])


@given(case_numbers, st.integers(0, 6))
def test_two_digits_swapped_are_noticed(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert is_case_number(swapped) == (swapped == number)


@given(st.sampled_from(SCRIPTS), st.sampled_from(["", " ", "-", ".", "\u200f", "\u00a0"]))
def test_code_is_read_in_every_script_and_grouping(script: str, between: str) -> None:
    number = new_case_number()
    typed = between.join(script[int(digit)] for digit in number + KEY)
    assert parse_case_code(typed) == CaseCode(number, KEY)


def test_ethiopic_digits_count_too() -> None:
    assert digits_of("፩፪፫") == "123"


def test_the_code_as_shown_is_read_back() -> None:
    number = new_case_number()
    shown = group_code(number, KEY)
    assert [len(group) for group in shown.split(" ")] == [4, 4, 4, 4, 4]
    assert parse_case_code(shown) == CaseCode(number, KEY)


def test_only_the_number_says_what_is_missing() -> None:
    number = new_case_number()
    with pytest.raises(OnlyCaseNumber) as fact:
        parse_case_code(f"case {number[:4]} {number[4:]}")
    assert fact.value.number == number


@pytest.mark.parametrize("text", ["", "hello", "1234567", "1" * 19, "1" * 21, "0" * 100_000])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(NotACaseCode):
        parse_case_code(text)


def test_a_mistyped_number_is_refused_with_its_key() -> None:
    number = new_case_number()
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    with pytest.raises(NotACaseCode):
        parse_case_code(wrong + KEY)


def test_the_same_form_gives_the_same_key(keyring: Keyring) -> None:
    first = derive_key(keyring, b"o" * 16, keyring.active_id)
    assert first == derive_key(keyring, b"o" * 16, keyring.active_id)
    assert first != derive_key(keyring, b"p" * 16, keyring.active_id)
    assert len(first) == 12
    assert first.isdigit()


def test_only_the_right_key_of_the_right_case_opens(keyring: Keyring) -> None:
    verifier = make_verifier(keyring, "12345674", KEY)
    assert is_key(keyring, verifier, "12345674", KEY)
    assert not is_key(keyring, verifier, "12345674", KEY[::-1])
    assert not is_key(keyring, verifier, "23456785", KEY)
    assert not is_key(keyring, None, "12345674", KEY)
    assert not is_key(keyring, "", "12345674", KEY)


def test_verifier_says_nothing_without_the_keys(keyring: Keyring, tmp_path) -> None:
    stranger = Keyring.create(tmp_path / "other.json")
    verifier = make_verifier(keyring, "12345674", KEY)
    assert not is_key(stranger, verifier, "12345674", KEY)
    assert make_verifier(keyring, "12345674", KEY) != verifier


def test_verifier_outlives_the_root_key_it_was_made_with(keys_file) -> None:
    keyring = Keyring.load(keys_file)
    verifier = make_verifier(keyring, "12345674", KEY)
    old = keyring.active_id
    Keyring.rotate(keys_file)
    Keyring.retire(keys_file, old, in_use=())
    fresh = Keyring.load(keys_file)
    assert is_key(fresh, verifier, "12345674", KEY)
    assert not is_verifier_current(fresh, verifier)


def test_a_verifier_of_the_former_cost_opens_and_is_then_made_anew(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_made = make_verifier(keyring, "12345674", KEY)
    monkeypatch.setitem(references._COST, "memory_cost", 512)
    dearer = make_verifier(keyring, "12345674", KEY)
    assert "$m=512," in dearer
    assert is_key(keyring, dearer, "12345674", KEY)
    assert not is_verifier_current(keyring, dearer)
    assert is_verifier_current(keyring, now_made)


def test_the_stored_verifier_fits_its_column(keyring: Keyring) -> None:
    assert len(make_verifier(keyring, "12345674", KEY)) <= 120
