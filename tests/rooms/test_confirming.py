"""Dangerous changes: one asks, another confirms, once, in time."""

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from nav_access.core import confirming
from nav_access.core.audit_tables import ENTRIES
from nav_access.core.confirming import (
    LIFETIME,
    AlreadyAsked,
    Danger,
    NotToConfirm,
    PendingChange,
    SamePerson,
    Wanted,
)

WANTED = Wanted(Danger.REMOVE_OFFICE, "office:3", {"cases": 0})


class Two:
    """A database, and an instant."""

    def __init__(self, database, now):
        self.database, self.now = database, now

    def do(self, verb, *arguments, actor="staff:1", now=None):
        with self.database.unit_of_work() as session:
            return verb(session, *arguments, actor=actor, now=now or self.now)

    def open(self, now=None):
        with self.database.read_session() as session:
            return [one.id for one in confirming.list_open(session, now or self.now)]


@pytest.fixture
def two(database, now):
    return Two(database, now)


def test_another_person_confirms_and_it_is_carried_out_once(two):
    change = two.do(confirming.ask, WANTED)
    assert two.do(confirming.confirm, change, actor="staff:2") == WANTED
    two.do(confirming.finish, change, actor="staff:2")
    for verb in (confirming.confirm, confirming.finish, confirming.take_back):
        with pytest.raises(NotToConfirm):
            two.do(verb, change, actor="staff:2")
    assert two.open() == []


def test_whoever_asked_does_not_confirm(two):
    change = two.do(confirming.ask, WANTED)
    with pytest.raises(SamePerson):
        two.do(confirming.confirm, change)


def test_the_database_itself_knows_that_it_takes_two(two):
    two.do(confirming.ask, WANTED)
    with pytest.raises(IntegrityError), two.database.unit_of_work() as session:
        session.execute(update(PendingChange).values(decided_by="staff:1"))


def test_what_is_asked_for_waits_once(two):
    two.do(confirming.ask, WANTED)
    with pytest.raises(AlreadyAsked):
        two.do(confirming.ask, WANTED, actor="staff:2")
    two.do(confirming.ask, Wanted(Danger.RETIRE_KEY, "key:k1"))
    assert len(two.open()) == 2


def test_after_a_week_it_is_asked_anew(two):
    change = two.do(confirming.ask, WANTED)
    late = two.now + LIFETIME
    with pytest.raises(NotToConfirm):
        two.do(confirming.confirm, change, actor="staff:2", now=late)
    assert two.open(late) == []
    assert two.do(confirming.ask, WANTED, now=late) != change


def test_up_to_the_last_moment_it_can_be_confirmed(two):
    change = two.do(confirming.ask, WANTED)
    last = two.now + LIFETIME - timedelta(seconds=1)
    assert two.do(confirming.confirm, change, actor="staff:2", now=last) == WANTED


def test_it_can_be_taken_back(two):
    change = two.do(confirming.ask, WANTED)
    two.do(confirming.take_back, change)
    with pytest.raises(NotToConfirm):
        two.do(confirming.confirm, change, actor="staff:2")


def test_what_was_never_asked_for_is_not_confirmed(two):
    for verb in (confirming.confirm, confirming.finish, confirming.take_back):
        with pytest.raises(NotToConfirm):
            two.do(verb, 99)


def test_a_confirmed_key_waits_for_the_command(two):
    key = Wanted(Danger.RETIRE_KEY, "key:k1")
    change = two.do(confirming.ask, key)
    with two.database.read_session() as session:
        assert confirming.find_confirmed(session, key.kind, key.subject, two.now) is None
    two.do(confirming.confirm, change, actor="staff:2")
    with two.database.read_session() as session:
        assert confirming.find_confirmed(session, key.kind, key.subject, two.now) == change
        late = two.now + LIFETIME
        assert confirming.find_confirmed(session, key.kind, key.subject, late) is None


def test_both_people_stand_in_the_audit(two):
    change = two.do(confirming.ask, WANTED)
    two.do(confirming.confirm, change, actor="staff:2")
    with two.database.read_session() as session:
        rows = session.execute(select(ENTRIES.c.actor, ENTRIES.c.action, ENTRIES.c.subject)).all()
    assert rows == [
        ("staff:1", "change.asked", "office:3"),
        ("staff:2", "change.confirmed", "office:3"),
    ]


def test_of_ten_who_confirm_at_once_one_does(two):
    change, found, start = two.do(confirming.ask, WANTED), [], Barrier(10)

    def confirm(n):
        start.wait()
        with suppress(NotToConfirm):
            found.append(two.do(confirming.confirm, change, actor=f"staff:{n}"))

    threads = [Thread(target=confirm, args=(n,)) for n in range(2, 12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [WANTED]
