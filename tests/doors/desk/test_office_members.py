"""Who works at an office, as its manager runs it: nobody is locked out by mistake."""

import pytest
from sqlalchemy import select

from nav_access.staff import queries
from nav_access.staff.codes import Side, StaffRole
from nav_access.staff.members import Standing
from nav_access.staff.models import StaffMember
from nav_access.staff.rules import code_at
from tests.doors.desk.office import MANAGER, ManagedOffice, judged

NEW = {"email": "kari@nav.no", "name": "Kari Ås", "side": "state", "protected": "yes"}


@pytest.fixture
def managed(desk):
    return ManagedOffice(desk)


def add(managed, **changes):
    return managed.form("members", "add").fill(**(NEW | changes)).submit(managed.browser)


def of(managed, act, staff_id):
    shown = managed.page(f"members?who={staff_id}")
    hidden = f'input[name="do"][value="{act}"]'
    whom = f'input[name="member"][value="{staff_id}"]'
    return shown.form(f"form:has({hidden}):has({whom})")


def find(managed, email):
    with managed.database.read_session() as session:
        return session.scalars(select(StaffMember.id).where(StaffMember.email == email)).one()


def test_credentials_are_shown_once_and_open_the_door(managed, desk):
    shown = judged(add(managed))
    assert "This is shown once and kept nowhere." in shown.text
    password, secret = (one.get_text() for one in shown.all("dd")[:2])
    assert judged(add(managed)).errors["email"].startswith("This person works here")
    browser = desk.new_browser()
    form = judged(browser.get("/desk/sign-in?lang=en", follow_redirects=True)).form()
    typed = {"email": NEW["email"], "password": password, "code": code_at(secret, desk.clock())}
    assert form.fill(**typed).submit(browser).status_code == 303
    kari = managed.standing(find(managed, NEW["email"]))
    assert kari == Standing(StaffRole.CASEWORKER, Side.STATE, sees_protected=True)


def test_who_works_elsewhere_is_added_without_new_credentials(managed, desk):
    desk.employ("Nils", desk.other_id)
    answer = add(managed, email="nils@desk.example.org", name="N")
    assert answer.status_code == 303
    assert "Nils" in managed.page("members").text


def test_what_is_missing_is_asked_for(managed):
    shown = judged(add(managed, email="", name=""))
    assert set(shown.errors) == {"email", "name"}
    assert "email" in judged(add(managed, email="kari")).errors


def test_nobody_is_made_more_than_a_manager(managed):
    form = managed.form("members", "add").fill(**NEW)
    form.values["role"] = ["administrator"]
    form.submit(managed.browser)
    assert managed.standing(find(managed, NEW["email"])).role is StaffRole.CASEWORKER


def test_somebody_gets_another_role_and_side(managed):
    odd = managed.manager("Odd").who.staff_id
    filled = of(managed, "change", odd).fill(role="caseworker", side="municipal")
    assert filled.submit(managed.browser).status_code == 303
    assert managed.standing(odd) == Standing(StaffRole.CASEWORKER, Side.MUNICIPAL)


def test_what_another_manager_did_meanwhile_is_not_overwritten(managed):
    odd = managed.manager("Odd").who.staff_id
    forms = [of(managed, "change", odd).fill(side=side) for side in ("municipal", "state")]
    assert forms[0].submit(managed.browser).status_code == 303
    shown = judged(forms[1].submit(managed.browser))
    assert "Somebody else changed this meanwhile." in shown.text
    assert managed.standing(odd).side is Side.MUNICIPAL


def test_the_last_manager_is_told_and_stays(managed):
    me = managed.browser.who.staff_id
    asked = judged(of(managed, "end", me).submit(managed.browser))
    assert "This is yourself." in asked.text
    sent = asked.form('form:has(input[name="step"])').submit(managed.browser)
    assert "Nobody else manages this office." in judged(sent).text
    less = of(managed, "change", me).fill(role="caseworker").submit(managed.browser)
    assert "Nobody else manages this office." in judged(less).text
    assert managed.standing(me) == MANAGER


def test_work_ends_after_one_more_question(managed, desk):
    odd = managed.manager("Odd")
    asked = judged(of(managed, "end", odd.who.staff_id).submit(managed.browser))
    assert odd.get("/desk/office/").status_code == 200
    answer = asked.form('form:has(input[name="step"])').submit(managed.browser)
    assert answer.location.startswith("/desk/office/members")
    assert odd.get("/desk/office/").status_code == 403
    assert desk.at_work("Sissel").get("/desk/").status_code == 200


def test_a_manager_who_ends_their_own_work_is_not_sent_back_in(managed):
    managed.manager("Odd")
    asked = judged(of(managed, "end", managed.browser.who.staff_id).submit(managed.browser))
    sent = asked.form('form:has(input[name="step"])').submit(managed.browser)
    assert sent.location == "/desk/"


def test_somebody_elses_member_is_nobodys(managed, desk):
    other = desk.at_work("Bodil", desk.other_id).who.staff_id
    form = of(managed, "end", managed.browser.who.staff_id)
    form.values["member"] = [str(other)]
    assert form.submit(managed.browser).status_code == 404
    form.values |= {"do": ["change"], "role": ["manager"]}
    assert judged(form.submit(managed.browser)).response.status_code == 422


def renew(managed, staff_id):
    asked = judged(of(managed, "renew", staff_id).submit(managed.browser))
    return asked.form('form:has(input[name="step"])').submit(managed.browser)


def test_a_member_gets_new_credentials_after_one_more_question(managed):
    add(managed)
    kari = find(managed, NEW["email"])
    assert "Has not signed in yet." in managed.page("members").text
    shown = judged(renew(managed, kari))
    assert "This is shown once" in shown.text
    assert "a password and a key that nobody else sees" in shown.text


def test_new_credentials_end_the_open_session(managed, desk):
    sissel = desk.at_work("Sissel")
    assert judged(renew(managed, sissel.who.staff_id))
    assert sissel.get("/desk/").status_code == 303


def test_who_works_elsewhere_too_gets_them_from_another(managed, desk):
    sissel = desk.at_work("Sissel", desk.office_id, desk.other_id)
    shown = judged(renew(managed, sissel.who.staff_id))
    assert "Whoever looks after the server" in shown.text
    assert sissel.get("/desk/").status_code == 200


def test_nobody_renews_themself_or_a_stranger(managed, desk):
    sissel = desk.at_work("Sissel").who.staff_id
    form = of(managed, "renew", sissel)
    me = str(managed.browser.who.staff_id)
    assert len(managed.page("members").all(f'input[value="{me}"]')) == 1
    form.values |= {"member": [me], "step": ["save"]}
    assert "for yourself" in judged(form.submit(managed.browser)).text
    other = desk.at_work("Bodil", desk.other_id)
    form.values["member"] = [str(other.who.staff_id)]
    assert judged(form.submit(managed.browser)).response.status_code == 422
    assert other.get("/desk/").status_code == 200


def test_a_manager_does_not_take_the_role_beside_another(managed):
    odd, me = managed.manager("Odd"), managed.browser.who.staff_id
    form = of(managed, "change", me).fill(protected="yes")
    assert "cannot give yourself this role" in judged(form.submit(managed.browser)).text
    assert not managed.standing(me).sees_protected
    given = managed.form_on(managed.page(f"members?who={me}", odd), "change")
    assert given.fill(protected="yes").submit(odd).status_code == 303


def test_the_others_are_told_who_got_the_role(managed):
    odd = managed.manager("Odd")
    add(managed, name="Kari <b>Ås</b>")
    told = judged(odd.get("/desk/tasks")).text
    assert "Marit gave Kari <b>Ås</b> the role for protected persons at Nav Eikevik." in told
    assert "gave Kari" not in judged(managed.browser.get("/desk/tasks")).text


def test_a_manager_alone_takes_the_role_and_can_be_seen_to(managed):
    me = managed.browser.who.staff_id
    form = of(managed, "change", me).fill(protected="yes")
    assert form.submit(managed.browser).status_code == 303
    assert managed.standing(me).sees_protected


def test_credentials_loaded_again_do_not_lock_out_who_chose_their_own(managed, database):
    odd = managed.manager("Odd").who.staff_id
    asked = judged(of(managed, "renew", odd).submit(managed.browser))
    sure = asked.form('form:has(input[name="step"])')
    assert sure.submit(managed.browser).status_code == 200
    with database.unit_of_work() as session:
        queries.get_member(session, odd).handed_out_until_utc = None
    again = judged(sure.submit(managed.browser))
    assert again.response.status_code == 422
    assert "Somebody else changed this meanwhile." in again.text
