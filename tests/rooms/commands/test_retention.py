"""`flask retention`: what is due goes, the report tells no person, one case when asked."""

import pytest

from tests.desk_factory import Desk

pytestmark = pytest.mark.postgres_in_audit


@pytest.fixture
def number(app, clock):
    parts = app.extensions["nav_access"]
    return Desk(parts.database, parts.keyring, clock()).receive().number


def lines(result):
    rows = [line.split("\t") for line in result.output.splitlines()]
    return {(row[0], row[1]): row[2:] for row in rows}


@pytest.mark.usefixtures("number")
def test_a_run_does_what_the_report_said_and_then_nothing(run, clock):
    clock.advance(days=731)
    assert lines(run("retention", "report"))["cases", "cases"] == ["1", "1", "2026-11-23"]
    assert run("retention", "run").output.splitlines()[-1].startswith("1 cases")
    assert lines(run("retention", "report"))["cases", "cases"] == ["0", "0", "-"]
    assert lines(run("retention", "report"))["codes", "cases"] == ["1", "0", "2028-11-23"]
    assert "Nothing was due." in run("retention", "run", "--no-rewrite").output


def test_the_report_names_nobody(run, number):
    said = run("retention", "report").output
    assert number not in said
    assert "Kari" not in said


def test_one_case_is_erased_when_its_person_asks(run, number):
    assert run("retention", "erase", number).exit_code == 1
    assert run("retention", "erase", number, "--yes").output == f"Case {number} is erased.\n"
    again = run("retention", "erase", number, "--yes")
    assert again.exit_code == 1
    assert "There is no such case" in again.output


@pytest.mark.parametrize("wrong", ["12345678", "x", "1"])
def test_what_is_no_number_is_refused(run, wrong):
    assert run("retention", "erase", wrong, "--yes").exit_code == 2


def test_what_is_left_makes_the_command_fail(run, clock, number, monkeypatch):
    def fail(*_arguments, **_named):
        raise ValueError(number)

    monkeypatch.setattr("nav_access.erasing.service.erase_if_over", fail)
    clock.advance(days=731)
    result = run("retention", "run")
    assert result.exit_code == 1
    assert "1 left for the next run" in result.output


@pytest.mark.usefixtures("number")
def test_the_clocks_erase_too(run, clock):
    clock.advance(days=731)
    assert "1 erased cases" in run("clocks", "run").output
    assert "erased cases" not in run("clocks", "run").output
