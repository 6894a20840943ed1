"""Agencies, agreements and members: who may act for whom now, and who no longer."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from threading import Barrier, Thread

import pytest

from nav_access.intake.acting.lines import find_line_of
from nav_access.intake.acting.sight import find_acting_member
from nav_access.partners import service
from nav_access.partners.codes import AgencyRole
from nav_access.partners.errors import (
    AgencyChanged,
    AgencyNameTaken,
    AgencyNotFound,
    AgreementNotFound,
    EndsBeforeItBegins,
    MemberElsewhere,
    MemberNotFound,
    NothingCovered,
    OrganisationTaken,
)
from nav_access.partners.queries import get_agency, list_agreements, list_members
from nav_access.partners.service import NewAgency
from nav_access.staff.codes import StaffRole
from tests.partner_factory import HERE, TERMS


@pytest.fixture
def do(agencies, now):
    """Runs a verb of the service as the administrator would."""

    def run(verb, *arguments):
        with agencies.database.unit_of_work() as session:
            return verb(session, *arguments, actor="staff:1", now=now)

    return run


def test_a_member_acts_for_the_agency_under_its_agreements(agencies):
    member = agencies.member()
    assert (member.agency_id, member.agency_name) == (agencies.agency_id, "havn")
    assert (member.municipalities, member.needs) == ({HERE}, TERMS.needs)


def test_a_corrected_line_is_the_one_that_is_rung(agencies, do, now):
    number = agencies.send().number
    do(service.correct_agency, agencies.agency_id, 1, " havn ", "+4722000099", None)
    with agencies.database.read_session() as session:
        line = find_line_of(session, number, now)
    assert (line.agency, line.phone) == ("havn", "+4722000099")
    with pytest.raises(AgencyNameTaken):
        do(service.correct_agency, agencies.agency_id, 2, "bro", None, None)
    with pytest.raises(AgencyNotFound):
        do(service.correct_agency, 999_999, 1, "nova", None, None)


def test_whoever_works_for_no_agency_acts_for_nobody(agencies):
    assert agencies.find_member(agencies.anne, agencies.now) is None


def test_an_agreement_that_ended_lets_nobody_act(agencies, do):
    do(service.end_agreement, agencies.agreement_id)
    assert agencies.find_member(agencies.ida, agencies.now) is None
    assert agencies.find_member(agencies.eva, agencies.now) is not None
    with pytest.raises(AgreementNotFound):
        do(service.end_agreement, agencies.agreement_id)


@pytest.mark.parametrize(("days", "is_there"), [(-1, False), (0, True), (9, True), (10, False)])
def test_an_agreement_holds_from_its_first_day_through_its_last(agencies, do, now, days, is_there):
    do(service.end_agreement, agencies.agreement_id)
    first, last = date(2026, 11, 24), date(2026, 12, 3)
    do(
        service.add_agreement,
        agencies.agency_id,
        replace(TERMS, valid_from=first, valid_until=last),
    )
    at = now + timedelta(days=days + 1)
    assert (agencies.find_member(agencies.ida, at) is not None) is is_there


def test_whoever_left_acts_for_nobody_and_may_come_back(agencies, do):
    do(service.end_member, agencies.agency_id, agencies.ida.staff_id)
    assert agencies.find_member(agencies.ida, agencies.now) is None
    do(service.add_member, agencies.rival_id, agencies.ida.staff_id, AgencyRole.LEADER)
    assert agencies.member(agencies.ida).role is AgencyRole.LEADER


def test_nobody_works_for_two_agencies(agencies, do):
    with pytest.raises(MemberElsewhere):
        do(service.add_member, agencies.rival_id, agencies.ida.staff_id, AgencyRole.MEMBER)
    do(service.add_member, agencies.agency_id, agencies.ida.staff_id, AgencyRole.LEADER)
    assert agencies.member().role is AgencyRole.LEADER


def test_what_cannot_be_is_refused(agencies, do):
    for wrong, fact in (
        (replace(TERMS, needs=frozenset()), NothingCovered),
        (replace(TERMS, municipalities=frozenset()), NothingCovered),
        (replace(TERMS, valid_until=date(2025, 1, 1)), EndsBeforeItBegins),
    ):
        with pytest.raises(fact):
            do(service.add_agreement, agencies.agency_id, wrong)
    with pytest.raises(AgencyNameTaken):
        do(service.add_agency, NewAgency("havn"))
    with pytest.raises(AgencyNotFound):
        do(service.add_agreement, 999, TERMS)
    with pytest.raises(MemberNotFound):
        do(service.end_member, agencies.agency_id, agencies.eva.staff_id)


def test_an_administrator_never_acts_for_anybody(agencies):
    admin = replace(agencies.ida, roles=frozenset({StaffRole.ADMINISTRATOR}))
    with agencies.database.read_session() as session:
        assert find_acting_member(session, agencies.ida, agencies.now) is not None
        assert find_acting_member(session, admin, agencies.now) is None


def test_members_and_agreements_are_listed(agencies):
    with agencies.database.read_session() as session:
        members = list_members(session, agencies.agency_id, agencies.now)
        agreements = list_agreements(session, agencies.agency_id)
    assert [row.staff_id for row in members] == [agencies.ida.staff_id, agencies.jon.staff_id]
    assert [row.terms for row in agreements] == [TERMS]


def test_what_another_administrator_corrected_is_not_overwritten(agencies, do):
    do(service.correct_agency, agencies.agency_id, 1, "havn", "+4722000099", None)
    with pytest.raises(AgencyChanged):
        do(service.correct_agency, agencies.agency_id, 1, "havna", "+4722000011", None)
    assert find_line_in(agencies).phone == "+4722000099"


def test_the_same_saved_twice_is_saved_once(agencies, do):
    for _ in range(2):
        do(service.correct_agency, agencies.agency_id, 1, "havna", "+4722000099", None)
    assert find_line_in(agencies).edition == 2


def find_line_in(agencies):
    with agencies.database.read_session() as session:
        return get_agency(session, agencies.agency_id)


@pytest.mark.parametrize("verb", ["number", "name"])
def test_two_agencies_that_take_the_same_at_once_get_one_answer_each(agencies, do, verb):
    start, taken = Barrier(2), []

    def attempt(agency_id):
        start.wait()
        try:
            if verb == "number":
                do(partial(service.set_organisation, seen=1), agency_id, "912345678")
            else:
                do(service.correct_agency, agency_id, 1, "nova", None, None)
        except (OrganisationTaken, AgencyNameTaken):
            taken.append(agency_id)

    both = (agencies.agency_id, agencies.rival_id)
    threads = [Thread(target=attempt, args=(one,)) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 1
