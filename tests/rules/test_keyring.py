"""The key file: refused when weak or open, rotated under running processes."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nav_access.core.security.keyring import KeyFileError, KeyInUse, Keyring, UnknownKey
from nav_access.core.security.sealing import SealBroken, open_with_keyring, seal_with_keyring
from nav_access.core.security.tokens import FormTokens

MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def change(path: Path, **parts: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **parts}))


def test_a_new_file_is_for_its_owner_only(tmp_path) -> None:
    Keyring.create(tmp_path / "keys.json")
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_an_existing_file_is_never_overwritten(keys_file) -> None:
    before = keys_file.read_bytes()
    with pytest.raises(KeyFileError, match="exists already"):
        Keyring.create(keys_file)
    assert keys_file.read_bytes() == before


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_file_others_can_read_is_refused(keys_file, mode: int) -> None:
    keys_file.chmod(mode)
    with pytest.raises(KeyFileError, match="0600"):
        Keyring.load(keys_file)


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "null", '{"keys": 3}', '{"keys": [{"id": "abcd"}]}', "\0"]
)
def test_what_is_no_key_file_is_refused(keys_file, content: str) -> None:
    keys_file.write_text(content)
    with pytest.raises(KeyFileError, match="is not a key file"):
        Keyring.load(keys_file)


def test_a_missing_file_is_one_sentence(tmp_path) -> None:
    with pytest.raises(KeyFileError, match=r"cannot be read: No such file or directory\.$"):
        Keyring.load(tmp_path / "none.json")


@pytest.mark.parametrize("secret", ["", "AAAA", "A" * 43 + "="])
def test_a_weak_key_is_refused(keys_file, secret: str) -> None:
    key = {"id": "abcd", "created": "2026-01-01T00:00:00+00:00", "secret": secret}
    change(keys_file, keys=[key])
    with pytest.raises(KeyFileError, match="32 random bytes"):
        Keyring.load(keys_file)


def test_the_same_key_twice_is_refused(keys_file) -> None:
    [key] = json.loads(keys_file.read_text())["keys"]
    change(keys_file, keys=[key, {**key, "id": "zzzz"}])
    with pytest.raises(KeyFileError, match="twice"):
        Keyring.load(keys_file)


def test_each_purpose_has_its_own_key(keyring: Keyring) -> None:
    assert keyring.subkey("wrap") != keyring.subkey("audit")
    assert len(keyring.subkey("wrap")) == 32


def test_a_running_process_reads_what_a_newer_key_sealed(keys_file) -> None:
    running = Keyring.load(keys_file)
    Keyring.rotate(keys_file)
    sealed = seal_with_keyring(Keyring.load(keys_file), b"x", purpose="p", aad="a|b|c")
    assert open_with_keyring(running, sealed, purpose="p", aad="a|b|c") == b"x"


def test_a_running_process_seals_with_the_newest_key_after_a_second(keys_file) -> None:
    running = Keyring.load(keys_file)
    new = Keyring.rotate(keys_file)
    assert running.active_id != new
    running._looked -= 2
    assert running.active_id == new


def test_made_up_key_ids_do_not_make_us_read_the_file(keys_file, monkeypatch) -> None:
    keyring = Keyring.load(keys_file)
    monkeypatch.setattr("nav_access.core.security.keyring.keyfile.read", lambda _: 1 / 0)
    for made_up in ("zzz1", "zzz2"):
        with pytest.raises(UnknownKey):
            keyring.subkey("wrap", made_up)


def test_a_spoilt_file_does_not_stop_a_running_process(keys_file) -> None:
    keyring = Keyring.load(keys_file)
    keys_file.write_text("half a fi")
    keyring._looked -= 2
    assert len(keyring.subkey("wrap")) == 32


def test_two_rotations_at_once_both_count(keys_file) -> None:
    with ThreadPoolExecutor(8) as pool:
        new = list(pool.map(lambda _: Keyring.rotate(keys_file), range(8)))
    assert set(new) < set(Keyring.load(keys_file).ids)
    assert keys_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("which", "reason"), [(0, "in_use"), (1, "active"), (None, "unknown")])
def test_a_key_that_is_needed_is_not_retired(keys_file, which, reason: str) -> None:
    Keyring.rotate(keys_file)
    ids = Keyring.load(keys_file).ids
    before = keys_file.read_bytes()
    with pytest.raises(KeyInUse) as fact:
        Keyring.retire(keys_file, "zzzz" if which is None else ids[which], in_use={ids[0]})
    assert fact.value.reason == reason
    assert keys_file.read_bytes() == before


def test_a_retired_key_opens_nothing_but_still_checks_the_audit(keys_file) -> None:
    keyring = Keyring.load(keys_file)
    old, audit_key = keyring.active_id, keyring.subkey("audit")
    sealed = seal_with_keyring(keyring, b"x", purpose="p", aad="")
    Keyring.rotate(keys_file)
    Keyring.retire(keys_file, old, in_use=())
    fresh = Keyring.load(keys_file)
    assert fresh.subkey("audit", old) == audit_key
    with pytest.raises(SealBroken):
        open_with_keyring(fresh, sealed, purpose="p", aad="")


def test_rotating_under_load_refuses_nothing(keys_file) -> None:
    processes = [FormTokens(Keyring.load(keys_file)) for _ in range(4)]

    def hand_over(number: int) -> bool:
        form = processes[number % 4].issue(MOMENT, "help")
        return processes[(number + 1) % 4].read(form, MOMENT, "help").is_expired

    with ThreadPoolExecutor(8) as pool:
        handed_over = pool.map(hand_over, range(4000))
        for _ in range(10):
            Keyring.rotate(keys_file)
            for tokens in processes:
                tokens._keyring._looked -= 2
        assert not any(handed_over)
    assert len({tokens._keyring.active_id for tokens in processes}) == 1
