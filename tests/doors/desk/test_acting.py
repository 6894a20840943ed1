"""At the desk: who helps a person, by which consent, and the press that ends it."""

import pytest
from sqlalchemy import select, update

from nav_access.intake import handling
from nav_access.intake.acting import queries
from nav_access.intake.acting.models import Consent
from nav_access.intake.calling.service import after_change
from nav_access.intake.calling.sheet import get_call
from nav_access.intake.codes import ContactOutcome
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.models import Case
from nav_access.intake.safe_contact import Greeting
from nav_access.intake.sides.codes import OfferReason, OfferState
from nav_access.intake.sides.models import Offer
from nav_access.partners import service as partners
from nav_access.partners.codes import AgencyRole
from nav_access.staff.models import Membership
from tests.desk_factory import begin_session
from tests.page import page
from tests.partner_factory import Agencies


@pytest.fixture
def agencies(database, keyring, now):
    return Agencies(database, keyring, now)


@pytest.fixture
def browser(agencies, new_browser):
    """Anne at the desk, in English."""
    with agencies.database.unit_of_work() as session:
        token = begin_session(session, agencies.anne, agencies.now)
    browser = new_browser()
    browser.set_cookie("desk", f"en.{token}", path="/desk")
    return browser


def test_the_office_reads_who_helps_and_how_the_person_said_yes(agencies, browser):
    number = agencies.send().number
    shown = page(page(browser.get(f"/desk/cases/{number}")).follow(browser, "Who helps the person"))
    for said in ("havn", "Ida", "Through an interpreter on the phone", "Told in: Ukrainian"):
        assert said in shown.text
    assert "Be rung instead of the person" in shown.text
    assert "The consent lasts through Wednesday 23 December." in shown.text


def test_the_office_ends_it_with_one_press(agencies, browser):
    number = agencies.send().number
    form = page(browser.get(f"/desk/cases/{number}/acting")).form('form:has(button[value="end"])')
    for _ in range(2):
        assert form.submit(browser).status_code == 303
    assert "Nobody acts for the person" in page(browser.get(f"/desk/cases/{number}/acting")).text
    with pytest.raises(CaseNotFound):
        agencies.act(queries.get_case, agencies.member(), number)
    assert "ended the agency's access" in page(browser.get(f"/desk/cases/{number}")).text


def test_an_office_that_only_decides_on_an_offer_does_not_read_who_helps(agencies, browser):
    number = agencies.send().number
    with agencies.database.unit_of_work() as session:
        session.execute(update(Membership).values(office_id=agencies.other_id))
        case_id = session.scalars(select(Case.id)).one()
        offer = {"need": "", "from_office_id": agencies.office_id, "reason": OfferReason.CONFLICT}
        made = {"made_seq": 2, "made_by": agencies.anne.staff_id, "made_utc": agencies.now}
        whole = Offer(case_id=case_id, to_office_id=agencies.other_id, **offer, **made)
        whole.state, whole.due_utc = OfferState.OPEN, agencies.now
        session.add(whole)
    assert "Who helps the person" not in page(browser.get(f"/desk/cases/{number}")).links
    assert browser.get(f"/desk/cases/{number}/acting").status_code == 404


def test_a_case_of_nobodys_helper_has_no_such_link(agencies, browser):
    number = agencies.receive().number
    assert "Who helps the person" not in page(browser.get(f"/desk/cases/{number}")).links


@pytest.mark.parametrize("where", ["", "/call"])
def test_whoever_rings_rings_the_agency_while_the_person_wants_it(agencies, browser, where):
    number = agencies.send().number
    shown = page(browser.get(f"/desk/cases/{number}{where}"))
    assert "Ring the agency below." in shown.text
    assert "91 23 45 67" not in shown.text
    with agencies.database.unit_of_work() as session:
        session.scalars(select(Consent)).one().ended_utc = agencies.now
    shown = page(browser.get(f"/desk/cases/{number}{where}"))
    assert "Ring the agency below." not in shown.text
    assert "an agency be rung instead. That has ended." in shown.text
    assert "91 23 45 67" not in " ".join(one.text for one in shown.all("dd.big"))
    assert ("91 23 45 67" in shown.text) is (where == "")
    assert "You may leave a voice message" not in shown.text
    assert "Ring as soon as you can." not in shown.text


def test_what_the_person_says_on_the_phone_counts_in_the_agencys_place(agencies, browser):
    number = agencies.send().number
    with agencies.database.unit_of_work() as session:
        session.scalars(select(Consent)).one().ended_utc = agencies.now
    path = f"/desk/cases/{number}/call"
    for outcome, is_warned in (("no_answer", True), ("answered", False)):
        form = page(browser.get(path)).form('form:has(input[value="contact"])')
        form.fill(reached_anew="yes").values["outcome"] = [outcome]
        assert form.submit(browser).status_code == 303
        assert ("That has ended." in page(browser.get(path)).text) is is_warned


def test_when_the_agency_may_be_rung_again_the_page_says_so(agencies, browser):
    number = agencies.send().number
    agencies.do(handling.log_contact, agencies.turn(number, 2), ContactOutcome.NO_ANSWER, None)
    with agencies.database.unit_of_work() as session:
        agencies.leave(session, agencies.ida)
        case = session.scalars(select(Case)).one()
        after_change(session, case, keyring=agencies.keyring, now=agencies.now)
    path = f"/desk/cases/{number}/call"
    assert "Find a safe way" in page(browser.get(path)).text
    add_back(agencies)
    shown = page(browser.get(path)).text
    assert "Ring the agency below." in shown
    assert "Find a safe way" not in shown


def add_back(agencies):
    given = {"actor": "cli", "now": agencies.now}
    with agencies.database.unit_of_work() as session:
        member = agencies.agency_id, agencies.ida.staff_id, AgencyRole.MEMBER
        partners.add_member(session, *member, **given)


def test_a_case_of_nobodys_helper_has_no_warning(agencies, browser):
    number = agencies.send(scope=frozenset()).number
    assert "That has ended." not in page(browser.get(f"/desk/cases/{number}/call")).text


def test_who_left_the_agency_is_not_rung(agencies):
    number = agencies.send().number
    with agencies.database.unit_of_work() as session:
        given = {"keyring": agencies.keyring, "now": agencies.now}
        assert get_call(session, agencies.anne, number, **given).helper.staff_name == "Ida"
        agencies.leave(session, agencies.ida)
        sheet = get_call(session, agencies.anne, number, **given)
    assert sheet.helper is None
    assert sheet.greeting == (Greeting.DO_NOT_RING,)
    assert sheet.wishes.has_helper_ended
