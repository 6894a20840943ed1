"""`flask offices`, `flask places`, `flask sample`: reports that say what was read and why not."""

from pathlib import Path

import pytest

from nav_access.core.db import Database
from nav_access.offices.queries import get_contact_centre, list_public_offices
from tests.rooms.offices_data import AREAS, DATA, REGISTER, STREETS, TODAY, UNITS

FILES = [("places", REGISTER), ("offices", UNITS), ("offices", AREAS), ("offices", STREETS)]


def import_file(run, group: str, path: Path, *options: str) -> str:
    result = run(group, "import", str(path), *options)
    assert result.exit_code == 0, result.output
    return result.output


def count_public(database: Database) -> int:
    with database.read_session() as session:
        return len(list_public_offices(session, today=TODAY))


def test_everything_twice_and_the_second_time_writes_nothing(run) -> None:
    first = [import_file(run, group, DATA / name) for group, name in FILES]
    second = [import_file(run, group, DATA / name) for group, name in FILES]
    assert not any("Rows written: 0." in output for output in first)
    assert all("Rows written: 0." in output for output in second)
    assert "Read 37: 0 new, 0 changed, 37 unchanged, 0 skipped." in second[1]
    assert "0137: 3018 Våler i Viken" in first[2]


def test_a_check_writes_nothing(run, database) -> None:
    for group, name in (FILES[0], FILES[1], FILES[3]):
        output = import_file(run, group, DATA / name, "--check")
        assert "Rows would be written: " in output
        assert "written: 0." not in output
    assert count_public(database) == 0


def test_importing_makes_the_contact_centre(run, database) -> None:
    import_file(run, "offices", DATA / "navno_office_page_0313_st-hanshaugen_2024.json")
    with database.read_session() as session:
        assert get_contact_centre(session).phone == "+4755553333"


@pytest.mark.parametrize(("options", "is_told"), [((), True), (("--part",), False)])
def test_a_unit_no_longer_in_the_list_is_told(run, tmp_path, options, is_told) -> None:
    import_file(run, "offices", DATA / UNITS)
    shorter = tmp_path / "units.json"
    shorter.write_text('[{"enhet": {"enhetNr": "0104", "navn": "NAV Moss", "type": "LOKAL"}}]')
    output = import_file(run, "offices", shorter, *options)
    assert ("Noted, 36: no longer in the file" in output) is is_told


@pytest.mark.parametrize("group", ["offices", "places"])
def test_a_file_of_another_kind_is_refused_in_one_sentence(run, tmp_path, group) -> None:
    strange = tmp_path / "strange"
    strange.write_bytes(b"\x89PNG\r\n")
    result = run(group, "import", str(strange))
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert result.output.count("\n") == 1


def test_the_sample_is_loaded_and_loading_again_is_harmless(run, database) -> None:
    for expected in ("12 new, 0 changed", "0 new, 0 changed, 12 unchanged"):
        result = run("sample", "load")
        assert expected in result.output
    assert count_public(database) == 12


def test_the_sample_is_refused_beside_real_offices(run, database) -> None:
    import_file(run, "offices", DATA / UNITS)
    result = run("sample", "load")
    assert result.exit_code == 1
    assert count_public(database) == 30


def test_every_format_is_written_and_hsds_can_be_read_again(run, tmp_path) -> None:
    run("sample", "load")
    written = {form: run("offices", "export", "--format", form) for form in ("hsds", "csv", "osm")}
    assert all(result.exit_code == 0 for result in written.values())
    assert written["csv"].output.startswith("number,name,")
    again = tmp_path / "hsds.json"
    again.write_text(written["hsds"].output)
    assert "13 new" in import_file(run, "offices", again)
