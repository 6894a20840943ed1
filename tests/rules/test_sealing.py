"""Sealed values open in their own place only, and not at all when touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.core.security.keyring import Keyring
from nav_access.core.security.sealing import (
    CaseSeal,
    SealBroken,
    blind_index,
    blind_indexes,
    key_id_of,
    open_with_keyring,
    rewrap,
    seal_with_keyring,
)

PLACE = {"table": "case_reaching", "row": "12345674", "column": "name_sealed"}


@pytest.fixture
def seal(keyring: Keyring) -> CaseSeal:
    return CaseSeal.new(keyring, "12345674")


@pytest.mark.parametrize("text", ["", "Ola", "ለምለም", "\0", "x" * 10_000])
def test_text_comes_back(seal: CaseSeal, text: str) -> None:
    sealed = seal.seal(text, **PLACE)
    assert seal.open_text(sealed, **PLACE) == text
    # A single byte is in anything as long, now and then.
    assert len(text) < 2 or text.encode() not in sealed


@pytest.mark.parametrize("part", ["table", "row", "column"])
def test_text_moved_elsewhere_does_not_open(seal: CaseSeal, part: str) -> None:
    sealed = seal.seal("Ola", **PLACE)
    with pytest.raises(SealBroken):
        seal.open_text(sealed, **{**PLACE, part: "elsewhere"})


def test_names_that_could_blur_a_place_are_refused(seal: CaseSeal) -> None:
    with pytest.raises(ValueError, match="a place in the database"):
        seal.seal("Ola", table="a|b", row="c", column="d")


def test_any_touched_byte_is_noticed(seal: CaseSeal) -> None:
    sealed = seal.seal("Ola", **PLACE)
    for place in range(len(sealed)):
        touched = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(SealBroken):
            seal.open_text(touched, **PLACE)


def test_another_cases_key_does_not_unwrap(keyring: Keyring, seal: CaseSeal) -> None:
    with pytest.raises(SealBroken):
        CaseSeal.open(keyring, seal.wrapped, "99999999")


def test_the_same_text_never_looks_the_same(seal: CaseSeal) -> None:
    assert len({seal.seal("Ola", **PLACE) for _ in range(50)}) == 50


def test_after_a_rotation_only_the_wrapping_changes(keys_file, seal: CaseSeal) -> None:
    sealed = seal.seal("Ola", **PLACE)
    new = Keyring.rotate(keys_file)
    fresh = Keyring.load(keys_file)
    rewrapped = rewrap(fresh, seal.wrapped, "12345674")
    assert key_id_of(rewrapped) == new
    assert CaseSeal.open(fresh, rewrapped, "12345674").open_text(sealed, **PLACE) == "Ola"
    assert rewrap(fresh, rewrapped, "12345674") == rewrapped


def test_a_value_sealed_for_one_purpose_does_not_open_for_another(keyring: Keyring) -> None:
    sealed = seal_with_keyring(keyring, b"x", purpose="one", aad="a|1|b")
    with pytest.raises(SealBroken):
        open_with_keyring(keyring, sealed, purpose="two", aad="a|1|b")


@given(st.binary(max_size=60))
def test_garbage_is_a_broken_seal_and_nothing_worse(tmp_path_factory, garbage: bytes) -> None:
    keyring = Keyring.create(tmp_path_factory.mktemp("keys") / "keys.json")
    seal = CaseSeal.new(keyring, "1")
    with pytest.raises(SealBroken):
        open_with_keyring(keyring, garbage, purpose="wrap", aad="")
    with pytest.raises(SealBroken):
        seal.open_text(garbage, **PLACE)


def test_a_phone_is_found_under_every_key_and_never_shown(keyring: Keyring, keys_file) -> None:
    stored = blind_index(keyring, "+4740000000")
    Keyring.rotate(keys_file)
    fresh = Keyring.load(keys_file)
    assert stored in blind_indexes(fresh, "+4740000000")
    assert stored not in blind_indexes(fresh, "+4740000001")
    assert len(stored) == 20
    assert b"40000000" not in stored
