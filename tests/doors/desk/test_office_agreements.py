"""Agreements with agencies, as an office's manager keeps those of its own municipalities."""

from datetime import date

import pytest

from nav_access.offices.models import Municipality, Office, OfficeArea
from nav_access.partners import queries, service
from nav_access.partners.codes import AgencyRole
from nav_access.partners.rules import Terms
from nav_access.partners.service import NewAgency
from tests.doors.desk.office import ManagedOffice, judged

HERE, THERE = "4601", "3201"
TERMS = {"needs": ["food", "housing"], "first_day": "24.11"}


@pytest.fixture
def managed(desk):
    """The office, and the agency «Havn» that has an agreement about its place and another."""
    managed = ManagedOffice(desk)
    with desk.database.unit_of_work() as session:
        session.add(Municipality(number=THERE, name="Bærum", search_name="baerum"))
        how = {"actor": "system", "now": desk.now}
        agency = service.add_agency(session, NewAgency("Havn", phone="+4722000011"), **how)
        places = frozenset({HERE, THERE})
        terms = Terms(places, frozenset({"food"}), date(2026, 1, 1))
        service.add_agreement(session, agency, terms, **how)
        service.add_agency(session, NewAgency("Bro"), **how)
    return managed


@pytest.fixture
def acting(monkeypatch):
    """Let the agency act in two open cases about food."""
    name = "nav_access.intake.acting.agreeing.list_acted_needs"
    monkeypatch.setattr(name, lambda *_: [frozenset({"food"})] * 2)


def agreed(managed, agency=1):
    """Return what is agreed and was not ended, as the page would tell it."""
    with managed.database.read_session() as session:
        rows = [row.terms for row in queries.list_agreements(session, agency)]
    return sorted(
        ("".join(sorted(one.municipalities)), *sorted(one.needs), one.valid_until)
        for one in rows
        if one.ended_utc is None
    )


def test_an_agreement_is_seen_and_then_opened(managed):
    form = managed.form("agreements", "open").fill(agency="2", last_day="30.6.2027", **TERMS)
    looked = managed.look(form)
    assert "Bro may send requests about people in Bergen. About: Food, Housing." in looked.text
    assert "From Tuesday 24 November to Wednesday 30 June 2027" in looked.text
    assert agreed(managed, 2) == []
    press = looked.form('form:has(input[name="step"])')
    assert [press.submit(managed.browser).status_code for _ in range(2)] == [303, 303]
    assert agreed(managed, 2) == [(HERE, "food", "housing", date(2027, 6, 30))]


def test_nobodys_own_agency_gets_an_agreement_here(managed, desk):
    me, how = managed.browser.who.staff_id, {"actor": "system", "now": desk.now}
    with desk.database.unit_of_work() as session:
        service.add_member(session, 2, me, AgencyRole.MEMBER, **how)
    form = managed.form("agreements", "open").fill(agency="2", **TERMS)
    assert "A member works at an office" in managed.look(form).errors["agency"]


def test_kinds_and_last_day_are_changed_here_and_not_elsewhere(managed):
    assert "It holds in 1 other municipality, too." in managed.page("agreements").text
    form = managed.form("agreements?agreement=1", "change").fill(
        needs=["housing"], last_day="31.12"
    )
    looked = managed.look(form)
    assert "Havn may send requests about people in Bergen. About: Housing." in looked.text
    assert managed.save(looked).status_code == 303
    last = date(2026, 12, 31)
    assert agreed(managed) == [(THERE, "food", None), (HERE, "housing", last)]


def test_an_agreement_without_cases_ends_here_at_once(managed):
    looked = managed.look(managed.form("agreements", "end"))
    assert "Havn may not send requests about people in Bergen any more." in looked.text
    assert [managed.save(looked).status_code for _ in range(2)] == [303, 303]
    assert agreed(managed) == [(THERE, "food", None)]


@pytest.mark.usefixtures("acting")
def test_with_open_cases_another_manager_confirms(managed):
    looked = managed.look(managed.form("agreements", "end"))
    assert "Open cases there in which the agency acts: 2." in looked.text
    managed.save(looked)
    shown = managed.page("agreements")
    assert "Its end waits for a second person." in shown.text
    assert not shown.all('form:has(input[name="do"][value="confirm"])')
    odd = managed.manager("Odd")
    waits = "The end of 1 agreement with an agency waits for a second manager."
    assert waits in judged(odd.get("/desk/tasks")).text
    assert waits not in judged(managed.browser.get("/desk/tasks")).text
    looked = managed.look(managed.form("agreements", "confirm", odd), odd)
    assert managed.save(looked, odd).status_code == 303
    assert agreed(managed) == [(THERE, "food", None)]


@pytest.mark.usefixtures("acting")
def test_nobody_confirms_their_own_and_may_take_it_back(managed):
    managed.save(managed.look(managed.form("agreements", "end")))
    mine = managed.form("agreements", "take_back")
    mine.values["do"] = ["confirm"]
    assert "You asked for this yourself." in managed.look(mine).text
    looked = managed.look(managed.form("agreements", "take_back"))
    assert "The agreement stays as it is." in looked.text
    managed.save(looked)
    assert agreed(managed) == [(THERE, "food", None), (HERE, "food", None)]


@pytest.mark.usefixtures("acting")
def test_while_its_end_waits_nothing_else_is_changed(managed):
    late = managed.form("agreements?agreement=1", "change").fill(needs=["food", "money"])
    managed.save(managed.look(managed.form("agreements", "end")))
    with managed.database.read_session() as session:
        ids = [one.id for one in queries.list_agreements(session, 1)]
    late.values["agreement"] = [str(max(ids))]
    assert "It waits for a second person." in managed.look(late).text


@pytest.mark.usefixtures("acting")
def test_a_change_that_is_an_end_is_not_made(managed):
    form = managed.form("agreements?agreement=1", "change").fill(needs=["housing"])
    assert "People whom the agency helps now would lose it." in managed.look(form).text


def test_a_second_managers_change_is_looked_at_anew(managed):
    looked = managed.look(managed.form("agreements?agreement=1", "change").fill(needs=["money"]))
    odd = managed.manager("Odd")
    form = managed.form("agreements", "open", odd).fill(agency="2", **TERMS)
    managed.save(managed.look(form, odd), odd)
    again = judged(managed.save(looked))
    assert "Somebody changed this office after you opened the page." in again.text
    assert managed.save(again).status_code == 303


def test_other_offices_that_serve_the_place_are_named(managed):
    with managed.database.unit_of_work() as session:
        number = session.get_one(Office, managed.desk.other_id).number
        session.add(OfficeArea(office_number=number, municipality_number=HERE, source="test"))
    looked = managed.look(managed.form("agreements", "end"))
    assert "it holds for them as well: Nav Granvik." in looked.text


def test_another_place_and_an_agreement_there_is_none_do_not_exist(managed):
    bold = managed.form("agreements", "end")
    bold.values["places"] = [THERE]
    assert bold.submit(managed.browser).status_code == 404
    unknown = managed.form("agreements", "open").fill(agency="2", **TERMS)
    unknown.values["agency"] = ["99"]
    assert "agency" in judged(unknown.submit(managed.browser)).errors
    odd = managed.form("agreements?agreement=1", "change")
    odd.values |= {"agreement": ["99"], "seen": [""]}
    assert odd.submit(managed.browser).status_code == 404
    assert agreed(managed) == [("".join(sorted((HERE, THERE))), "food", None)]


ODD = [
    ({}, "needs"),
    ({"needs": ["food"], "first_day": "24.11"}, "agency"),
    ({"needs": ["food"], "agency": "1", "first_day": "1.1.2020"}, "first_day"),
    ({"needs": ["food"], "agency": "1", "first_day": "1.12", "last_day": "30.11"}, "last_day"),
    ({"needs": ["food"], "agency": "1", "first_day": "1.12", "last_day": "1.1.2020"}, "last_day"),
]


def test_what_makes_no_sense_is_asked_again(managed):
    assert managed.asked("agreements", "open", ODD) == []
