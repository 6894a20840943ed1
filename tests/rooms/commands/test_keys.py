"""Rotating keys: everything moves to the new one, and none that is needed is thrown away."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from sqlalchemy import select

from nav_access.cli import keys
from nav_access.core.audit_tables import ENTRIES
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.registry import resealers
from nav_access.core.security.tokens import FormTokens
from nav_access.intake import dangers
from nav_access.staff import service
from nav_access.staff.models import StaffMember
from nav_access.staff.one_time_codes import open_secret
from nav_access.staff.service import NewStaff


@pytest.fixture
def secrets(database, keyring, now) -> dict[int, str]:
    """Five people's one-time-code secrets, by id."""
    how = {"actor": "cli", "keyring": keyring, "now": now}
    with database.unit_of_work() as session:
        given = [service.add(session, NewStaff(f"{n}@nav.no", "N"), **how) for n in range(5)]
    return {one.staff_id: one.totp_secret for one in given}


def key_ids_in_use(database) -> set[str]:
    with database.read_session() as session:
        return set().union(*(one.key_ids_in_use(session) for one in resealers()))


def read_secrets(database, keyring) -> dict[int, str]:
    with database.read_session() as session:
        people = session.scalars(select(StaffMember))
        return {one.id: open_secret(keyring, one.id, one.totp_secret_sealed) for one in people}


def test_everything_moves_to_the_new_key(run, database, keys_file, secrets) -> None:
    [old] = Keyring.load(keys_file).ids
    assert run("keys", "rotate").exit_code == 0
    assert run("keys", "reencrypt").exit_code == 0
    fresh = Keyring.load(keys_file)
    assert key_ids_in_use(database) == {fresh.active_id} != {old}
    assert read_secrets(database, fresh) == secrets


def test_reencryption_stopped_halfway_goes_on(run, database, keys_file, secrets) -> None:
    run("keys", "rotate")
    with (
        patch.object(keys, "BATCH", 2),
        patch.object(keys, "deque", lambda batches, maxlen: next(iter(batches), None)),
    ):
        run("keys", "reencrypt")
    assert len(key_ids_in_use(database)) == 2
    run("keys", "reencrypt")
    assert key_ids_in_use(database) == {Keyring.load(keys_file).active_id}
    assert read_secrets(database, Keyring.load(keys_file)) == secrets


@pytest.mark.usefixtures("secrets")
def test_a_key_in_use_stays(run, keys_file) -> None:
    [old] = Keyring.load(keys_file).ids
    run("keys", "rotate")
    result = run("keys", "retire", old, "--now")
    assert result.exit_code == 1
    assert "still sealed" in result.output
    assert old in Keyring.load(keys_file).ids


def test_the_only_key_stays(run, keys_file) -> None:
    [only] = Keyring.load(keys_file).ids
    assert "rotate first" in run("keys", "retire", only).output
    assert Keyring.load(keys_file).ids == (only,)


def test_an_unknown_key_is_named(run) -> None:
    assert "There is no key zzzz" in run("keys", "retire", "zzzz").output


def test_a_key_with_open_forms_stays_a_day(run, keys_file, now) -> None:
    [old] = Keyring.load(keys_file).ids
    form = FormTokens(Keyring.load(keys_file)).issue(now, "help")
    run("keys", "rotate")
    assert "for 24 hours" in run("keys", "retire", old).output
    assert FormTokens(Keyring.load(keys_file)).read(form, now, "help").key_id == old


def actions(database) -> list[str]:
    with database.read_session() as session:
        return list(session.scalars(select(ENTRIES.c.action).order_by(ENTRIES.c.number)))


@pytest.mark.usefixtures("secrets")
def test_after_a_day_and_confirmed_by_another_the_old_key_goes(run, database, keys_file, now):
    [old] = Keyring.load(keys_file).ids
    run("keys", "rotate")
    run("keys", "reencrypt")
    with patch.object(keys, "LIFETIME", timedelta(0)):
        assert "Nobody has confirmed" in run("keys", "retire", old).output
        with database.unit_of_work() as session:
            change = dangers.ask_to_retire_key(session, old, actor="staff:1", now=now)
        assert "Nobody has confirmed" in run("keys", "retire", old).output
        with database.unit_of_work() as session:
            dangers.carry_out(session, change, actor="staff:2", now=now)
        assert run("keys", "retire", old).exit_code == 0
    assert old not in Keyring.load(keys_file).ids
    assert actions(database)[-2:] == ["change.done", "keys.retired"]


@pytest.mark.usefixtures("secrets")
def test_in_an_emergency_one_person_may_and_the_audit_says_so(run, database, keys_file) -> None:
    [old] = Keyring.load(keys_file).ids
    run("keys", "rotate")
    run("keys", "reencrypt")
    assert run("keys", "retire", old, "--now").exit_code == 0
    assert actions(database)[-1] == "keys.retired_alone"


@pytest.mark.usefixtures("secrets")
def test_the_audit_is_intact_after_it_all(run, keys_file) -> None:
    [old] = Keyring.load(keys_file).ids
    for words in (("rotate",), ("reencrypt",), ("retire", old, "--now")):
        assert run("keys", *words).exit_code == 0
    result = run("audit", "verify")
    assert (result.exit_code, result.output[:25]) == (0, "8 entries, all intact. No")
