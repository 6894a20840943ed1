"""Nobody stands on both sides of a case: refused whichever side is first."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest

from nav_access.intake.acting import apart
from nav_access.intake.acting.errors import ActsForAgency, MemberWorksThere
from nav_access.intake.acting.queries import list_cases
from nav_access.offices.codes import OfficeKind
from nav_access.offices.models import Office
from nav_access.partners import service as partners
from nav_access.partners.codes import AgencyRole
from nav_access.partners.queries import list_members
from nav_access.staff import accounts, members, service
from nav_access.staff.codes import StaffRole
from nav_access.staff.errors import AdministratorsHaveNoOffice, WorksElsewhere
from nav_access.staff.members import Standing
from nav_access.staff.models import StaffMember
from nav_access.staff.service import NewStaff
from tests.partner_factory import TERMS, THERE

CASEWORKER = Standing(StaffRole.CASEWORKER)
IDA = NewStaff("ida@example.org", "Ida")
NEW = NewStaff("ny@example.org", "Ny")


class Site:
    """What is done at the site, each in its own unit of work."""

    def __init__(self, agencies, keyring):
        self.agencies, self.keyring = agencies, keyring

    def do(self, verb, *arguments, **more):
        given = {"actor": "cli", "now": self.agencies.now} | more
        with self.agencies.database.unit_of_work() as session:
            return verb(session, *arguments, **given)

    def employ(self, new, office_id=None):
        where = office_id or self.agencies.office_id
        how = {"keyring": self.keyring}
        return self.do(apart.add_office_member, where, new, CASEWORKER, **how)

    def join(self, new, agency_id=None):
        where = agency_id or self.agencies.agency_id
        how = {"keyring": self.keyring}
        return self.do(apart.add_agency_member, where, new, AgencyRole.MEMBER, **how)

    def works_at(self, new):
        with self.agencies.database.read_session() as session:
            [found] = accounts.list_accounts(session, new.email)
            return [office_id for office_id, _ in found.offices]


@pytest.fixture
def site(agencies, keyring):
    return Site(agencies, keyring)


def test_a_member_does_not_come_to_an_office_that_takes_the_agencys_cases(site):
    with pytest.raises(ActsForAgency):
        site.employ(IDA)
    how = {"keyring": site.keyring}
    with pytest.raises(ActsForAgency):
        site.do(apart.add_first_manager, site.agencies.office_id, IDA, **how)
    assert site.works_at(IDA) == []
    site.employ(IDA, site.agencies.other_id)
    assert site.works_at(IDA) == [site.agencies.other_id]


def test_who_works_there_does_not_act_for_the_agency(site):
    site.employ(NEW)
    with pytest.raises(MemberWorksThere):
        site.join(NEW)
    with site.agencies.database.read_session() as session:
        rows = list_members(session, site.agencies.agency_id, site.agencies.now)
    assert {row.staff_id for row in rows} == {
        site.agencies.ida.staff_id,
        site.agencies.jon.staff_id,
    }


def test_an_agreement_does_not_bring_anybodys_cases_to_themself(site):
    site.employ(NEW, site.agencies.other_id)
    site.join(NEW)
    wider = replace(TERMS, municipalities=TERMS.municipalities | {THERE})
    with pytest.raises(MemberWorksThere):
        site.do(apart.add_agreement, site.agencies.agency_id, wider)
    site.do(apart.add_agreement, site.agencies.rival_id, wider)


def test_an_agreement_that_is_over_or_yet_to_come_is_looked_at(site):
    site.do(partners.end_agreement, site.agencies.agreement_id)
    site.employ(IDA)
    tomorrow = replace(TERMS, valid_from=site.agencies.now.date().replace(year=2027))
    with pytest.raises(MemberWorksThere):
        site.do(apart.add_agreement, site.agencies.agency_id, tomorrow)


def test_the_contact_centre_takes_everybodys_cases(site):
    with site.agencies.database.unit_of_work() as session:
        session.get_one(Office, site.agencies.other_id).kind = OfficeKind.CONTACT_CENTRE
    with pytest.raises(ActsForAgency):
        site.employ(IDA, site.agencies.other_id)


def test_an_operator_takes_everybodys_cases_without_an_office(site, keyring):
    operator = NewStaff("op@example.org", "Op", frozenset({StaffRole.OPERATOR}))
    site.do(accounts.find_or_add, operator, keyring=keyring)
    with pytest.raises(MemberWorksThere):
        site.join(operator)


def test_who_left_the_agency_may_come(site):
    site.do(partners.end_member, site.agencies.agency_id, site.agencies.ida.staff_id)
    assert site.employ(IDA).staff_id == site.agencies.ida.staff_id


def test_who_runs_the_site_acts_for_nobody(site):
    with site.agencies.database.unit_of_work() as session:
        member = session.get_one(StaffMember, site.agencies.stranger.staff_id)
        member.site_roles = (StaffRole.ADMINISTRATOR,)
    with pytest.raises(AdministratorsHaveNoOffice):
        site.join(NewStaff(site.agencies.stranger.email, "Siv"))


def test_a_manager_comes_by_no_agencys_cases(site):
    site.employ(IDA, site.agencies.other_id)
    where, ida = site.agencies.other_id, site.agencies.ida.staff_id
    with pytest.raises(WorksElsewhere):
        site.do(apart.renew_member, where, ida, keyring=site.keyring)


def test_on_both_sides_at_once_only_one_is_let(site):
    given = {"actor": "cli", "keyring": site.keyring}
    site.do(accounts.find_or_add, NEW, **given)
    start, refused = Barrier(2), []

    def attempt(verb):
        start.wait()
        try:
            verb(NEW)
        except (ActsForAgency, MemberWorksThere) as fact:
            refused.append(fact)

    threads = [Thread(target=attempt, args=(verb,)) for verb in (site.employ, site.join)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1


def test_members_without_an_agency_are_added_as_ever(site):
    assert site.employ(NEW).credentials
    with site.agencies.database.read_session() as session:
        assert members.list_members(session, site.agencies.office_id)


def test_a_case_that_comes_to_ones_own_office_is_seen_from_there_alone(site):
    agencies = site.agencies
    agencies.send()
    # As when an office is given other municipalities after somebody was let in.
    how = {"actor": "cli", "now": agencies.now}
    ida, caseworker = agencies.ida.staff_id, StaffRole.CASEWORKER
    with agencies.database.unit_of_work() as session:
        service.join_office(session, ida, agencies.office_id, caseworker, **how)
    with agencies.database.read_session() as session:
        seen = [
            len(list_cases(session, agencies.member(who), now=agencies.now).rows)
            for who in (agencies.ida, agencies.jon)
        ]
    assert seen == [0, 1]
