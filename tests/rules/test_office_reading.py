"""Files are told apart by content and read as they really come."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nav_access.offices.codes import OfficeKind, OfficeStatus, OpeningKind
from nav_access.offices.errors import ImportRefused
from nav_access.offices.lenient import is_true, read_minute, read_phone, read_text, read_weekday
from nav_access.offices.norg_hours import read_interval
from nav_access.offices.reading import read_delivery
from nav_access.offices.records import Delivery, IntervalRecord, NoteCode, UnitRecord
from nav_access.offices.register import read_register

DATA = Path(__file__).parents[2].parent / "shared" / "data"
TODAY = date(2026, 11, 22)


def read(data: Any) -> Delivery:
    return read_delivery(json.dumps(data).encode(), today=TODAY)


def read_file(name: str) -> Delivery:
    return read_delivery((DATA / name).read_bytes(), today=TODAY)


def only_unit(delivery: Delivery) -> UnitRecord:
    (unit,) = delivery.units
    return unit


@pytest.mark.parametrize(
    ("written", "minute"),
    [
        ("09:00", 540),
        ("9:00", 540),
        ("09.00", 540),
        ("0900", 540),
        ("900", 540),
        ("9", 540),
        ("kl. 9.30", 570),
        ("10:00:00", 600),
        ("24:00", 1440),
        ("24:01", None),
        ("12:60", None),
        ("ni", None),
        ("", None),
        (None, None),
    ],
)
def test_times_of_day(written: object, minute: int | None) -> None:
    assert read_minute(written) == minute


def test_booleans_come_as_words_too() -> None:
    assert all(map(is_true, [True, "true", " TRUE ", "1", 1]))
    assert not any(map(is_true, [False, "false", None, "", "0", {}, []]))


def test_weekdays_in_bokmal_nynorsk_and_english() -> None:
    assert [read_weekday(d) for d in ("Mandag", "TYSDAG", "laurdag", "Sunday")] == [0, 1, 5, 6]
    assert read_weekday("snart") is None


def test_phones_become_e164_and_odd_ones_stay_as_written() -> None:
    assert read_phone("55 55 33 33") == read_phone("55553333") == "+4755553333"
    assert read_phone('"+44 1234 234567"') == "+441234234567"
    assert read_phone("815") == "815"
    assert read_phone("ukjent") is None


def test_text_loses_what_no_database_stores() -> None:
    assert read_text(" a\r\nb\x00\x07 ") == "a\nb"
    assert read_text("") is read_text(None) is read_text({}) is None


def line(**values: object) -> tuple[IntervalRecord | None, NoteCode | None]:
    return read_interval(values)


def test_closed_beats_times_and_keeps_its_comment() -> None:
    record, problem = line(dag="Mandag", fra="09:00", til="15:00", stengt="true", kommentar="Ring")
    assert problem is None
    assert record == IntervalRecord(0, None, OpeningKind.CLOSED, comment="Ring")


def test_only_by_appointment_is_never_walk_in() -> None:
    record, problem = line(dag="Torsdag", kunTimeavtale="true")
    assert (record, problem) == (IntervalRecord(3, None, OpeningKind.APPOINTMENT_ONLY), None)


def test_end_before_start_is_told_and_not_read_as_times() -> None:
    for closes in ("09:00", "08:00"):
        record, problem = line(dag="Mandag", fra="09:00", til=closes)
        assert problem is NoteCode.END_BEFORE_START
        assert record is not None
        assert record.opens_minute is None


def test_a_day_with_a_date_is_the_date() -> None:
    record, problem = line(dag="Fredag", dato="2026-12-24", fra="10", til="12")
    assert problem is NoteCode.DAY_AND_DATE
    assert record == IntervalRecord(None, date(2026, 12, 24), OpeningKind.WALK_IN, 600, 720)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({}, NoteCode.NO_DAY),
        ({"dag": "Enhver"}, NoteCode.UNKNOWN_DAY),
        ({"dato": "24.12.2026"}, NoteCode.UNKNOWN_DAY),
    ],
)
def test_a_line_without_a_day_is_skipped(values: dict[str, object], problem: NoteCode) -> None:
    assert read_interval(values) == (None, problem)


def test_a_line_without_times_is_closed_and_told() -> None:
    record, problem = line(dag="Mandag", fra="", til=None)
    assert problem is NoteCode.NO_TIMES
    assert record is not None
    assert record.kind is OpeningKind.CLOSED


def test_the_37_units_and_what_is_internal() -> None:
    delivery = read_file("norg2_v1_edge_cases_2019.json")
    assert len(delivery.units) == 37
    assert delivery.is_full
    assert not delivery.notes
    assert "SKAL-IKKE-VISES" not in repr(delivery)


def test_a_unit_without_contact_part_says_nothing_of_its_receptions() -> None:
    unit = only_unit(read_file("norg2_v1_navkontor_1203_bergen-nord_2021_masked.json"))
    assert unit.name == "NAV Bergen nord"
    assert (unit.kind, unit.status, unit.contact) == (OfficeKind.LOCAL, OfficeStatus.ACTIVE, None)


def test_v2_has_two_receptions_and_does_not_say_what_it_is() -> None:
    unit = only_unit(read_file("norg2_v2_kontaktinformasjon_0101_halden-aremark_2023.json"))
    assert (unit.kind, unit.status) == (None, None)
    assert unit.contact is not None
    assert unit.contact.receptions is not None
    assert [door.label for door in unit.contact.receptions] == ["Halden", "Aremark"]
    assert unit.contact.services == (
        "FLYKTNINGTJENESTE",
        "KOMMUNAL_BOLIG",
        "PRIVATOKONOMI_FORVALTNING",
    )


def test_the_public_sites_page_with_booleans_as_words() -> None:
    unit = only_unit(read_file("navno_office_page_0313_st-hanshaugen_2024.json"))
    assert unit.contact is not None
    assert unit.contact.receptions is not None
    (door,) = unit.contact.receptions
    assert {i.kind for i in door.intervals} == {OpeningKind.WALK_IN}
    assert unit.contact.address.street == "Pilestredet 56"


def test_the_sites_mock_carries_receptions_and_a_duty_number_beside_the_office() -> None:
    unit = only_unit(read_file("navno_mock_office_details.json"))
    assert unit.contact is not None
    assert unit.contact.receptions is not None
    assert unit.contact.duty_lines is not None
    assert [door.address.place for door in unit.contact.receptions] == ["Herøy", "Dønna"]
    assert [duty.phone for duty in unit.contact.duty_lines] == ["+4799527885"]


def test_an_object_where_a_list_is_due() -> None:
    door = {"aapningstider": {"dag": "Mandag", "fra": "9", "til": "10"}}
    unit = only_unit(
        read({"enhetNr": "1", "navn": "NAV X", "brukerkontakt": {"publikumsmottak": door}})
    )
    assert unit.contact is not None
    assert unit.contact.receptions is not None
    assert len(unit.contact.receptions[0].intervals) == 1


@pytest.mark.parametrize("hidden", [True, "true"])
def test_an_internal_email_is_not_read(hidden: object) -> None:
    contact = {"telefonnummer": "55553333", "epost": {"adresse": "x@nav.no", "kunIntern": hidden}}
    unit = only_unit(read({"enhet": {"enhetNr": "1", "navn": "N"}, "kontaktinformasjon": contact}))
    assert unit.contact is not None
    assert unit.contact.email is None


def test_what_is_not_a_unit_is_skipped_and_named() -> None:
    delivery = read([{"enhet": {"enhetNr": "1", "navn": "N"}}, {"enhet": {"navn": "Uten nummer"}}])
    assert [unit.number for unit in delivery.units] == ["1"]
    assert [(n.code, n.subject) for n in delivery.notes] == [(NoteCode.NOT_A_UNIT, "Uten nummer")]


def test_an_unknown_status_is_not_shown() -> None:
    delivery = read({"enhetNr": "1", "navn": "N", "type": "LOKAL", "status": "Svever"})
    assert only_unit(delivery).status is OfficeStatus.CLOSED
    assert delivery.notes[0].code is NoteCode.UNKNOWN_STATUS


@pytest.mark.parametrize("name", ["organization", "service"])
def test_hsds_gives_an_office_for_the_location_and_no_person(name: str) -> None:
    delivery = read_file(f"hsds3_examples_{name}_full.json")
    unit = only_unit(delivery)
    assert unit.contact is not None
    assert unit.contact.languages == ("ur",)
    assert "Ann Persona" not in repr(delivery)
    assert [note.code for note in delivery.notes] == [NoteCode.NOT_IN_FORCE]


def schedule(**values: object) -> Delivery:
    place = {"id": "p1", "name": "P", "schedules": [values]}
    return read({"id": "o1", "name": "O", "locations": [place]})


def test_an_hsds_week_and_an_hsds_date() -> None:
    weekly = schedule(freq="WEEKLY", byday="MO,TH", opens_at="10:00:00", closes_at="14:00")
    single = schedule(dtstart="2026-12-24", opens_at="10:00", closes_at="12:00")
    found = []
    for delivery in (weekly, single):
        contact = only_unit(delivery).contact
        assert contact is not None
        assert contact.receptions is not None
        found += [interval.day for interval in contact.receptions[0].intervals]
    assert found == [0, 3, date(2026, 12, 24)]


def test_hsds_hours_that_cannot_be_counted_are_told() -> None:
    assert schedule(freq="MONTHLY", byday="1MO").notes[0].code is NoteCode.UNCOUNTABLE
    bad = schedule(freq="WEEKLY", byday="MO", opens_at="14:00", closes_at="10:00")
    assert bad.notes[0].code is NoteCode.END_BEFORE_START


def test_service_areas_and_forest_addresses() -> None:
    areas = read_file("navenhet_kommune_2020.json").areas
    streets = read_file("oslo_marka_bydelsfordeling.json").streets
    assert len(areas) == 390
    assert {len(street.district) for street in streets} == {6}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04\xff", b"{}", b"[]", b'{"a": 1}', b"[1, 2]"])
def test_any_other_file_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_delivery(content, today=TODAY)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_the_register_in_either_encoding(encoding: str) -> None:
    text = "1430\tÅS\t3218\tÅS\tG\n\nhalv linje\n0001\tOSLO\t0301\tOSLO\tP\n"
    rows, notes = read_register(text.encode(encoding))
    assert [(row.code, row.place) for row in rows] == [("1430", "Ås"), ("0001", "Oslo")]
    assert [(note.code, note.subject) for note in notes] == [(NoteCode.BAD_ROW, "3")]


def test_the_real_register_is_read_whole() -> None:
    rows, notes = read_register((DATA / "postnummerregister_2026-05-26.tsv").read_bytes())
    assert (len(rows), notes) == (5122, ())
    with pytest.raises(ImportRefused):
        read_register(b"{}")
