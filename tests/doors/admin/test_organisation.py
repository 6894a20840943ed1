"""By what number a provider of work accounts names an agency."""

import pytest

from tests.doors.admin.conftest import judged


@pytest.fixture
def path(admin):
    """One agency's page."""
    return admin.send("agencies", "add", name="Byhjelpen").location.removeprefix("/admin/")


def stands(admin, path):
    return admin.form(path, "organisation").values["organisation"]


def test_it_is_written_changed_and_taken_away(admin, path):
    for typed, kept in (("912 345 678", "912345678"), ("987654321", "987654321"), ("", "")):
        assert admin.send(path, "organisation", organisation=typed).status_code == 303
        assert stands(admin, path) == [kept]


@pytest.mark.parametrize("typed", ["91234567", "abc", "9123456789"])
def test_what_is_no_number_is_asked_for_again(admin, path, typed):
    sent = admin.send(path, "organisation", organisation=typed)
    assert sent.status_code == 422
    assert "nine digits" in judged(sent).errors["organisation"]
    assert stands(admin, path) == [""]


def test_two_agencies_never_have_one_number(admin, path):
    admin.send(path, "organisation", organisation="912345678")
    other = admin.send("agencies", "add", name="Flyktningtjenesten").location
    sent = admin.send(other.removeprefix("/admin/"), "organisation", organisation="912345678")
    assert sent.status_code == 422
    assert "Another agency" in judged(sent).errors["organisation"]
