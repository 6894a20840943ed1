"""Those who run the site make offices, managers and agencies; two do what is dangerous."""

from datetime import date

import pytest
from sqlalchemy import select

from nav_access.core.audit_tables import ENTRIES
from nav_access.core.security.keyring import Keyring
from nav_access.offices.codes import OfficeKind, OfficeStatus
from nav_access.offices.models import Office
from nav_access.partners import queries as partners
from nav_access.staff import accounts, service
from nav_access.staff.codes import StaffRole
from tests.doors.admin.conftest import judged

NEW_OFFICE = {"number": "X-1", "name": "NAV Fjellheim", "municipalities": "4601"}
MANAGER = {"email": "marit@nav.no", "name": "Marit"}
AGREEMENT = {"municipalities": "4601", "needs": ["food"], "first_day": "1.11.2026"}


def make_office(admin):
    return admin.send("offices", "create", **NEW_OFFICE).location.removeprefix("/admin/")


def make_agency(admin):
    path = admin.send("agencies", "add", name="Flyktningtjenesten").location
    path = path.removeprefix("/admin/")
    assert admin.send(path, "agree", **AGREEMENT).status_code == 303
    return path


def stored(admin, path):
    with admin.database.read_session() as session:
        return session.get_one(Office, int(path.rpartition("/")[2]))


def force(admin, path, act, **typed):
    """Send a form the page does not show."""
    token = admin.form("people", "add").values["token"][0]
    return admin.ada.post(f"/admin/{path}", data={"do": act, "token": token, **typed})


def test_an_office_gets_its_first_manager(admin):
    path = make_office(admin)
    assert "Nobody manages this office yet." in admin.page(path).text
    shown = admin.read(path, "manager", **MANAGER)
    assert "This is shown once and kept nowhere." in shown.text
    text = admin.page(path).text
    assert "Made here: no register has it" in text
    assert "Marit" in text
    second = force(admin, path, "manager", **{**MANAGER, "email": "second@nav.no"})
    assert "who adds its other people" in judged(second).text
    assert "second@nav.no" not in admin.page("people?q=second").text


def test_an_office_whose_manager_is_out_gets_another(admin):
    path = make_office(admin)
    admin.send(path, "manager", **MANAGER)
    with admin.database.read_session() as session:
        [marit] = accounts.list_accounts(session, "marit")
    admin.send(f"people/{marit.staff_id}", "disable")
    shown = admin.page(path).text
    assert "Nobody manages this office any more." in shown
    assert "who adds its other people" not in shown
    assert "shown once" in admin.read(path, "manager", email="kim@nav.no", name="Kim").text


def test_an_agencys_member_does_not_manage_an_office_of_its_cases(admin):
    agency = make_agency(admin)
    admin.send(agency, "member", email="per@sos.no", name="Per")
    sent = admin.read(make_office(admin), "manager", email="per@sos.no", name="Per")
    assert "Nobody works on both sides" in sent.errors["email"]


def test_nor_does_an_offices_manager_act_for_the_agency(admin):
    admin.send(make_office(admin), "manager", **MANAGER)
    agency = make_agency(admin)
    assert "Nobody works on both sides" in admin.read(agency, "member", **MANAGER).errors["email"]


def test_nor_does_an_agreement_make_it_so(admin):
    admin.send(make_office(admin), "manager", **MANAGER)
    agency = admin.send("agencies", "add", name="Havn").location.removeprefix("/admin/")
    admin.send(agency, "member", **MANAGER)
    shown = admin.read(agency, "agree", **AGREEMENT)
    assert "A member works at an office" in shown.errors["municipalities"]


ODD_OFFICES = [
    ({"number": ""}, "number"),
    ({"number": "æ 1"}, "number"),
    ({"number": "nav-eikevik"}, "number"),
    ({"name": ""}, "name"),
    ({"municipalities": ""}, "municipalities"),
    ({"municipalities": "Oslo"}, "municipalities"),
    ({"municipalities": "4601 9999"}, "municipalities"),
    ({"postcode": "12"}, "postcode"),
    ({"phone": "12"}, "phone"),
]


def test_an_office_that_cannot_be_is_asked_again(admin):
    cases = [(NEW_OFFICE | typed, field) for typed, field in ODD_OFFICES]
    assert admin.asked("offices", "create", cases) == []


def test_offices_and_accounts_are_found(admin):
    assert "Nav Eikevik" in admin.page("offices?q=eikev").text
    assert "No office has this name" in admin.page("offices?q=zzz").text
    assert "Unn" in admin.page("people?q=unn").text
    assert "Nobody has this name" in admin.page("people?q=%25").text


def test_an_office_is_removed_by_two(admin):
    path = make_office(admin)
    assert admin.send(path, "remove").location == "/admin/confirm"
    assert "Somebody has asked for this already." in admin.read(path, "remove").text
    assert "Somebody else confirms it." in admin.page().text
    assert stored(admin, path).status is OfficeStatus.ACTIVE
    assert admin.send("", "confirm", admin.unn).status_code == 303
    assert stored(admin, path).status is OfficeStatus.CLOSED
    assert "Nothing waits" in admin.page("confirm").text


def test_whoever_asked_cannot_confirm_by_any_form(admin):
    path = make_office(admin)
    admin.send(path, "remove")
    form = admin.form("confirm", "take_back")
    form.values["do"] = ["confirm"]
    shown = judged(form.submit(admin.ada))
    assert "You asked for this yourself." in shown.text
    assert stored(admin, path).status is OfficeStatus.ACTIVE


def test_what_was_asked_for_is_taken_back(admin):
    path = make_office(admin)
    admin.send(path, "remove")
    admin.send("confirm", "take_back", admin.unn)
    assert "Nothing waits" in admin.page("confirm", admin.unn).text
    assert stored(admin, path).status is OfficeStatus.ACTIVE


def test_the_contact_centre_is_not_offered_to_be_removed(admin):
    path = f"offices/{admin.desk.office_id}"
    assert "Remove the office" in admin.page(path).text
    with admin.database.unit_of_work() as session:
        session.get_one(Office, admin.desk.office_id).kind = OfficeKind.CONTACT_CENTRE
    assert "Remove the office" not in admin.page(path).text


def test_an_office_where_somebody_waits_is_not_removed(admin):
    path = f"offices/{admin.desk.office_id}"
    assert "The register has this office" in admin.page(path).text
    assert "Ask that it be removed" not in admin.page(path).text
    assert judged(force(admin, path, "remove")).response.status_code == 422
    with admin.database.unit_of_work() as session:
        session.get_one(Office, admin.desk.office_id).missing_since = date(2026, 11, 1)
    admin.send(path, "remove")
    admin.desk.receive()
    assert "People wait for an answer" in admin.read("confirm", "confirm", admin.unn).text
    assert "is removed" in admin.page("confirm", admin.unn).text


def test_an_account_is_ended_and_opened_again(admin):
    path = f"people/{admin.unn.who.staff_id}"
    assert admin.send(path, "disable").status_code == 303
    assert admin.unn.get("/admin/").status_code == 303
    assert "Cannot sign in any more" in admin.page(path).text
    assert "shown once" in admin.read(path, "reset").text


def test_a_caseworkers_access_is_opened_again_unseen(admin):
    eli = admin.desk.anne.staff_id
    admin.do(service.join_office, eli, admin.desk.office_id, StaffRole.CASEWORKER)
    admin.send(f"people/{eli}", "disable")
    assert "reads cases" in admin.page(f"people/{eli}").text
    for _ in range(2):
        assert force(admin, f"people/{eli}", "enable").status_code == 303
    assert "Cannot sign in any more" not in admin.page(f"people/{eli}").text
    with admin.database.read_session() as session:
        found = select(ENTRIES.c.actor).where(ENTRIES.c.action == "staff.enabled")
        assert session.scalars(found).all() == [f"staff:{admin.ada.who.staff_id}"]


def test_an_administrator_never_holds_a_caseworkers_credentials(admin):
    path = make_office(admin)
    admin.send(path, "manager", **MANAGER)
    with admin.database.read_session() as session:
        [marit] = accounts.list_accounts(session, "marit")
    assert "reads cases" in admin.page(f"people/{marit.staff_id}").text
    refused = judged(force(admin, f"people/{marit.staff_id}", "reset"))
    assert refused.response.status_code == 422
    assert "shown once" not in refused.text


def test_the_last_administrator_stays(admin):
    admin.send(f"people/{admin.unn.who.staff_id}", "disable")
    shown = admin.read(f"people/{admin.ada.who.staff_id}", "disable")
    assert "Nobody else runs the site." in shown.text
    assert admin.ada.get("/admin/").status_code == 200


def test_ending_a_managers_account_says_who_is_left_alone(admin):
    path = make_office(admin)
    admin.send(path, "manager", **MANAGER)
    with admin.database.read_session() as session:
        [marit] = accounts.list_accounts(session, "marit")
    assert "Nobody else manages: NAV Fjellheim" in admin.page(f"people/{marit.staff_id}").text


def test_somebody_for_the_whole_site_is_added(admin):
    typed = {"email": "ola@nav.no", "name": "Ola", "role": "operator"}
    assert "shown once" in admin.read("people", "add", **typed).text
    assert "email" in admin.read("people", "add", **typed).errors
    assert {"email", "name", "role"} == set(admin.read("people", "add").errors) | {"role"}


def test_an_agency_gets_an_agreement_and_members(admin):
    path = make_agency(admin)
    assert "It holds now." in admin.page(path).text
    assert "shown once" in admin.read(path, "member", email="per@sos.no", name="Per").text
    assert "Per" in admin.page(path).text
    admin.send(path, "member_end")
    assert "Per" not in admin.page(path).text
    ada = admin.read(path, "member", email="ada@example.org", name="Ada").errors
    assert "runs the site" in ada["email"]


ODD_AGREEMENTS = [
    ({"municipalities": "9999"}, "municipalities"),
    ({"needs": []}, "needs"),
    ({"first_day": ""}, "first_day"),
    ({"last_day": "1.1.2026"}, "last_day"),
]


def test_an_agreement_that_makes_no_sense_is_asked_again(admin):
    path = make_agency(admin)
    cases = [(AGREEMENT | typed, field) for typed, field in ODD_AGREEMENTS]
    assert admin.asked(path, "agree", cases) == []


def test_an_agreement_without_open_cases_ends_at_once(admin):
    path = make_agency(admin)
    assert admin.send(path, "end").location == f"/admin/{path}"
    assert "It is over." in admin.page(path).text


def test_an_agreement_with_open_cases_takes_two(admin, monkeypatch):
    path = make_agency(admin)
    monkeypatch.setattr("nav_access.intake.dangers.count_open_cases", lambda *_: 2)
    assert admin.send(path, "end").location == "/admin/confirm"
    assert "The agreement with Flyktningtjenesten ends" in admin.page("confirm").text
    admin.send("confirm", "confirm", admin.unn)
    with admin.database.read_session() as session:
        [one] = partners.list_agreements(session, int(path.rpartition("/")[2]))
    assert one.terms.ended_utc is not None


@pytest.fixture
def old_key(keys_file):
    """The first of two root keys; made before the site reads them."""
    [old] = Keyring.load(keys_file).ids
    Keyring.rotate(keys_file)
    return old


def test_a_key_waits_for_two_and_then_for_the_command(old_key, admin):
    assert admin.send("keys", "retire").location == "/admin/confirm"
    assert "Somebody has asked for this already." in admin.read("keys", "retire").text
    admin.send("confirm", "confirm", admin.unn)
    assert f"flask keys retire {old_key}" in admin.page("confirm").text
    assert old_key in Keyring.load(admin.keys_file).ids


def test_the_key_in_use_is_not_retired(old_key, admin):
    form = admin.form("keys", "retire")
    assert form.values["key"] == [old_key]
    for odd in (Keyring.load(admin.keys_file).active_id, "zzzz", "", "'"):
        form.values["key"] = [odd]
        assert "Choose a key" in judged(form.submit(admin.ada)).text


def test_every_act_is_audited_with_who(admin):
    make_office(admin)
    with admin.database.read_session() as session:
        found = select(ENTRIES.c.actor).where(ENTRIES.c.action == "office.created")
        assert session.scalars(found).all() == [f"staff:{admin.ada.who.staff_id}"]


def test_what_is_not_there_is_not_found(admin):
    for path in ("offices/9999", "people/9999", "agencies/9999"):
        assert admin.ada.get(f"/admin/{path}").status_code == 404, path
