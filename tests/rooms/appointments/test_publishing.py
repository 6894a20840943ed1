"""Publishing capacity: bookable at once, one office's only, audited."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from sqlalchemy import select

from nav_access.appointments import publishing
from nav_access.appointments.codes import BookingKind, Purpose
from nav_access.appointments.errors import CapacityChanged, NotPublished, TermsMakeNoSense
from nav_access.appointments.publishing import USUAL_TERMS, Publisher, get_published
from nav_access.appointments.rules import DatedChange, Seats, Terms, WeeklyCapacity
from nav_access.core.audit_tables import AuditEntry
from nav_access.core.clock import OSLO
from nav_access.offices.spans import Interval

TUESDAY = date(2026, 11, 24)
MORNING = WeeklyCapacity(1, Interval(540, 600), Seats(2))


@pytest.fixture
def publisher(diary):
    return Publisher(diary.office_id, "staff:1")


def publish(diary, verb, *arguments):
    return diary.do(verb, *arguments, now=diary.now)


def published(diary):
    with diary.database.read_session() as session:
        return get_published(session, diary.office_id, since=TUESDAY)


def test_what_is_published_can_be_booked_at_once(diary, publisher):
    publish(diary, publishing.add_rule, publisher, Purpose.MEETING, MORNING)
    starts = diary.free(BookingKind.OFFICE)[0].starts_utc
    assert starts == datetime(2026, 11, 24, 9, tzinfo=OSLO)
    assert published(diary).terms == {Purpose.MEETING: USUAL_TERMS[Purpose.MEETING]}
    assert published(diary).rules[0].capacity == MORNING


def test_a_rule_that_is_removed_offers_nothing(diary, publisher):
    publish(diary, publishing.add_rule, publisher, Purpose.CALLBACK, MORNING)
    rule_id = published(diary).rules[0].id
    stranger = Publisher(diary.desk.other_id, "staff:2")
    with pytest.raises(NotPublished):
        publish(diary, publishing.remove_rule, stranger, rule_id)
    publish(diary, publishing.remove_rule, publisher, rule_id)
    assert diary.free() == []


TWICE = [
    (publishing.add_rule, Purpose.CALLBACK, MORNING),
    (publishing.add_change, None, DatedChange(TUESDAY, is_closure=True)),
]


@pytest.mark.parametrize("what", TWICE)
def test_the_same_asked_for_twenty_times_at_once_is_one(diary, publisher, what):
    verb, *arguments = what
    with ThreadPoolExecutor(20) as pool:
        for done in [pool.submit(publish, diary, verb, publisher, *arguments) for _ in range(20)]:
            done.result()
    found = published(diary)
    assert len((*found.rules, *found.changes)) == 1


def test_a_rule_taken_away_can_be_published_again(diary, publisher):
    for _ in range(2):
        publish(diary, publishing.add_rule, publisher, Purpose.CALLBACK, MORNING)
        publish(diary, publishing.remove_rule, publisher, published(diary).rules[0].id)
    publish(diary, publishing.add_rule, publisher, Purpose.CALLBACK, MORNING)
    assert len(published(diary).rules) == 1


def test_a_closure_closes_and_can_be_taken_back(diary, publisher):
    publish(diary, publishing.add_rule, publisher, Purpose.CALLBACK, MORNING)
    before, closure = diary.free(), DatedChange(TUESDAY, is_closure=True)
    publish(diary, publishing.add_change, publisher, None, closure)
    assert diary.free()[0].starts_utc > before[1].starts_utc
    assert published(diary).changes[0].change == closure
    publish(diary, publishing.remove_change, publisher, published(diary).changes[0].id)
    assert [one.starts_utc for one in diary.free()] == [one.starts_utc for one in before]


def test_terms_are_changed_for_one_purpose(diary, publisher):
    publish(diary, publishing.add_rule, publisher, Purpose.CALLBACK, MORNING)
    terms = Terms(slot_minutes=20, length_minutes=20, horizon_days=2)
    publish(diary, publishing.set_terms, publisher, Purpose.CALLBACK, terms)
    assert len(diary.free()) == 3
    assert published(diary).terms[Purpose.CALLBACK] == terms


@pytest.mark.parametrize(
    "terms",
    [Terms(0, 30), Terms(30, 0), Terms(30, 30, lead_minutes=-1), Terms(30, 30, None, 0, 0, 999)],
)
def test_terms_that_make_no_sense_are_refused(diary, publisher, terms):
    with pytest.raises(TermsMakeNoSense):
        publish(diary, publishing.set_terms, publisher, Purpose.CALLBACK, terms)


def test_who_published_is_audited(diary, publisher):
    publish(diary, publishing.add_rule, publisher, Purpose.CALLBACK, MORNING)
    with diary.database.read_session() as session:
        found = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "capacity.rule_added")
        )
        assert [entry.actor for entry in found] == ["staff:1"]


def test_of_two_who_saw_the_same_one_changes_it(diary):
    with diary.database.read_session() as session:
        seen = publishing.get_version(session, diary.office_id)
    publisher = Publisher(diary.office_id, "staff:1", seen)

    def add(weekday: int) -> bool:
        rule = WeeklyCapacity(weekday, Interval(540, 600), Seats(2))
        try:
            publish(diary, publishing.add_rule, publisher, Purpose.MEETING, rule)
        except CapacityChanged:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(add, range(4))) == 1
    assert len(published(diary).rules) == 1
