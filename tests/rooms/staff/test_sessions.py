"""Signed-in sessions: hashed, over when idle or old, ended at once when access is."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from sqlalchemy import select

from nav_access.core.db import Database, DatabaseUnavailable
from nav_access.staff import rules, service, sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.models import StaffMember, StaffSession

MINUTE = timedelta(minutes=1)


@pytest.fixture
def token(sign_in) -> str:
    return sign_in().token


def stored(database: Database) -> StaffSession:
    with database.read_session() as session:
        return session.scalars(select(StaffSession)).one()


def test_the_token_is_kept_only_as_a_hash(database, token) -> None:
    assert token.encode() not in stored(database).token_hash
    assert len(token) == 43


@pytest.mark.parametrize("made_up", ["", "x", "ø", "\0", "x" * 5000])
@pytest.mark.usefixtures("token")
def test_a_made_up_token_is_nobody(database, now, made_up) -> None:
    assert service.recognise(database, made_up, now) is None


def test_who_says_where_a_person_may_look(database, token, kari, office_ids, now) -> None:
    with database.unit_of_work() as session:
        service.join_office(
            session, kari.staff_id, office_ids[1], StaffRole.MANAGER, actor="cli", now=now
        )
    who = service.recognise(database, token, now)
    assert who
    assert who.office_ids == set(office_ids)
    assert who.managed_office_ids == {office_ids[1]}
    assert who.roles == {StaffRole.CASEWORKER, StaffRole.MANAGER}


def test_leaving_an_office_counts_from_the_next_request(database, token, kari, office_ids, now):
    with database.unit_of_work() as session:
        service.leave_office(session, kari.staff_id, office_ids[0], actor="cli", now=now)
    who = service.recognise(database, token, now)
    assert who
    assert who.office_ids == frozenset()


def test_someone_who_works_on_stays_signed_in_for_a_day(database, token, now) -> None:
    at = now
    while at - now < rules.ABSOLUTE:
        assert service.recognise(database, token, at)
        at += rules.IDLE - MINUTE
    assert service.recognise(database, token, at) is None


def test_someone_who_went_away_is_signed_out(database, token, now) -> None:
    assert service.recognise(database, token, now + rules.IDLE - MINUTE)
    assert service.recognise(database, token, now + 2 * rules.IDLE) is None


def test_reading_pages_writes_once_a_minute(database, token, now) -> None:
    with patch.object(Database, "unit_of_work", autospec=True, side_effect=Database.unit_of_work):
        for second in range(0, 125, 5):
            assert service.recognise(database, token, now + timedelta(seconds=second))
        assert Database.unit_of_work.call_count == 2
    assert stored(database).seen_utc == now + 2 * MINUTE


def test_pages_are_read_while_the_database_takes_no_writes(database, token, now) -> None:
    with patch.object(Database, "unit_of_work", side_effect=DatabaseUnavailable):
        assert service.recognise(database, token, now + 2 * MINUTE)


def test_signing_out_ends_one_session_once(database, sign_in, token, kari, now) -> None:
    other = sign_in(now=now + MINUTE).token
    for _ in range(2):
        with database.unit_of_work() as session:
            service.sign_out(session, token, now=now)
    assert service.recognise(database, token, now) is None
    assert service.recognise(database, other, now + MINUTE)
    whose = f"staff:{kari.staff_id}"
    assert sign_in.audit().count((whose, "staff.signed_out", whose, "{}")) == 1


@pytest.mark.parametrize("verb", ["disable", "reset"])
def test_ended_access_ends_sessions_at_once(database, token, kari, keyring, now, verb) -> None:
    more = {"keyring": keyring} if verb == "reset" else {}
    with database.unit_of_work() as session:
        getattr(service, verb)(session, kari.staff_id, actor="cli", now=now, **more)
    assert service.recognise(database, token, now) is None


def test_a_session_counts_only_while_access_does(database, token, kari, now) -> None:
    with database.unit_of_work() as session:
        session.get_one(StaffMember, kari.staff_id).is_disabled = True
    assert service.recognise(database, token, now) is None


@pytest.mark.usefixtures("token")
def test_only_old_sessions_are_forgotten(database, now) -> None:
    for before, left in ((now, 1), (now + rules.ABSOLUTE + MINUTE, 0)):
        with database.unit_of_work() as session:
            sessions.forget_old(session, before=before)
            assert len(session.scalars(select(StaffSession)).all()) == left
