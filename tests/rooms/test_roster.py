"""Duty rosters: what shifts do to hours and cards, who may change them, cover by other offices."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from nav_access.core.audit_tables import ENTRIES
from nav_access.core.clock import OSLO
from nav_access.offices import cards
from nav_access.offices.cards import get_card
from nav_access.offices.codes import DutyAudience
from nav_access.offices.models import DutyCover, DutyInterval, DutyLine, DutyShift
from nav_access.offices.queries import get_data_version
from nav_access.offices.roster import covers, service
from nav_access.offices.roster.codes import CoverState, GapReason, ShiftKind
from nav_access.offices.roster.errors import (
    AlreadyDone,
    CoverAnswered,
    NotOnRoster,
    RosterChanged,
)
from nav_access.offices.roster.queries import (
    get_version,
    list_gaps,
    list_lines,
    list_office_lines,
    make_week,
)
from nav_access.offices.roster.service import Editor, may_be_planned
from tests.desk_factory import add_office
from tests.rosters import on_date, weekly

MONDAY = date(2026, 11, 23)
CHRISTMAS = (date(2026, 12, 24), date(2026, 12, 31))
FARTHEST = date(2028, 11, 23)


def oslo(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)


class Rosters:
    """Two offices with a line each, staffed weekdays 10-12 as the register tells it."""

    def __init__(self, database, now):
        self.database, self.now = database, now
        with database.unit_of_work() as session:
            self.office, self.other = (add_office(session, f"nav-{n}") for n in ("eik", "gran"))
            self.line = self.add_line(session, self.office, "+4722000001")
            self.other_line = self.add_line(session, self.other, "+4722000002")

    def add_line(self, session, office_id, phone, audience=DutyAudience.PUBLIC):
        hours = {"opens_minute": 600, "closes_minute": 720}
        week = [DutyInterval(weekday=day, **hours) for day in range(5)]
        line = DutyLine(
            office_id=office_id, position=0, phone=phone, audience=audience, intervals=week
        )
        session.add(line)
        session.flush()
        return line.id

    def editor(self, office_id=None, name=b"1", seen=None):
        office_id = office_id or self.office
        version = self.read(get_version, office_id) if seen is None else seen
        return Editor(office_id, "staff:1", version, name)

    def do(self, verb, editor, *arguments):
        with self.database.unit_of_work() as session:
            return verb(session, editor, *arguments, now=self.now)

    def read(self, query, *arguments, **more):
        with self.database.read_session() as session:
            return query(session, *arguments, **more)

    def add(self, *shifts, **editor):
        self.do(service.add_shifts, self.editor(**editor), self.line, shifts)

    def cover(self):
        """Let the other office answer over Christmas."""
        self.do(covers.ask_cover, self.editor(), self.line, self.other, CHRISTMAS)
        cover_id = self.read(lambda session: session.scalars(select(DutyCover.id)).one())
        self.do(covers.accept_cover, self.editor(self.other), cover_id, self.other_line)
        return cover_id


@pytest.fixture
def rosters(database, now, monkeypatch):
    monkeypatch.setattr(cards, "GOOD_FOR_S", 0)
    return Rosters(database, now)


def test_shifts_are_what_counts_once_they_begin(rosters):
    rosters.add(weekly(0, 780, 840, first=MONDAY + timedelta(days=7)))
    card = rosters.read(get_card, rosters.office)
    assert card.is_answered(oslo(MONDAY, 11))
    assert not card.is_answered(oslo(MONDAY + timedelta(days=7), 11))
    assert card.hours.next_staffed(oslo(MONDAY + timedelta(days=5), 9)) == oslo(
        MONDAY + timedelta(days=7), 13
    )


def test_a_date_is_taken_from_the_week_or_added_to_it(rosters):
    tuesday = MONDAY + timedelta(days=1)
    rosters.add(
        on_date(ShiftKind.ABSENT, MONDAY, MONDAY), on_date(ShiftKind.EXTRA, tuesday, tuesday, 0, 60)
    )
    card = rosters.read(get_card, rosters.office)
    assert not card.is_answered(oslo(MONDAY, 11))
    assert card.is_answered(oslo(tuesday, 0))
    assert card.is_answered(oslo(tuesday, 11))


def test_a_roster_that_ran_out_is_not_answered_but_still_promises(rosters):
    rosters.add(weekly(0, 600, 720, last=MONDAY))
    card, later = rosters.read(get_card, rosters.office), MONDAY + timedelta(days=2)
    assert not card.is_answered(oslo(later, 11))
    assert card.find_phone(oslo(later, 11)) == "+4722000001"
    assert card.hours.next_staffed(oslo(later, 7)) == oslo(later, 9)


def test_a_change_is_seen_by_cards_at_once_and_audited(rosters):
    before = rosters.read(get_data_version)
    rosters.add(weekly(0, 780, 840))
    assert rosters.read(get_data_version) > before
    found = select(ENTRIES.c.actor, ENTRIES.c.action, ENTRIES.c.subject)
    rows = rosters.read(lambda session: session.execute(found).all())
    assert rows == [("staff:1", "roster.shift_added", f"office:{rosters.office}")]


def test_the_same_shift_is_put_there_once_and_the_same_form_too(rosters):
    rosters.add(weekly(0, 780, 840))
    rosters.add(weekly(0, 780, 840), name=b"2")
    with pytest.raises(AlreadyDone):
        rosters.add(weekly(1, 780, 840), name=b"2", seen=1)
    assert rosters.read(lambda s: s.scalar(select(func.count(DutyShift.id)))) == 1


def test_a_roster_somebody_else_changed_is_not_overwritten(rosters):
    rosters.add(weekly(0, 780, 840))
    with pytest.raises(RosterChanged):
        rosters.add(weekly(1, 780, 840), name=b"2", seen=0)
    with pytest.raises(RosterChanged):
        rosters.add(weekly(1, 780, 840), name=b"3", seen=7)


def test_of_many_at_once_one_changes_the_roster(rosters):
    start = Barrier(6)

    def act(number):
        start.wait()
        try:
            rosters.add(weekly(number, 780, 840), name=b"%d" % number, seen=0)
        except RosterChanged:
            return "told"
        return "done"

    with ThreadPoolExecutor(6) as pool:
        assert Counter(pool.map(act, range(6))) == {"done": 1, "told": 5}


def test_a_shift_is_changed_and_taken_away(rosters):
    rosters.add(weekly(0, 780, 840))
    shift_id = rosters.read(lambda session: session.scalars(select(DutyShift.id)).one())
    rosters.do(service.change_shift, rosters.editor(), shift_id, weekly(0, 480, 540))
    assert rosters.read(get_card, rosters.office).is_answered(oslo(MONDAY, 8))
    rosters.do(service.remove_shift, rosters.editor(), shift_id)
    assert rosters.read(get_card, rosters.office).is_answered(oslo(MONDAY, 11))


def test_another_offices_line_and_shift_do_not_exist(rosters):
    rosters.add(weekly(0, 780, 840))
    bold = rosters.editor(rosters.other)
    with pytest.raises(NotOnRoster):
        rosters.do(service.add_shifts, bold, rosters.line, [weekly(1, 0, 60)])
    for verb in (service.remove_shift, covers.end_cover):
        with pytest.raises(NotOnRoster):
            rosters.do(verb, bold, 1)


def test_cover_counts_only_once_the_other_office_has_said_yes(rosters):
    rosters.add(on_date(ShiftKind.ABSENT, *CHRISTMAS))
    rosters.do(covers.ask_cover, rosters.editor(name=b"2"), rosters.line, rosters.other, CHRISTMAS)
    at = oslo(date(2026, 12, 28), 11)
    assert not rosters.read(get_card, rosters.office).is_answered(at)
    cover = rosters.read(lambda session: session.scalars(select(DutyCover.id)).one())
    rosters.do(covers.accept_cover, rosters.editor(rosters.other), cover, rosters.other_line)
    card = rosters.read(get_card, rosters.office)
    assert card.is_answered(at)
    assert card.find_phone(at) == "+4722000002"
    assert not card.is_answered(oslo(date(2027, 1, 4), 9))


def test_cover_is_answered_once_by_the_office_that_was_asked(rosters):
    cover_id = rosters.cover()
    other = rosters.editor(rosters.other)
    with pytest.raises(CoverAnswered):
        rosters.do(covers.accept_cover, other, cover_id, rosters.other_line)
    with pytest.raises(NotOnRoster):
        rosters.do(covers.decline_cover, rosters.editor(), cover_id)
    rosters.do(covers.decline_cover, other, cover_id)
    with pytest.raises(CoverAnswered):
        rosters.do(covers.end_cover, rosters.editor(name=b"9"), cover_id)


def test_of_yes_and_taking_back_at_once_one_holds(rosters):
    rosters.do(covers.ask_cover, rosters.editor(), rosters.line, rosters.other, CHRISTMAS)
    cover_id = rosters.read(lambda session: session.scalars(select(DutyCover.id)).one())
    acts = [
        (covers.accept_cover, rosters.editor(rosters.other), cover_id, rosters.other_line),
        (covers.decline_cover, rosters.editor(rosters.other), cover_id),
    ] * 3

    def act(one):
        try:
            rosters.do(*one)
        except CoverAnswered:
            return 0
        return 1

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(act, acts)) in (1, 2)
    state = rosters.read(lambda session: session.scalars(select(DutyCover.state)).one())
    assert state is CoverState.DECLINED


def test_an_office_does_not_cover_itself(rosters):
    with pytest.raises(NotOnRoster):
        rosters.do(covers.ask_cover, rosters.editor(), rosters.line, rosters.office, CHRISTMAS)


def test_gaps_are_closed_by_cover(rosters):
    weekday = date(2026, 12, 28)
    rosters.add(on_date(ShiftKind.ABSENT, *CHRISTMAS))
    before = rosters.read(list_gaps, rosters.office, weekday, 1)
    assert [(gap.minutes, gap.reasons) for gap in before] == [(360, {GapReason.PROMISE})]
    rosters.cover()
    after = rosters.read(list_gaps, rosters.office, weekday, 1)
    assert [gap.minutes for gap in after] == [60, 180]


def test_lines_are_listed_for_each_audience_those_staffed_first(rosters):
    with rosters.database.unit_of_work() as session:
        rosters.add_line(session, rosters.other, "+4722000003", DutyAudience.AGENCIES)
    rosters.add(weekly(0, 780, 840, first=MONDAY))
    at = oslo(MONDAY, 11)
    public = rosters.read(list_lines, DutyAudience.PUBLIC, at)
    assert [(one.phone, one.is_staffed) for one in public] == [
        ("+4722000002", True),
        ("+4722000001", False),
    ]
    assert (public[0].until_utc, public[1].next_utc) == (oslo(MONDAY, 12), oslo(MONDAY, 13))
    assert len(rosters.read(list_lines, DutyAudience.AGENCIES, at)) == 3


def test_a_listed_line_tells_who_answers_for_it(rosters):
    rosters.add(on_date(ShiftKind.ABSENT, *CHRISTMAS))
    rosters.cover()
    at = oslo(date(2026, 12, 28), 11)
    (line,) = rosters.read(list_lines, DutyAudience.PUBLIC, at, office_id=rosters.office)
    assert (line.is_staffed, line.standing.is_staffed) == (True, False)
    assert (line.rings, line.cover.office_name) == ("+4722000002", "Nav Gran")


def test_a_week_is_written_out_with_who_is_on_duty_and_who_covers(rosters):
    rosters.add(weekly(0, 540, 720, on_duty="Mottaket"), on_date(ShiftKind.ABSENT, *CHRISTMAS))
    rosters.cover()
    with rosters.database.read_session() as session:
        lines = list_office_lines(session, rosters.office)
        usual, away = (make_week(lines, day).days[0] for day in (MONDAY, date(2026, 12, 28)))
    assert [(e.interval.opens, e.on_duty) for e in usual.lines[0]] == [(540, "Mottaket")]
    assert [(e.interval.opens, e.by) for e in away.lines[0]] == [(600, "Nav Gran")]


def test_periods_years_away_or_backwards_are_not_planned():
    assert may_be_planned(MONDAY, None, MONDAY)
    assert not may_be_planned(MONDAY, MONDAY - timedelta(days=1), MONDAY)
    assert not may_be_planned(MONDAY, FARTHEST + timedelta(days=9), MONDAY)
