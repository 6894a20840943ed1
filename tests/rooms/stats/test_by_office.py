"""Transfers, messages and direct numbers by office, with small numbers hidden."""

from datetime import timedelta

import pytest
from sqlalchemy import event, update

from nav_access.callbacks.codes import EscalationStep
from nav_access.intake.centre.codes import TransferOutcome
from nav_access.offices.codes import OfficeStatus
from nav_access.offices.models import Office
from nav_access.stats.direct_numbers import count_direct_numbers
from nav_access.stats.hiding import FEW, NOT_TOLD, Figure, Told
from nav_access.stats.messages import Waits, count_messages
from nav_access.stats.transfers import count_transfers
from tests.stats_factory import OCTOBER, WITHIN

A_SECOND = timedelta(seconds=1)
ANSWERED, BUSY = TransferOutcome.ANSWERED, TransferOutcome.BUSY


def exact(value):
    return Figure(Told.EXACT, value)


def at_least(value):
    return Figure(Told.AT_LEAST, value)


def lines_of(told):
    return {office.slug: (*line.figures, line.total) for office, line in told.lines}


def test_transfers_by_office_and_outcome(counted):
    counted.many(7, counted.transfer, ANSWERED)
    counted.many(4, counted.transfer, BUSY)
    told = counted.read(count_transfers)
    assert lines_of(told) == {"nav-eikevik": (exact(7), FEW, FEW, FEW, at_least(7))}
    assert (told.unlisted, told.total.figures[0]) == (1, at_least(7))


def test_many_attempts_for_one_person_are_of_one(counted):
    (case_id,) = counted.many(1, counted.case)
    counted.many(9, counted.transfer, BUSY, case_id=case_id)
    assert counted.read(count_transfers).lines == ()
    counted.many(4, counted.transfer, BUSY)
    assert lines_of(counted.read(count_transfers))["nav-eikevik"][2] == exact(13)


def test_only_of_the_period(counted):
    counted.many(5, counted.transfer, BUSY, at=OCTOBER.since)
    counted.many(5, counted.transfer, BUSY, at=OCTOBER.until - A_SECOND)
    counted.many(5, counted.transfer, BUSY, at=OCTOBER.until)
    counted.many(5, counted.transfer, BUSY, at=OCTOBER.since - A_SECOND)
    assert lines_of(counted.read(count_transfers))["nav-eikevik"][2] == exact(10)


def test_protected_persons_are_counted_nowhere(counted):
    hidden = counted.many(9, counted.case, is_protected=True)
    with counted.database.unit_of_work() as session:
        for case_id in hidden:
            counted.transfer(session, BUSY, case_id=case_id)
            counted.message(session, 5, case_id=case_id)
            counted.event(session, case_id, 2, WITHIN)
    for query in (count_transfers, count_direct_numbers):
        assert counted.read(query).lines == ()
    assert counted.read(count_messages).offices.lines == ()


def test_an_office_asked_for_has_its_line_also_when_nothing_is_told(counted):
    counted.many(4, counted.transfer, BUSY)
    told = counted.read(count_transfers, "o.nav-eikevik")
    assert lines_of(told) == {"nav-eikevik": (FEW, FEW, FEW, FEW, NOT_TOLD)}
    assert told.unlisted == 0


def test_a_part_never_tells_more_than_the_whole(counted):
    counted.municipality("0301", "Oslo", "nav-eikevik", "nav-granvik")
    counted.many(6, counted.transfer, BUSY)
    counted.many(3, counted.transfer, BUSY, counted.other_id)
    part, whole = (counted.read(count_transfers, code) for code in ("m.0301", ""))
    assert part.total.figures[2] == whole.total.figures[2] == at_least(6)


def test_an_office_that_is_closed_by_now_is_counted_when_something_was_asked_of_it(counted):
    counted.many(5, counted.transfer, BUSY, counted.other_id)
    with counted.database.unit_of_work() as session:
        closed = update(Office).where(Office.id == counted.other_id)
        session.execute(closed.values(status=OfficeStatus.CLOSED))
    assert set(lines_of(counted.read(count_transfers))) == {"nav-granvik"}


def test_messages_by_what_became_of_them_and_how_long_it_took(counted):
    counted.many(4, counted.message, 10)
    counted.many(2, counted.message, 50)
    counted.many(5, counted.message, 900, step=EscalationStep.MANAGER)
    counted.many(6, counted.message)
    told = counted.read(count_messages)
    assert lines_of(told.offices)["nav-eikevik"] == (exact(6), exact(5), exact(6), exact(17))
    assert told.waits == {counted.office_id: Waits(50, 900)}
    assert told.all_waits == Waits(50, 900)


def test_no_time_is_told_of_few_people(counted):
    (case_id,) = counted.many(1, counted.case)
    counted.many(9, counted.message, 10, case_id=case_id)
    counted.many(4, counted.message, 10, step=EscalationStep.DESK)
    counted.many(9, counted.message)
    told = counted.read(count_messages)
    assert lines_of(told.offices)["nav-eikevik"] == (FEW, FEW, exact(9), at_least(9))
    assert (told.waits, told.all_waits) == ({}, None)


def test_who_got_a_direct_number(counted):
    counted.many(6, counted.begin, gets_number=True)
    counted.many(5, counted.begin)
    counted.many(7, counted.begin, office_id=counted.other_id)
    told = counted.read(count_direct_numbers)
    assert lines_of(told) == {
        "nav-eikevik": (exact(6), exact(5), exact(11)),
        "nav-granvik": (FEW, exact(7), at_least(7)),
    }


def test_who_was_begun_on_before_is_not_begun_on_again(counted):
    before = counted.many(9, counted.begin, at=OCTOBER.since - A_SECOND)
    with counted.database.unit_of_work() as session:
        for case_id in before:
            counted.event(session, case_id, 3, WITHIN)
    assert counted.read(count_direct_numbers).lines == ()


@pytest.mark.parametrize("query", [count_transfers, count_messages, count_direct_numbers])
def test_it_asks_the_database_the_same_few_times_however_many_offices_there_are(counted, query):
    for office_id in (counted.office_id, counted.other_id):
        counted.many(6, counted.transfer, BUSY, office_id)
        counted.many(6, counted.message, office_id=office_id)
    asked = []
    event.listen(counted.database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    counted.read(query)
    assert len(asked) <= 2
