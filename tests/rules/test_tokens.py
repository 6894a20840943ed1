"""Form tokens and sealed tokens: ours, for this form, for a while; anything else is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.core.security.keyring import Keyring
from nav_access.core.security.tokens import (
    BadToken,
    ExpiredToken,
    FormTokens,
    SealedTokens,
    ends_utc,
)

HOUR = timedelta(hours=1)
MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@pytest.fixture
def tokens(keyring: Keyring) -> FormTokens:
    return FormTokens(keyring)


@pytest.fixture
def sealed_tokens(keyring: Keyring) -> SealedTokens:
    return SealedTokens(keyring)


def test_a_token_is_short_and_safe_in_a_page(tokens: FormTokens, now) -> None:
    token = tokens.issue(now, "help")
    assert len(token) == 56
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_a_token_says_when_and_by_which_key(tokens: FormTokens, keyring: Keyring, now) -> None:
    token = tokens.read(tokens.issue(now, "help"), now + HOUR, "help")
    assert (token.issued, token.key_id) == (now.replace(microsecond=0), keyring.active_id)
    assert len(token.once) == 16
    assert not token.is_expired


def test_every_showing_of_a_form_has_its_own_once(tokens: FormTokens, now) -> None:
    shown = {tokens.read(tokens.issue(now, "help"), now, "help").once for _ in range(200)}
    assert len(shown) == 200


@pytest.mark.parametrize(("hours", "is_expired"), [(23.99, False), (24, True), (1000, True)])
def test_a_form_may_lie_open_for_a_day(tokens: FormTokens, now, hours, is_expired) -> None:
    token = tokens.issue(now, "help")
    assert tokens.read(token, now + timedelta(hours=hours), "help").is_expired is is_expired


def test_a_token_is_for_one_form(tokens: FormTokens, now) -> None:
    with pytest.raises(BadToken):
        tokens.read(tokens.issue(now, "help"), now, "case")


def test_any_changed_letter_is_noticed(tokens: FormTokens, now) -> None:
    token = tokens.issue(now, "help")
    for place, letter in enumerate(token):
        other = "B" if letter == "A" else "A"
        with pytest.raises(BadToken):
            tokens.read(token[:place] + other + token[place + 1 :], now, "help")


@given(st.text(max_size=80))
def test_garbage_is_refused(tmp_path_factory, text: str) -> None:
    keyring = Keyring.create(tmp_path_factory.mktemp("keys") / "keys.json")
    for read in (FormTokens(keyring).read, SealedTokens(keyring).open):
        with pytest.raises(BadToken):
            read(text, MOMENT, "help")


@pytest.mark.parametrize("spoil", ["{0}=", " {0}", "{0}\n", "{0}A", "{0}====", "!{0}"])
def test_a_token_has_one_spelling(tokens: FormTokens, now, spoil: str) -> None:
    with pytest.raises(BadToken):
        tokens.read(spoil.format(tokens.issue(now, "help")), now, "help")


def test_a_form_open_during_a_rotation_still_counts(tokens: FormTokens, keys_file, now) -> None:
    before = tokens.issue(now, "help")
    Keyring.rotate(keys_file)
    other_process = FormTokens(Keyring.load(keys_file))
    after = other_process.issue(now, "help")
    assert not other_process.read(before, now, "help").is_expired
    assert not tokens.read(after, now, "help").is_expired


def test_a_strangers_token_is_refused(tokens: FormTokens, tmp_path, now) -> None:
    stranger = FormTokens(Keyring.create(tmp_path / "stranger.json"))
    with pytest.raises(BadToken):
        tokens.read(stranger.issue(now, "help"), now, "help")


def test_a_sealed_payload_comes_back(sealed_tokens: SealedTokens, now) -> None:
    payload = {"case": "12345674", "note": "ለምለም"}
    token = sealed_tokens.seal(payload, now, HOUR, "case")
    assert sealed_tokens.open(token, now + HOUR / 2, "case") == payload
    assert "12345674" not in token


def test_a_sealed_payload_ends(sealed_tokens: SealedTokens, now) -> None:
    token = sealed_tokens.seal({}, now, HOUR, "case")
    with pytest.raises(ExpiredToken):
        sealed_tokens.open(token, now + HOUR, "case")


def test_a_sealed_payload_is_for_one_page(sealed_tokens: SealedTokens, now) -> None:
    with pytest.raises(BadToken):
        sealed_tokens.open(sealed_tokens.seal({}, now, HOUR, "case"), now, "partner")


def test_its_end_cannot_be_put_off(sealed_tokens: SealedTokens, now) -> None:
    token = sealed_tokens.seal({"a": "b"}, now, HOUR, "case")
    for place in range(len(token)):
        other = "B" if token[place] == "A" else "A"
        with pytest.raises(BadToken):
            sealed_tokens.open(token[:place] + other + token[place + 1 :], now, "case")


def test_when_it_ends_is_read_without_opening_it(sealed_tokens: SealedTokens, now) -> None:
    token = sealed_tokens.seal({}, now, HOUR, "case")
    assert ends_utc(token) == now + HOUR
    for broken in ("", "x", "AAAA"):
        with pytest.raises(BadToken):
            ends_utc(broken)
