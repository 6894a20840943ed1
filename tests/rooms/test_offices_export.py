"""Offices leave as HSDS 3, CSV and OpenStreetMap tags, and HSDS comes back as it went."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from nav_access.core.db import Database
from nav_access.offices.hsds_export import hsds_page
from nav_access.offices.models import Office, Reception
from nav_access.offices.plain_export import csv_text, osm_tags
from nav_access.offices.queries import list_public_offices
from nav_access.offices.reading import read_delivery
from nav_access.offices.records import ReceptionRecord
from nav_access.offices.sample import load_sample
from tests.rooms.offices_data import DATA, TODAY, bring_in

SCHEMA = {"locations": "location", "addresses": "address", "schedules": "schedule"}
SCHEMA |= {"phones": "phone", "languages": "language", "services": "service"}


@pytest.fixture
def offices(database: Database) -> Sequence[Office]:
    """The sample and two real offices."""
    with database.unit_of_work() as session:
        load_sample(session, today=TODAY)
    bring_in(database, "norg2_v2_kontaktinformasjon_0101_halden-aremark_2023.json")
    bring_in(database, "norg2_v1_edge_cases_2019.json")
    with database.read_session() as session:
        return list_public_offices(session, today=TODAY)


def check_required(thing: Any, kind: str) -> None:
    """Assert that a thing has what the schema of its kind requires, and nothing it lacks."""
    schema = json.loads(Path(DATA / "hsds3_schema" / f"{kind}.json").read_text())
    assert set(schema.get("required", ())) <= thing.keys(), kind
    assert thing.keys() <= schema["properties"].keys() | {"services"}, kind
    for key, inner in SCHEMA.items():
        for one in thing.get(key, ()):
            check_required(one, inner)


def test_hsds_has_what_its_schema_requires(offices: Sequence[Office]) -> None:
    page = hsds_page(offices, TODAY)
    assert page["total_items"] == len(offices) == 42
    for organisation in page["contents"]:
        check_required(organisation, "organization")


def hours_told(door: ReceptionRecord) -> list[str]:
    told = ((i.day, i.kind, i.opens_minute, i.closes_minute, i.comment) for i in door.intervals)
    return sorted(map(repr, told))


def hours_stored(door: Reception) -> list[str]:
    ahead = [o for o in door.openings if o.on_date is None or o.on_date >= TODAY]
    days = ((o.weekday if o.on_date is None else o.on_date, o) for o in ahead)
    stored = ((d, o.kind, o.opens_minute, o.closes_minute, o.comment) for d, o in days)
    return sorted(map(repr, stored))


def test_hsds_comes_back_with_the_same_hours(offices: Sequence[Office]) -> None:
    page = hsds_page(offices, TODAY)
    delivery = read_delivery(json.dumps(page).encode(), today=TODAY)
    back = [door for u in delivery.units for door in (u.contact and u.contact.receptions) or ()]
    sent = [door for office in offices for door in office.receptions]
    assert not [note for note in delivery.notes if note.detail != "locations"]
    assert [hours_told(door) for door in back] == [hours_stored(door) for door in sent]


def test_numbers_for_agencies_do_not_leave(offices: Sequence[Office]) -> None:
    everything = json.dumps(hsds_page(offices, TODAY)) + csv_text(offices, TODAY)
    assert "+4722000001" in everything
    assert "+4722000002" not in everything
    assert "SKAL-IKKE-VISES" not in everything


def test_osm_writes_hours_its_own_way(offices: Sequence[Office]) -> None:
    hours = {tags["name"]: tags["opening_hours"] for tags in osm_tags(offices, TODAY)}
    assert hours["NAV Eksempel Bjørvika"] == "Mo-Fr 10:00-14:00; PH off"
    assert hours["NAV Eksempel Stovnerdal"] == "Mo-Tu 10:00-14:00; Th-Fr 10:00-14:00; PH off"
    assert hours["NAV Eksempel Hitrafjorden"].endswith("2026 Nov 30 off")
    assert hours["NAV Eksempel Modalsfossen"] == "PH off"


def test_csv_has_a_row_for_each_reception_and_no_formulas(offices: Sequence[Office]) -> None:
    offices[0].name = "=1+1"
    rows = list(csv.DictReader(io.StringIO(csv_text(offices, TODAY))))
    assert len(rows) == sum(len(office.receptions) for office in offices)
    assert rows[0]["name"] == "'=1+1"
    assert {row["is_sample"] for row in rows} == {"True", "False"}
