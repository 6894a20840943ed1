"""What an office writes itself, and a register that says otherwise: nobody is overwritten."""

import json
from contextlib import suppress
from datetime import date
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from nav_access.core.audit_tables import ENTRIES
from nav_access.offices.codes import DutyAudience, OpeningKind
from nav_access.offices.keeping import hours, lines, measures, reasons
from nav_access.offices.keeping.codes import MeasureKind
from nav_access.offices.keeping.editing import Editor
from nav_access.offices.keeping.errors import (
    DayMakesNoSense,
    MeasureMakesNoSense,
    NotOfThisOffice,
    NumberTaken,
    OfficeChanged,
)
from nav_access.offices.keeping.lines import LineDetails
from nav_access.offices.keeping.measures import NewMeasure
from nav_access.offices.keeping.models import KeptDay, KeptLine, Measure
from nav_access.offices.keeping.told import read_lines
from nav_access.offices.queries import find_office_by_number, get_data_version
from nav_access.offices.records import IntervalRecord
from tests.rooms.offices_data import bring_in_content

TUESDAY = 1
CHRISTMAS_EVE = date(2026, 12, 24)


def walk_in(opens: int, closes: int, comment: str | None = None) -> IntervalRecord:
    return IntervalRecord(None, None, OpeningKind.WALK_IN, opens * 60, closes * 60, comment)


CLOSED = IntervalRecord(None, None, OpeningKind.CLOSED)


class Kept:
    """An office of the register that is open 9-15 on Tuesdays, and its manager."""

    def __init__(self, database, now):
        self.database, self.now = database, now
        self.register()

    def register(self, fra="09:00", til="15:00", **more):
        """Import the register once more, with these hours."""
        times = [{"dag": "Tirsdag", "fra": fra, "til": til}, *more.pop("dated", [])]
        door = {"besoeksadresse": {"gatenavn": "Gata"}, "aapningstider": times}
        contact = {"telefonnummer": "55553333", "publikumsmottak": [door], **more}
        unit = {"enhetNr": "9001", "navn": "NAV Prøve", "type": "LOKAL", "status": "Aktiv"}
        whole = {"enhet": unit, "kontaktinformasjon": contact}
        return bring_in_content(self.database, json.dumps(whole).encode())

    def office(self):
        with self.database.read_session() as session:
            return find_office_by_number(session, "9001")

    def editor(self, seen=None):
        office = self.office()
        return Editor(office.id, "staff:1", office.edition if seen is None else seen)

    def do(self, verb, *arguments, editor=None, **more):
        with self.database.unit_of_work() as session:
            return verb(session, editor or self.editor(), *arguments, now=self.now, **more)

    def write(self, day, *own, editor=None):
        return self.do(hours.set_days, self.door, [day], own, editor=editor)

    @property
    def door(self):
        return self.office().receptions[0].id

    def times(self, day):
        found = (one for one in self.office().receptions[0].openings)
        return [
            (one.opens_minute, one.closes_minute)
            for one in found
            if day in (one.weekday, one.on_date)
        ]

    def told(self, day):
        with self.database.read_session() as session:
            kept = hours.find_kept_day(session, self.door, day)
            return None if kept is None else read_lines(kept.told, day)

    def count(self, model):
        with self.database.read_session() as session:
            return session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def kept(database, now):
    return Kept(database, now)


def test_what_the_office_wrote_outlives_an_import(kept):
    assert kept.write(TUESDAY, walk_in(10, 14))
    kept.register("09:30", "15:00")
    assert kept.times(TUESDAY) == [(600, 840)]
    assert [line.opens_minute for line in kept.told(TUESDAY)] == [570]


def test_the_register_is_taken_again_with_what_it_says_by_now(kept):
    kept.write(TUESDAY, walk_in(10, 14))
    kept.register("09:30", "15:00")
    assert kept.do(hours.take_register_day, kept.door, TUESDAY)
    assert (kept.times(TUESDAY), kept.told(TUESDAY)) == ([(570, 900)], None)
    kept.register("08:00", "15:00")
    assert kept.times(TUESDAY) == [(480, 900)]


def test_a_register_that_comes_to_say_the_same_is_followed_again(kept):
    kept.write(TUESDAY, walk_in(10, 14))
    kept.register("10:00", "14:00")
    assert kept.count(KeptDay) == 0


def test_the_same_file_again_writes_nothing_though_the_office_keeps_days(kept):
    kept.write(TUESDAY, walk_in(10, 14))
    kept.register("09:30", "15:00")
    assert kept.register("09:30", "15:00").rows == 0


def test_other_days_follow_the_register_still(kept):
    kept.write(CHRISTMAS_EVE, CLOSED)
    kept.register("08:00", "12:00")
    assert (kept.times(TUESDAY), kept.times(CHRISTMAS_EVE)) == ([(480, 720)], [(None, None)])


def test_a_date_the_office_took_away_stays_away(kept):
    dated = [{"dato": "2026-12-24", "stengt": True}]
    kept.register(dated=dated)
    kept.write(CHRISTMAS_EVE)
    kept.register("09:00", "15:00", dated=dated)
    assert kept.times(CHRISTMAS_EVE) == []
    assert kept.told(CHRISTMAS_EVE)[0].kind is OpeningKind.CLOSED


def test_writing_what_the_register_says_is_following_it(kept):
    kept.write(TUESDAY, walk_in(10, 14))
    kept.write(TUESDAY, walk_in(9, 15))
    assert kept.count(KeptDay) == 0


def test_writing_the_same_twice_changes_nothing_though_it_was_seen_before(kept):
    editor = kept.editor()
    assert kept.write(TUESDAY, walk_in(10, 14), editor=editor)
    assert not kept.write(TUESDAY, walk_in(10, 14), editor=editor)


def test_who_saw_an_older_edition_changes_nothing(kept):
    editor = kept.editor()
    kept.write(TUESDAY, walk_in(10, 14))
    with pytest.raises(OfficeChanged):
        kept.write(TUESDAY, walk_in(11, 14), editor=editor)


def test_an_import_between_seeing_and_saving_is_noticed(kept):
    editor = kept.editor()
    kept.register("08:00", "15:00")
    with pytest.raises(OfficeChanged):
        kept.write(TUESDAY, walk_in(11, 14), editor=editor)


ODD_DAYS = [
    (CLOSED, walk_in(9, 15)),
    (IntervalRecord(None, None, OpeningKind.WALK_IN),),
    (IntervalRecord(None, None, OpeningKind.WALK_IN, 600, 540),),
    (IntervalRecord(None, None, OpeningKind.WALK_IN, 0, 1500),),
    (IntervalRecord(None, None, OpeningKind.CLOSED, 540, 600),),
    (IntervalRecord(None, None, OpeningKind.APPOINTMENT_ONLY, 540, None),),
]


def test_a_day_that_makes_no_sense_is_not_written(kept):
    for lines_of_day in ODD_DAYS:
        with pytest.raises(DayMakesNoSense):
            kept.write(TUESDAY, *lines_of_day)


def test_anothers_door_is_nobodys(kept):
    with pytest.raises(NotOfThisOffice):
        kept.do(hours.set_days, 99_999, [TUESDAY], [walk_in(9, 10)])


def test_caches_hear_of_it_and_the_audit_too(kept):
    with kept.database.read_session() as session:
        before = get_data_version(session)
    kept.write(TUESDAY, walk_in(10, 14))
    with kept.database.read_session() as session:
        assert get_data_version(session) == before + 1
        found = select(ENTRIES.c.actor).where(ENTRIES.c.action == "office.hours_written")
        assert session.scalars(found).all() == ["staff:1"]


def test_reasons_outlive_an_import_and_can_be_the_registers_again(kept):
    assert kept.do(reasons.set_reasons, "Få ansatte", "Ring oss")
    kept.register("08:00", "15:00")
    office = kept.office()
    assert (office.restricted_reason, office.other_way_in) == ("Få ansatte", "Ring oss")
    assert kept.do(reasons.take_register_reasons)
    assert kept.office().restricted_reason is None
    assert not kept.do(reasons.take_register_reasons)


LINE = LineDetails("+4722000000", DutyAudience.PUBLIC, topic="Akutt")


def imported_line(kept):
    kept.register(spesielleOpplysninger=None)
    with kept.database.unit_of_work() as session:
        office = find_office_by_number(session, "9001")
        office.duty_lines.append(
            lines.DutyLine(
                phone=LINE.phone, position=0, audience=LINE.audience, is_imported=True, intervals=[]
            )
        )
    return kept.office().duty_lines[0].id


def test_a_line_is_added_changed_and_taken_away(kept):
    kept.do(lines.save_line, None, LINE)
    kept.do(lines.save_line, None, LINE)
    line = kept.office().duty_lines[0].id
    with pytest.raises(NumberTaken):
        kept.do(lines.save_line, None, LineDetails(LINE.phone, DutyAudience.AGENCIES))
    kept.do(lines.save_line, line, LineDetails("+4722000001", DutyAudience.AGENCIES))
    assert [one.phone for one in kept.office().duty_lines] == ["+4722000001"]
    assert kept.do(lines.remove_line, line)
    assert not kept.do(lines.remove_line, line)


def test_a_line_of_the_register_that_was_changed_is_the_offices_own(kept):
    line = imported_line(kept)
    kept.do(lines.save_line, line, LINE)
    with kept.database.read_session() as session:
        told = lines.list_kept_lines(session, kept.office().id)
    assert told[LINE.phone].topic is None
    assert kept.do(lines.take_register_line, LINE.phone)
    assert kept.office().duty_lines[0].is_imported
    assert kept.count(KeptLine) == 0


def test_a_measure_is_written_once_and_never_forgotten(kept, now):
    today = now.date()
    new = NewMeasure(MeasureKind.DUTY_LINE, "Vi svarer hele dagen.", date(2026, 11, 2))
    assert kept.do(measures.add_measure, new)
    assert not kept.do(measures.add_measure, new)
    measure = kept.count(Measure) and kept.do(lambda s, e, now: s.scalars(select(Measure.id)).one())
    assert kept.do(measures.end_measure, measure, today=today)
    assert not kept.do(measures.end_measure, measure, today=today)
    with kept.database.read_session() as session:
        assert session.scalars(select(Measure.until_date)).all() == [date(2026, 11, 22)]
        assert measures.list_measures_on(session, today) == []


def test_a_measure_that_never_began_is_taken_away(kept, now):
    new = NewMeasure(MeasureKind.OTHER, "Til våren.", date(2027, 3, 1))
    kept.do(measures.add_measure, new)
    kept.do(measures.end_measure, 1, today=now.date())
    assert kept.count(Measure) == 0
    with pytest.raises(MeasureMakesNoSense):
        kept.do(measures.add_measure, NewMeasure(MeasureKind.OTHER, " ", date(2027, 3, 1)))


def test_of_ten_managers_who_saw_the_same_one_changes_it(kept):
    editor, door, found, start = kept.editor(), kept.door, [], Barrier(10)

    def write(n):
        start.wait()
        with suppress(OfficeChanged):
            kept.do(hours.set_days, door, [TUESDAY], [walk_in(8, 11 + n)], editor=editor)
            found.append(n)

    threads = [Thread(target=write, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept.times(TUESDAY) == [(480, (11 + found[0]) * 60)]
    assert len(found) == 1


def test_an_import_at_the_same_time_never_takes_what_was_written(kept):
    """Whoever is first: the manager is told, or the register is told beside what was written."""
    for n in range(6):
        editor, door, told, start = kept.editor(), kept.door, [], Barrier(2)

        def write(n=n, editor=editor, door=door, told=told, start=start):
            start.wait()
            try:
                kept.do(hours.set_days, door, [TUESDAY], [walk_in(7, 11 + n)], editor=editor)
            except OfficeChanged:
                told.append(n)

        thread = Thread(target=write)
        thread.start()
        start.wait()
        kept.register("08:00", f"{12 + n}:00")
        thread.join()
        if not told:
            assert kept.times(TUESDAY) == [(420, (11 + n) * 60)]
