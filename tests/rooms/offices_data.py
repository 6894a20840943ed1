"""Bringing real files into a test's database, as the commands do."""

from datetime import date
from pathlib import Path

from nav_access.core.db import Database
from nav_access.offices.area_service import import_areas, import_streets
from nav_access.offices.place_service import import_municipalities, import_postcodes
from nav_access.offices.reading import read_delivery
from nav_access.offices.records import ImportReport
from nav_access.offices.register import read_register
from nav_access.offices.service import ensure_contact_centre, import_units

DATA = Path(__file__).parents[2].parent / "shared" / "data"
UNITS = "norg2_v1_edge_cases_2019.json"
AREAS = "navenhet_kommune_2020.json"
STREETS = "oslo_marka_bydelsfordeling.json"
REGISTER = "postnummerregister_2026-05-26.tsv"
TODAY = date(2026, 11, 23)


def bring_in(database: Database, *names: str) -> ImportReport:
    """Import files of the shared data, and return what was done."""
    report = ImportReport()
    for name in names:
        report.add(bring_in_content(database, (DATA / name).read_bytes()))
    return report


def register_of_places() -> bytes:
    """The real register with every place, but only a few of its postcodes: quicker to store."""
    lines = (DATA / REGISTER).read_bytes().splitlines()
    places = {tuple(line.split(b"\t")[1:4]): line for line in reversed(lines)}
    asked = [line for line in lines if line[:4] in _ASKED]
    return b"\n".join([*places.values(), *asked])


_ASKED = {b"8514", b"0150", b"0271", b"0272", b"1266", b"2100", b"2211", b"9170", b"9178", b"8099"}


def bring_in_content(database: Database, content: bytes) -> ImportReport:
    """Import the content of one file, an offices file or a postal register."""
    if content.lstrip()[:1] not in {b"{", b"["}:
        return _bring_in_register(database, content)
    delivery = read_delivery(content, today=TODAY)
    report = ImportReport(notes=list(delivery.notes))
    with database.unit_of_work() as session:
        ensure_contact_centre(session)
        if delivery.units:
            report.add(import_units(session, delivery.units, source=delivery.source))
        if delivery.areas:
            report.add(import_areas(session, delivery.areas, source=delivery.source))
        if delivery.streets:
            report.add(import_streets(session, delivery.streets))
    return report


def _bring_in_register(database: Database, content: bytes) -> ImportReport:
    rows, notes = read_register(content)
    report = ImportReport(notes=list(notes))
    with database.unit_of_work() as session:
        report.add(import_municipalities(session, rows))
        session.flush()
        report.add(import_postcodes(session, rows))
    return report
