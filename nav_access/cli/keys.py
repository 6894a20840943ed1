"""`flask keys`: a new root key, everything under it, the old one gone."""

import time
from collections import deque
from collections.abc import Iterator
from datetime import timedelta

import click
from flask.cli import AppGroup

import nav_access.feedback.sealing
import nav_access.intake.booking.resealing

# Imported for what they declare: everything that is sealed, room by room.
import nav_access.intake.resealing
import nav_access.intake.texting.sealing
import nav_access.messaging.sealing
import nav_access.staff.one_time_codes  # noqa: F401 - declares, as above
from nav_access.core import audit, confirming
from nav_access.core.confirming import Danger, find_confirmed
from nav_access.core.db import Database
from nav_access.core.security.keyring import KeyInUse, Keyring
from nav_access.core.security.registry import Cursor, Resealer, resealers
from nav_access.core.security.tokens import LIFETIME
from nav_access.web.shared.installation import (
    installation,
    now,
    read_session,
    unit_of_work,
)

keys_group = AppGroup("keys", help="Root keys: rotate, then reencrypt, then retire the old one.")

BATCH = 200
"""Rows in one commit: few enough that a person sending a form waits for none of it."""

SEEN_BY_ALL = timedelta(seconds=5)
"""After this every process seals with the newest key (it looks once a second), and what was
begun before has been committed."""

_WHY_NOT = {
    "unknown": "There is no key {0}; the keys are {1}.",
    "active": "Key {0} is the one in use; rotate first.",
    "in_use": "Something is still sealed with key {0}; run «flask keys reencrypt» first.",
}


@keys_group.command("rotate")
def rotate_command() -> None:
    """Add a root key. Running processes use it within a second, open forms stay good."""
    key_id = Keyring.rotate(installation().settings.keys_file)
    _note("keys.rotated", key_id)
    click.echo(f"Key {key_id} is the one in use now.")


@keys_group.command("reencrypt")
def reencrypt_command() -> None:
    """Seal everything with the newest key. Stopped halfway, it goes on when run again."""
    keys = _read_keys()
    _wait_until_seen(keys)
    for resealer in resealers():
        work = _batches(installation().database, keys, resealer)
        with click.progressbar(work, label=resealer.name, show_pos=True) as batches:
            deque(batches, maxlen=0)
    _note("keys.reencrypted", keys.active_id)
    click.echo(f"Everything is sealed with key {keys.active_id}.")


@keys_group.command("retire")
@click.argument("key_id")
@click.option("--now", "is_now", is_flag=True, help="Wait for nothing and nobody: it is known.")
def retire_command(key_id: str, is_now: bool) -> None:
    """Remove root key KEY_ID for good, when nothing is sealed with it.

    It takes two people: one administrator asks for it at /admin/keys, another confirms it.
    Forms opened under it are refused from then on, so a day must have passed since the
    next key was made. --now says that the key is known to others and can wait for neither;
    the audit says so, too.
    """
    keys = _read_keys()
    if not is_now:
        _refuse_what_is_not_there(keys, key_id)
        _refuse_while_forms_are_open(keys, key_id)
        _refuse_alone(key_id)
    _wait_until_seen(keys)
    with read_session() as session:
        in_use = set[str]().union(*(one.key_ids_in_use(session) for one in resealers()))
    try:
        Keyring.retire(installation().settings.keys_file, key_id, in_use=in_use)
    except KeyInUse as fact:
        known = ", ".join(keys.ids)
        raise click.ClickException(_WHY_NOT[fact.reason].format(key_id, known)) from fact
    _finish(key_id)
    click.echo(f"Key {key_id} is gone.")


def _read_keys() -> Keyring:
    # The installation's own keyring may be a second behind the file.
    return Keyring.load(installation().settings.keys_file)


def _batches(database: Database, keys: Keyring, resealer: Resealer) -> Iterator[None]:
    """Reseal one batch at a time, each in its own commit."""
    cursor: Cursor | None = None
    while True:
        with database.unit_of_work() as session:
            cursor = resealer.reseal_batch(session, keys, cursor, BATCH)
        if cursor is None:
            return
        yield


def _refuse_while_forms_are_open(keys: Keyring, key_id: str) -> None:
    newer = keys.ids[keys.ids.index(key_id) + 1 :] if key_id in keys.ids else ()
    if newer and keys.age(newer[0]) < LIFETIME:
        hours = int((LIFETIME - keys.age(newer[0])).total_seconds() / 3600) + 1
        raise click.ClickException(
            f"Forms opened under key {key_id} may still be sent for {hours} hours; "
            "wait, or say --now if the key is known to others."
        )


def _refuse_what_is_not_there(keys: Keyring, key_id: str) -> None:
    """Say at once what no second person can help."""
    reason = "unknown" if key_id not in keys.ids else "active" if key_id == keys.active_id else ""
    if reason:
        raise click.ClickException(_WHY_NOT[reason].format(key_id, ", ".join(keys.ids)))


def _refuse_alone(key_id: str) -> None:
    with read_session() as session:
        if find_confirmed(session, Danger.RETIRE_KEY, f"key:{key_id}", now()) is None:
            raise click.ClickException(
                f"Nobody has confirmed that key {key_id} be retired. One administrator asks for "
                "it at /admin/keys, another confirms it; or say --now if the key is known to "
                "others."
            )


def _finish(key_id: str) -> None:
    """Note that the key is gone, and whether a second person had said so."""
    with unit_of_work() as session:
        change = find_confirmed(session, Danger.RETIRE_KEY, f"key:{key_id}", now())
        if change is not None:
            confirming.finish(session, change, actor="cli", now=now())
        action = "keys.retired" if change is not None else "keys.retired_alone"
        audit.record(session, now=now(), actor="cli", action=action, subject=f"key:{key_id}")


def _wait_until_seen(keys: Keyring) -> None:
    time.sleep(max(timedelta(0), SEEN_BY_ALL - keys.age(keys.active_id)).total_seconds())


def _note(action: str, key_id: str) -> None:
    with unit_of_work() as session:
        audit.record(session, now=now(), actor="cli", action=action, subject=f"key:{key_id}")
