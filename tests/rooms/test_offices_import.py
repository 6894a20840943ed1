"""Imports of the real files: the right offices are public, and a second run changes nothing."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, text

from nav_access.core.db import Database
from nav_access.core.orm import Base
from nav_access.offices.codes import OfficeStatus
from nav_access.offices.models import Office, OpeningInterval, Postcode
from nav_access.offices.place_service import mark_withdrawn
from nav_access.offices.queries import (
    find_office_by_number,
    get_data_version,
    list_public_offices,
)
from nav_access.offices.reading import read_delivery
from nav_access.offices.records import ImportReport, NoteCode
from nav_access.offices.service import import_units, mark_missing
from tests.rooms.offices_data import (
    AREAS,
    DATA,
    REGISTER,
    STREETS,
    TODAY,
    UNITS,
    bring_in,
    bring_in_content,
)

EVERYTHING = (REGISTER, UNITS, AREAS, STREETS)


def unit(**values: Any) -> bytes:
    """A unit with one reception, as NORG2 v1 has it."""
    hours = values.pop("hours", [{"dag": "Mandag", "fra": "09:00", "til": "15:00"}])
    base = {"enhetNr": "9001", "navn": "NAV Prøve", "type": "LOKAL", "status": "Aktiv"}
    doors = [{"besoeksadresse": {"gatenavn": "Gata"}, "aapningstider": hours}]
    contact = {"telefonnummer": "55553333", "publikumsmottak": doors}
    return json.dumps({"enhet": base | values, "kontaktinformasjon": contact}).encode()


def stored(database: Database, number: str = "9001") -> Office:
    with database.read_session() as session:
        office = find_office_by_number(session, number)
    assert office is not None
    return office


def test_the_right_offices_are_public(database: Database) -> None:
    bring_in(database, UNITS)
    with database.read_session() as session:
        public = {office.number for office in list_public_offices(session, today=TODAY)}
        known = session.scalar(select(func.count()).select_from(Office))
    assert known == 37 + 1
    assert len(public) == 30
    assert not public & {"0441", "1516", "1603", "4717", "4709", "0300", "4716"}


def test_a_second_run_of_everything_writes_nothing(database: Database) -> None:
    first = bring_in(database, *EVERYTHING)
    with database.read_session() as session:
        version = get_data_version(session)
    second = bring_in(database, *EVERYTHING)
    assert first.rows > 6000
    assert (second.rows, second.created, second.changed) == (0, 0, 0)
    assert second.read == second.unchanged + second.skipped == 5122 + 37 + 390 + 109
    with database.read_session() as session:
        assert get_data_version(session) == version


@pytest.mark.parametrize(
    "name",
    [
        "norg2_v1_0312_frogner_2022_masked.json",
        "norg2_v1_navkontor_1203_bergen-nord_2021_masked.json",
        "norg2_v2_kontaktinformasjon_0101_halden-aremark_2023.json",
        "navno_office_page_0313_st-hanshaugen_2024.json",
        "navno_mock_office_details.json",
        "hsds3_examples_organization_full.json",
        "hsds3_examples_service_full.json",
    ],
)
def test_every_other_shape_is_stored_once(database: Database, name: str) -> None:
    assert bring_in(database, name).created == 1
    assert bring_in(database, name).rows == 0
    with database.read_session() as session:
        assert len(list_public_offices(session, today=TODAY)) == 1


def test_nothing_internal_is_in_any_table(database: Database) -> None:
    bring_in(database, UNITS, "norg2_v1_0312_frogner_2022_masked.json")
    with database.read_session() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)):
                assert "SKAL-IKKE-VISES" not in repr(row)
                assert "99990007" not in repr(row)


def test_a_newer_file_changes_only_its_own_office(database: Database) -> None:
    bring_in(database, UNITS)
    report = bring_in(database, "norg2_v1_0312_frogner_2022_masked.json")
    assert (report.created, report.changed) == (0, 1)
    assert stored(database, "0312").slug == "nav-frogner"


def test_a_slug_stays_when_the_office_changes_its_name(database: Database) -> None:
    bring_in_content(database, unit())
    bring_in_content(database, unit(navn="NAV Noe annet"))
    office = stored(database)
    assert (office.name, office.slug) == ("NAV Noe annet", "nav-prove")


def test_two_offices_of_one_name_get_slugs_of_their_own(database: Database) -> None:
    bring_in_content(database, unit(enhetNr="1515", navn="NAV Herøy"))
    bring_in_content(database, unit(enhetNr="1818", navn="NAV Herøy"))
    assert stored(database, "1515").slug == "nav-heroy"
    assert stored(database, "1818").slug == "nav-heroy-1818"


def openings(database: Database) -> set[tuple[int | None, int | None, int | None]]:
    with database.read_session() as session:
        rows = session.scalars(select(OpeningInterval)).all()
    return {(row.weekday, row.opens_minute, row.closes_minute) for row in rows}


@pytest.mark.parametrize("closes", ["08:00", "fem"])
def test_hours_that_cannot_be_believed_leave_the_previous_ones(
    database: Database, closes: str
) -> None:
    bring_in_content(database, unit())
    monday = {"dag": "Mandag", "fra": "10:00", "til": closes}
    tuesday = {"dag": "Tirsdag", "fra": "0930", "til": "14.30"}
    report = bring_in_content(database, unit(hours=[tuesday, monday]))
    assert openings(database) == {(0, 540, 900), (1, 570, 870)}
    assert report.skipped == 1


def test_the_order_of_lines_in_a_file_does_not_matter(database: Database) -> None:
    lines = [{"dag": day, "fra": "9", "til": "10"} for day in ("Mandag", "Fredag", "Onsdag")]
    bring_in_content(database, unit(hours=lines))
    assert bring_in_content(database, unit(hours=lines[::-1])).rows == 0


def test_hours_taken_out_of_a_file_are_removed(database: Database) -> None:
    bring_in_content(database, unit())
    assert bring_in_content(database, unit(hours=[])).rows == 1
    assert openings(database) == set()


def test_a_file_that_does_not_speak_of_receptions_leaves_them(database: Database) -> None:
    bring_in_content(database, unit())
    bare = {"enhetNr": "9001", "navn": "NAV Prøve", "type": "LOKAL", "status": "Aktiv"}
    assert bring_in_content(database, json.dumps(bare).encode()).rows == 0
    assert openings(database) == {(0, 540, 900)}


def test_closing_offices_are_public_until_their_date(database: Database) -> None:
    content = unit(status="Under avvikling", underAvviklingDato="2026-12-01")
    bring_in_content(database, content)
    with database.read_session() as session:
        assert len(list_public_offices(session, today=date(2026, 11, 30))) == 1
        assert list_public_offices(session, today=date(2026, 12, 1)) == []


def test_an_unknown_service_code_is_kept(database: Database) -> None:
    offered = {"tjenester": [{"type": "ROMFART"}, {"type": "KOMMUNAL_BOLIG"}]}
    told = {"enhetNr": "9001", "navn": "N", "brukerkontakt": {"brukertjenesteTilbud": offered}}
    bring_in_content(database, json.dumps(told).encode())
    assert stored(database).services == ("KOMMUNAL_BOLIG", "ROMFART")


def missing(database: Database, *numbers: str) -> ImportReport:
    with database.unit_of_work() as session:
        return mark_missing(session, numbers, source="norg2", today=TODAY)


def test_a_unit_missing_from_a_full_file_is_marked_and_stays(database: Database) -> None:
    bring_in_content(database, unit())
    bring_in_content(database, unit(enhetNr="9002", navn="NAV Borte"))
    report = missing(database, "9001")
    assert [(n.code, n.subject) for n in report.notes] == [(NoteCode.UNIT_MISSING, "9002")]
    assert missing(database, "9001").rows == 0
    assert stored(database, "9002").missing_since == TODAY
    assert stored(database, "9002").status is OfficeStatus.ACTIVE
    bring_in_content(database, unit(enhetNr="9002", navn="NAV Borte"))
    assert stored(database, "9002").missing_since is None


def test_a_check_writes_nothing_and_says_what_would_be_written(database: Database) -> None:
    delivery = read_delivery((DATA / UNITS).read_bytes(), today=TODAY)
    with database.read_session() as session, session.no_autoflush:
        report = import_units(session, delivery.units, source="norg2", is_check=True)
    written = bring_in(database, UNITS)
    assert report.created == 37
    assert report.rows == written.rows


def test_a_municipality_of_2020_without_a_like_today_is_reported(database: Database) -> None:
    report = bring_in(database, REGISTER, AREAS)
    skipped = [note for note in report.notes if note.is_skip]
    assert [(n.code, n.detail) for n in skipped] == [
        (NoteCode.UNKNOWN_MUNICIPALITY, "3018 Våler i Viken")
    ]


def test_a_withdrawn_postcode_is_marked_and_a_part_of_a_register_withdraws_none(
    database: Database,
) -> None:
    lines = b"0001\tOSLO\t0301\tOSLO\tP\n0010\tOSLO\t0301\tOSLO\tB\n0150\tOSLO\t0301\tOSLO\tG\n"
    bring_in_content(database, lines)
    with database.unit_of_work() as session:
        assert mark_withdrawn(session, {"0001"}, today=TODAY).rows == 0
        assert mark_withdrawn(session, {"0001", "0150"}, today=TODAY).rows == 1
    with database.read_session() as session:
        withdrawn = session.scalars(select(Postcode.code).where(Postcode.withdrawn_on == TODAY))
        assert list(withdrawn) == ["0010"]


def test_the_database_itself_refuses_hours_without_a_day_or_backwards(database: Database) -> None:
    bring_in_content(database, unit())
    for change in ("weekday = NULL", "on_date = '2026-01-01'", "closes_minute = 1"):
        with pytest.raises(Exception, match=r"(?i)constraint"), database.unit_of_work() as session:
            session.execute(text(f"UPDATE office_openings SET {change}"))
