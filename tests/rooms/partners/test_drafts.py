"""Drafts: sealed, their writer's alone, gone after fourteen days whatever is done with them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from nav_access.core.security.keyring import Keyring
from nav_access.core.security.registry import resealers
from nav_access.intake.acting import drafts
from nav_access.intake.acting.errors import DraftNotFound
from nav_access.intake.acting.models import Draft
from nav_access.intake.clocks import run_clocks

TYPED = {"name": ["Kari Ås"], "need": ["food", "letter"]}


@pytest.fixture
def name(agencies):
    """A draft of Ida's."""
    return agencies.act(drafts.save, agencies.member(), TYPED)


def read(agencies, name, who=None, at=None):
    return agencies.act(drafts.read, agencies.member(who), name, at=at)


def count(agencies):
    with agencies.database.read_session() as session:
        return len(session.scalars(select(Draft)).all())


def test_what_was_typed_comes_back_to_its_writer_alone(agencies, name):
    assert read(agencies, name) == TYPED
    for who in (agencies.jon, agencies.eva):
        with pytest.raises(DraftNotFound):
            read(agencies, name, who)


def test_saving_again_does_not_keep_it_longer(agencies, name, now):
    late = now + timedelta(days=13)
    agencies.act(drafts.save_over, agencies.member(), {"name": ["Ola"]}, name, at=late)
    assert read(agencies, name, at=late) == {"name": ["Ola"]}
    with pytest.raises(DraftNotFound):
        read(agencies, name, at=now + timedelta(days=14))


def test_the_clocks_erase_what_is_over_and_nothing_else(agencies, now):
    agencies.act(drafts.save, agencies.member(), TYPED)
    agencies.act(drafts.save, agencies.member(), TYPED, at=now + timedelta(days=1))
    report = run_clocks(agencies.database, agencies.keyring, now=now + timedelta(days=14))
    assert (report.done["drafts"], count(agencies)) == (1, 1)


def test_nobody_erases_anothers(agencies, name, now):
    with agencies.database.unit_of_work() as session:
        drafts.forget(session, agencies.member(agencies.jon), name, now=now)
    assert count(agencies) == 1
    with agencies.database.unit_of_work() as session:
        drafts.forget(session, agencies.member(), name, now=now)
    assert count(agencies) == 0


def test_a_rotation_reaches_them(agencies, name, keys_file):
    Keyring.rotate(keys_file)
    agencies.keyring = Keyring.load(keys_file)
    resealer = next(each for each in resealers() if each.name == "agency drafts")
    with agencies.database.unit_of_work() as session:
        resealer.reseal_batch(session, agencies.keyring, None, 10)
        assert resealer.key_ids_in_use(session) == {agencies.keyring.active_id}
    assert read(agencies, name) == TYPED


def test_the_oldest_makes_room(agencies, name, monkeypatch):
    monkeypatch.setattr(drafts, "MOST", 2)
    for hours in (1, 2):
        at = agencies.now + timedelta(hours=hours)
        agencies.act(drafts.save, agencies.member(), TYPED, at=at)
    with pytest.raises(DraftNotFound):
        read(agencies, name)
