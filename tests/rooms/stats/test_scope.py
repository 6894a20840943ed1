"""Whose figures somebody may see, and where gaps and measures are."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from nav_access.appointments.codes import Purpose
from nav_access.appointments.models import Slot
from nav_access.offices.codes import DutyAudience
from nav_access.offices.keeping.codes import MeasureKind
from nav_access.offices.keeping.models import Measure
from nav_access.offices.roster.codes import GapReason
from nav_access.staff.codes import StaffRole
from nav_access.stats.errors import PlaceNotTheirs
from nav_access.stats.gaps import count_gaps
from nav_access.stats.measures import KindCount, count_kinds, list_in_force
from nav_access.stats.periods import read_period
from nav_access.stats.scope import EVERYBODY, Reader, find_scope, list_choices, reader_of
from tests.centre_factory import add_line
from tests.stats_factory import OCTOBER

WEEK = read_period("2026-W48")
SIX_HOURS = 6 * 60


def names(scope):
    return [office.slug for office in scope.offices]


def choose(counted, reader):
    with counted.database.read_session() as session:
        return list_choices(session, reader, today=counted.now.date())


def test_who_reads_what(counted):
    assert reader_of(counted.anne) is None
    supervisor = replace(counted.anne, roles=frozenset({StaffRole.SUPERVISOR}))
    assert reader_of(supervisor) is EVERYBODY
    manager = replace(counted.anne, managed_office_ids=frozenset({counted.office_id}))
    assert reader_of(manager) == Reader(frozenset({counted.office_id}))


def test_a_supervisor_reads_of_every_office_and_municipality(counted):
    counted.municipality("0301", "Oslo", "nav-eikevik")
    assert names(counted.read(lambda _, scope, __: scope)) == ["nav-eikevik", "nav-granvik"]
    assert names(counted.read(lambda _, scope, __: scope, "m.0301")) == ["nav-eikevik"]
    assert names(counted.read(lambda _, scope, __: scope, "o.nav-granvik")) == ["nav-granvik"]
    assert choose(counted, EVERYBODY).municipalities == (("m.0301", "Oslo"),)


def test_a_manager_reads_of_their_own_alone(counted):
    counted.municipality("0301", "Oslo", "nav-eikevik")
    own = Reader(frozenset({counted.other_id}))
    assert names(counted.read(lambda _, scope, __: scope, reader=own)) == ["nav-granvik"]
    assert choose(counted, own).offices == (("o.nav-granvik", "Nav Granvik"),)
    for code in ("o.nav-eikevik", "m.0301", "m.9999", "o.", "x"):
        with pytest.raises(PlaceNotTheirs):
            counted.read(lambda _, scope, __: scope, code, own)


@pytest.mark.parametrize("code", ["o.nowhere", "m.9999", "m.", "x", "o.nav-eikevik "])
def test_a_place_that_is_none(counted, code):
    with counted.database.read_session() as session, pytest.raises(PlaceNotTheirs):
        find_scope(session, EVERYBODY, code, today=counted.now.date())


def test_gaps_against_what_is_promised_and_booked(counted):
    with counted.database.unit_of_work() as session:
        add_line(session, counted.office_id, "+4755550001", DutyAudience.PUBLIC, [0, 1, 2])
        late = WEEK.since + timedelta(hours=20)
        session.add(
            Slot(
                office_id=counted.office_id,
                purpose=Purpose.CALLBACK,
                starts_utc=late,
                ends_utc=late + timedelta(minutes=30),
                public_seats=1,
                internal_seats=0,
            )
        )
    worst, best = counted.read(count_gaps, period=WEEK)
    assert (worst.office.slug, worst.wanted, worst.unanswered) == ("nav-granvik", 1800, 1800)
    assert (best.wanted, best.unanswered, best.gaps) == (1830, 2 * SIX_HOURS + 30, 3)
    assert best.by_reason == {
        GapReason.PROMISE: 2 * SIX_HOURS,
        GapReason.OPEN_DOOR: 0,
        GapReason.CALLBACK: 30,
    }


def add_measure(counted, kind, first, last=None, office_id=None):
    with counted.database.unit_of_work() as session:
        session.add(
            Measure(
                office_id=office_id or counted.office_id,
                kind=kind,
                words="Ring på.",
                from_date=first,
                until_date=last,
                written_utc=counted.now,
            )
        )


def test_measures_in_force_on_a_day_at_least(counted):
    add_measure(counted, MeasureKind.VISITS, date(2026, 1, 1))
    add_measure(counted, MeasureKind.VISITS, date(2026, 1, 1), date(2026, 10, 1))
    add_measure(counted, MeasureKind.OTHER, date(2026, 10, 31), None, counted.other_id)
    add_measure(counted, MeasureKind.DUTY_LINE, date(2026, 1, 1), date(2026, 9, 30))
    add_measure(counted, MeasureKind.DUTY_LINE, date(2026, 11, 1))
    found = counted.read(list_in_force)
    assert [(one.office.slug, one.kind.value) for one in found] == [
        ("nav-eikevik", "visits"),
        ("nav-eikevik", "visits"),
        ("nav-granvik", "other"),
    ]
    kinds = {one.kind: one for one in count_kinds(found)}
    assert kinds[MeasureKind.VISITS] == KindCount(MeasureKind.VISITS, 2, 1)
    assert kinds[MeasureKind.DUTY_LINE].measures == 0
    assert len(counted.read(list_in_force, "o.nav-granvik")) == 1


def test_gaps_ask_the_database_the_same_few_times_however_many_offices_there_are(counted):
    for office_id in (counted.office_id, counted.other_id):
        with counted.database.unit_of_work() as session:
            add_line(session, office_id, "+4755550001", DutyAudience.PUBLIC)
    asked = []
    event.listen(counted.database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    counted.read(count_gaps, period=OCTOBER)
    assert len(asked) <= 9
