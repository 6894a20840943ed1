"""A manager's part of an agreement: changed and ended alone, and by two where people lose help."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from nav_access.core.audit_tables import ENTRIES
from nav_access.core.confirming import AlreadyAsked, NotToConfirm, SamePerson
from nav_access.intake.acting import agreeing
from nav_access.intake.acting.agreeing import WouldCutOff
from nav_access.intake.codes import Need
from nav_access.partners.errors import AgencyNotFound, AgreementChanged, AgreementNotFound
from nav_access.partners.parting import Part
from nav_access.partners.queries import list_agreements
from tests.partner_factory import HERE, TERMS, THERE

MARIT, ODD = "staff:901", "staff:902"
BOTH = replace(TERMS, municipalities=frozenset({HERE, THERE}))
FOOD = frozenset({Need.FOOD})


@pytest.fixture
def do(agencies):
    """Run one verb in a unit of work of its own, as a manager."""

    def run(verb, *arguments, actor=MARIT):
        with agencies.database.unit_of_work() as session:
            return verb(session, *arguments, actor=actor, now=agencies.now)

    return run


@pytest.fixture
def wide(agencies, do):
    """The part of an agreement over two municipalities that is about the first of them."""
    do(agreeing.open_agreement, agencies.rival_id, BOTH)
    return part(agencies, BOTH, agencies.rival_id)


def part(agencies, terms, agency_id, places=frozenset({HERE})):
    with agencies.database.read_session() as session:
        rows = list_agreements(session, agency_id)
    return Part(next(row.id for row in rows if row.terms == terms), places, terms)


def live(agencies, agency_id):
    """Return where, about what and until when; those that were ended left out."""
    with agencies.database.read_session() as session:
        terms = [row.terms for row in list_agreements(session, agency_id)]
    alive = [one for one in terms if one.ended_utc is None and one != TERMS]
    return {(*sorted(one.municipalities), *sorted(one.needs), one.valid_until) for one in alive}


def test_a_part_is_changed_and_the_others_stay(agencies, do, wide):
    last = date(2027, 6, 30)
    do(agreeing.change_agreement, wide, FOOD, last)
    unchanged = (THERE, "food", "housing", None)
    assert live(agencies, agencies.rival_id) == {unchanged, (HERE, "food", last)}


def test_a_part_without_cases_ends_at_once_and_the_others_stay(agencies, do, wide):
    assert do(agreeing.end_agreement, wide) is None
    assert live(agencies, agencies.rival_id) == {(THERE, "food", "housing", None)}


def test_who_works_for_the_agency_loses_nothing_while_a_part_is_taken_out(agencies, do, wide):
    do(agreeing.change_agreement, wide, TERMS.needs | {Need.MONEY}, None)
    member = agencies.member(agencies.eva)
    assert member.covers(THERE, FOOD)
    assert member.covers(HERE, {Need.MONEY})


def test_an_end_with_open_cases_waits_for_another_person(agencies, do):
    agencies.send()
    mine = part(agencies, TERMS, agencies.agency_id)
    change = do(agreeing.end_agreement, mine)
    with pytest.raises(SamePerson):
        do(agreeing.confirm_end, change, {HERE})
    with pytest.raises(AlreadyAsked):
        do(agreeing.end_agreement, mine)
    with pytest.raises(AlreadyAsked):
        do(agreeing.change_agreement, mine, TERMS.needs | {Need.MONEY}, None)
    do(agreeing.confirm_end, change, {HERE}, actor=ODD)
    assert agencies.find_member(agencies.ida, agencies.now) is None


def test_an_end_elsewhere_is_not_theirs_to_confirm(agencies, do):
    agencies.send()
    change = do(agreeing.end_agreement, part(agencies, TERMS, agencies.agency_id))
    for verb in (agreeing.confirm_end, agreeing.take_back_end):
        with pytest.raises(NotToConfirm):
            do(verb, change, {THERE}, actor=ODD)
    do(agreeing.take_back_end, change, {HERE, THERE}, actor=ODD)
    assert agencies.member()


def test_cases_in_another_municipality_do_not_hold_up_an_end(agencies, do):
    agencies.send()
    do(agreeing.open_agreement, agencies.agency_id, replace(BOTH, valid_from=date(2026, 2, 1)))
    there = replace(BOTH, valid_from=date(2026, 2, 1))
    mine = part(agencies, there, agencies.agency_id, frozenset({THERE}))
    assert do(agreeing.end_agreement, mine) is None


LESS = [
    (frozenset({Need.HOUSING}), None, WouldCutOff),
    (TERMS.needs, timedelta(days=3), WouldCutOff),
    (TERMS.needs, timedelta(days=60), None),
    (FOOD, None, None),
]


@pytest.mark.parametrize(("needs", "ahead", "fact"), LESS)
def test_what_would_take_the_agency_from_people_is_asked_for_as_an_end(
    agencies, do, needs, ahead, fact
):
    agencies.send()
    until = agencies.now.date() + ahead if ahead else None
    arguments = part(agencies, TERMS, agencies.agency_id), needs, until
    if fact is None:
        do(agreeing.change_agreement, *arguments)
        return
    with pytest.raises(fact):
        do(agreeing.change_agreement, *arguments)


def test_what_is_not_there_or_another_now_is_said(do, wide):
    with pytest.raises(AgencyNotFound):
        do(agreeing.open_agreement, 999, TERMS)
    with pytest.raises(AgreementNotFound):
        do(agreeing.change_agreement, replace(wide, agreement_id=999), FOOD, None)
    stale = replace(wide, seen=replace(BOTH, valid_until=date(2027, 1, 1)))
    with pytest.raises(AgreementChanged):
        do(agreeing.change_agreement, stale, FOOD, None)


def test_the_same_twice_is_one_agreement(agencies, do):
    for _ in range(2):
        do(agreeing.open_agreement, agencies.rival_id, BOTH)
    with agencies.database.read_session() as session:
        assert len(list_agreements(session, agencies.rival_id)) == 2


def test_of_two_managers_at_once_one_changes_it(agencies, do, wide):
    def change(needs):
        try:
            do(agreeing.change_agreement, wide, needs, None)
        except (AgreementChanged, AgreementNotFound):
            return False
        return True

    wanted = [frozenset({need}) for need in (Need.FOOD, Need.HOUSING, Need.MONEY)]
    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(change, wanted)) == 1
    assert len(live(agencies, agencies.rival_id)) == 2


def test_each_step_is_audited_with_who_and_what(agencies, do, wide):
    do(agreeing.change_agreement, wide, FOOD, None)
    with agencies.database.read_session() as session:
        found = select(ENTRIES.c.action, ENTRIES.c.actor).order_by(ENTRIES.c.number.desc()).limit(2)
        rows = session.execute(found).all()
    assert rows == [("agency.agreement_changed", MARIT), ("agency.agreement_divided", MARIT)]
