"""An agency's name, phone and e-mail are corrected, and never another's name is taken."""

import pytest

from tests.doors.admin.conftest import judged

RIGHT = {"agency_name": "Byhjelpen", "agency_phone": "22334455", "agency_email": "a@b.example"}


@pytest.fixture
def path(admin):
    """One agency's page."""
    return admin.send("agencies", "add", name="Byhjelp", phone="22000011").location.removeprefix(
        "/admin/"
    )


def stands(admin, path):
    values = admin.form(path, "reached").values
    return [values[name] for name in RIGHT]


def test_it_is_corrected_and_stands_there(admin, path):
    assert stands(admin, path) == [["Byhjelp"], ["+4722000011"], [""]]
    assert admin.send(path, "reached", **RIGHT).status_code == 303
    assert stands(admin, path) == [["Byhjelpen"], ["+4722334455"], ["a@b.example"]]
    assert admin.page(path).heading == "Byhjelpen"


@pytest.mark.parametrize(
    ("field", "typed"), [("agency_name", ""), ("agency_phone", "12"), ("agency_email", "a@")]
)
def test_what_is_wrong_is_asked_for_again(admin, path, field, typed):
    sent = admin.send(path, "reached", **(RIGHT | {field: typed}))
    assert sent.status_code == 422
    assert field in judged(sent).errors
    assert stands(admin, path)[0] == ["Byhjelp"]


def test_two_agencies_never_have_one_name(admin, path):
    admin.send("agencies", "add", name="Byhjelpen")
    sent = admin.send(path, "reached", **RIGHT)
    assert sent.status_code == 422
    assert "Another agency" in judged(sent).errors["agency_name"]


def test_what_another_administrator_saved_is_shown_and_not_overwritten(admin, path):
    forms = [admin.form(path, "reached", one) for one in (admin.ada, admin.unn)]
    assert forms[0].fill(agency_phone="22334455").submit(admin.ada).status_code == 303
    sent = judged(forms[1].fill(agency_phone="22999999").submit(admin.unn))
    assert sent.response.status_code == 422
    assert "Somebody else changed this meanwhile." in sent.text
    assert "+4722334455" in sent.one("div.note dl").get_text()
    assert stands(admin, path)[1] == ["+4722334455"]
    again = sent.form('form:has(input[name="do"][value="reached"])')
    assert again.values["agency_phone"] == ["22999999"]
    assert again.submit(admin.unn).status_code == 303
    assert stands(admin, path)[1] == ["+4722999999"]


@pytest.mark.parametrize("seen", ["", "x", "0", "9" * 12, "²"])
def test_an_edition_that_never_was_changes_nothing(admin, path, seen):
    form = admin.form(path, "reached").fill(**RIGHT)
    form.values["seen"] = [seen]
    assert judged(form.submit(admin.ada)).response.status_code == 422
    assert stands(admin, path)[0] == ["Byhjelp"]
