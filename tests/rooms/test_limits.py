"""Counted tries stay exact when two hundred people try at once."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from nav_access.core.db import Database
from nav_access.core.limits import Tries, forget_old, give_back, take_try

WINDOW = timedelta(minutes=15)
MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
PATIENT_MS = 60_000


def take(database: Database, now: datetime = MOMENT, bucket: str = "b", cap: int = 10) -> bool:
    with database.unit_of_work() as session:
        return take_try(session, bucket, cap=cap, window=WINDOW, now=now)


def take_many(url: str, times: int) -> int:
    database = Database(url, patience_ms=PATIENT_MS)
    with ThreadPoolExecutor(times) as pool:
        taken = sum(pool.map(lambda _: take(database), range(times)))
    database.dispose()
    return taken


def test_of_200_tries_at_once_exactly_the_cap_gets_through(database_url) -> None:
    assert take_many(database_url, 200) == 10


def test_the_cap_holds_over_several_processes(database_url) -> None:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(4, mp_context=spawn) as pool:
        taken = pool.map(take_many, [database_url] * 4, [50] * 4)
        assert sum(taken) == 10


def test_two_windows_never_mix_under_load(database_url) -> None:
    database = Database(database_url, patience_ms=PATIENT_MS)
    assert take_many(database_url, 40) == 10
    later = MOMENT + WINDOW
    with ThreadPoolExecutor(40) as pool:
        assert sum(pool.map(lambda _: take(database, later), range(40))) == 10
    database.dispose()


def test_a_window_begins_with_its_first_try(database) -> None:
    assert [take(database, cap=2) for _ in range(3)] == [True, True, False]
    just_before = MOMENT + WINDOW - timedelta(seconds=1)
    assert not take(database, just_before, cap=2)
    assert take(database, MOMENT + WINDOW, cap=2)


def test_refused_tries_do_not_lengthen_the_wait(database) -> None:
    for minute in range(15):
        take(database, MOMENT + timedelta(minutes=minute), cap=1)
    assert take(database, MOMENT + WINDOW, cap=1)


def test_buckets_do_not_touch_each_other(database) -> None:
    assert take(database, bucket="a", cap=1)
    assert take(database, bucket="b", cap=1)
    assert not take(database, bucket="a", cap=1)


def test_a_right_try_is_given_back(database) -> None:
    for _ in range(5):
        assert take(database, cap=1)
        with database.unit_of_work() as session:
            give_back(session, "b", now=MOMENT)


def test_giving_back_never_makes_more_than_the_cap(database) -> None:
    take(database, cap=2)
    with database.unit_of_work() as session:
        for _ in range(5):
            give_back(session, "b", now=MOMENT)
    assert [take(database, cap=2) for _ in range(3)] == [True, True, False]


def test_a_unit_of_work_that_fails_counts_nothing(database) -> None:
    with suppress(ZeroDivisionError), database.unit_of_work() as session:
        take_try(session, "b", cap=1, window=WINDOW, now=MOMENT)
        assert 1 / 0
    assert take(database, cap=1)


def test_counters_past_their_window_are_forgotten(database) -> None:
    take(database, bucket="old")
    take(database, MOMENT + timedelta(minutes=1), bucket="young")
    with database.unit_of_work() as session:
        forget_old(session, MOMENT + WINDOW)
        assert session.scalar(select(func.count()).select_from(Tries)) == 1
