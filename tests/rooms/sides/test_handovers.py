"""Hand-overs: the sender's until accepted, given back with a reason, and the clock runs on."""

from datetime import timedelta
from itertools import permutations

import pytest
from sqlalchemy import select

from nav_access.intake import handling, person, removing
from nav_access.intake.codes import CaseStatus, CloseReason, ContactOutcome, Need
from nav_access.intake.errors import AlreadyDone, CaseChanged, CaseNotFound, NotNow
from nav_access.intake.models import Case
from nav_access.intake.sides import needs, service
from nav_access.intake.sides.codes import NeedStatus, OfferReason, OfferState, ReturnReason
from nav_access.intake.sides.errors import (
    AlreadyOffered,
    NoSuchOffice,
    NothingChanged,
    NotTheirSide,
    OfferGone,
)
from nav_access.intake.sides.queries import find_receivers, list_offers
from nav_access.intake.sides.rules import may_answer
from nav_access.offices.codes import OfficeStatus
from nav_access.offices.models import Office
from nav_access.offices.names import fold_office_name
from nav_access.staff.codes import Side


def waiting_for(desk, who):
    with desk.database.read_session() as session:
        return [(one.number, one.need) for one in list_offers(session, who)]


def test_needs_begin_with_the_side_the_rule_says(desk):
    desk.begin()
    assert {line.need: line.state.side for line in desk.sides(desk.mona).needs} == {
        Need.FOOD: Side.MUNICIPAL,
        Need.MONEY: Side.BOTH,
    }


def test_the_sender_has_a_need_until_it_is_accepted(desk):
    desk.begin()
    offer = desk.offer()
    assert desk.side_of(Need.FOOD) is Side.MUNICIPAL
    desk.act(service.accept, desk.stein, offer)
    assert desk.side_of(Need.FOOD) is Side.STATE
    assert [one.state for one in desk.offers()] == [OfferState.ACCEPTED]


def test_an_offer_waits_for_the_other_side_alone(desk):
    number = desk.begin()
    desk.offer()
    assert waiting_for(desk, desk.stein) == [(number, "food")]
    assert waiting_for(desk, desk.lise) == [(number, "food")]
    assert waiting_for(desk, desk.mona) == waiting_for(desk, desk.stranger) == []


def test_the_list_of_offers_is_what_the_rule_says(desk):
    for owner, to in permutations(Side, 2):
        number = desk.begin()
        with desk.database.unit_of_work() as session:
            case = session.scalars(select(Case).where(Case.number == number)).one()
            needs.give(session, case, "food", owner)
        desk.offer(to=to, who=desk.lise)
        for who, mine in ((desk.mona, Side.MUNICIPAL), (desk.stein, Side.STATE)):
            assert ((number, "food") in waiting_for(desk, who)) is may_answer(mine, owner, to)


def test_whoever_is_given_a_share_answers_and_not_who_has_it(desk):
    number = desk.begin()
    offer = desk.offer(to=Side.BOTH)
    assert waiting_for(desk, desk.stein) == [(number, "food")]
    with pytest.raises(NotTheirSide):
        desk.act(service.accept, desk.mona, offer)
    desk.act(service.accept, desk.stein, offer)
    assert desk.side_of(Need.FOOD) is Side.BOTH


def test_giving_back_says_why_and_leaves_it_where_it_was(desk):
    desk.begin()
    desk.act(service.give_back, desk.stein, desk.offer(), ReturnReason.NOT_OUR_SERVICE, "Ikke vår.")
    assert desk.side_of(Need.FOOD) is Side.MUNICIPAL
    settled = desk.sides(desk.mona).settled[0]
    assert (settled.state, settled.settled_by) == (OfferState.RETURNED, "Stein")
    assert settled.words.text == "Ord."
    assert settled.answer.text == "Ikke vår."
    assert settled.answer.handover.returned is ReturnReason.NOT_OUR_SERVICE


@pytest.mark.parametrize("whole", [True, False])
def test_a_promise_never_moves_by_a_hand_over(desk, whole):
    desk.begin()
    before = desk.state().deadline_utc
    offer = desk.offer_whole() if whole else desk.offer()
    desk.now += timedelta(hours=1)
    desk.act(service.accept, desk.stranger if whole else desk.stein, offer)
    assert (desk.state().deadline_utc, desk.state().status) == (before, CaseStatus.WAITING)


def test_only_the_owner_gives_a_need_away_and_only_to_another(desk):
    desk.begin()
    for who, to in ((desk.stein, Side.BOTH), (desk.mona, Side.MUNICIPAL)):
        with pytest.raises(NotTheirSide):
            desk.offer(who=who, to=to)
    with pytest.raises(NotTheirSide):
        desk.offer(Need.HOUSING)
    assert desk.kinds() == ["received"]


def test_nothing_is_offered_twice_at_a_time(desk):
    desk.begin()
    offer = desk.offer()
    with pytest.raises(AlreadyOffered):
        desk.offer(Need.FOOD, Need.MONEY)
    desk.act(service.take_back, desk.mona, offer)
    desk.offer(Need.FOOD, Need.MONEY)
    assert len(desk.offers(OfferState.OPEN)) == 2


def test_an_answered_offer_is_gone_for_everybody(desk):
    desk.begin()
    offer = desk.offer()
    desk.act(service.accept, desk.stein, offer)
    for verb, who in ((service.accept, desk.lise), (service.take_back, desk.mona)):
        with pytest.raises(OfferGone):
            desk.act(verb, who, offer)


def test_the_same_form_twice_is_one_act_and_a_stale_one_is_told(desk):
    number, given = desk.begin(), (OfferReason.TOGETHER, None)
    turn, late = desk.turn(number, 1, desk.mona), desk.turn(number, 1, desk.lise)
    desk.do(service.offer_needs, turn, [Need.FOOD], Side.STATE, *given)
    with pytest.raises(AlreadyDone):
        desk.do(service.offer_needs, turn, [Need.FOOD], Side.STATE, *given)
    with pytest.raises(CaseChanged):
        desk.do(service.offer_needs, late, [Need.MONEY], Side.STATE, *given)


def test_another_office_reads_what_it_is_offered_until_it_answers(desk):
    desk.begin()
    with pytest.raises(CaseNotFound):
        desk.open(desk.stranger)
    offer = desk.offer_whole()
    shown = desk.open(desk.stranger)
    assert (shown.acts, shown.may_act) == (frozenset(), False)
    assert (shown.contact.phone, shown.contact.email, shown.contact.name) == (None, None, None)
    assert "tomt" in shown.words[0].text
    desk.act(service.give_back, desk.stranger, offer, ReturnReason.STAYS_ELSEWHERE, None)
    with pytest.raises(CaseNotFound):
        desk.open(desk.stranger)


def test_who_is_offered_a_case_does_nothing_else_in_it(desk):
    desk.begin()
    desk.offer_whole()
    with pytest.raises(CaseNotFound):
        desk.act(handling.write_note, desk.stranger, "Hei.")
    with pytest.raises(CaseNotFound):
        desk.act(service.take_back, desk.stranger, desk.offers()[0].id)


def test_accepting_a_case_moves_it_and_all_that_waits_for_it(desk):
    desk.begin()
    desk.act(handling.claim, desk.mona)
    desk.offer()
    desk.act(service.accept, desk.stranger, desk.offer_whole())
    state = desk.state()
    assert (state.office_id, state.claimed_by) == (desk.other_id, None)
    assert [str(one.state) for one in desk.offers()] == ["ended", "accepted"]
    assert desk.kinds()[-2:] == ["office_accepted", "handover_ended"]
    with pytest.raises(CaseNotFound):
        desk.open(desk.mona)
    assert desk.open(desk.stranger).contact.phone


def test_who_was_answered_waits_again_at_the_office_that_takes_over(desk):
    desk.begin()
    desk.act(handling.log_contact, desk.mona, ContactOutcome.ANSWERED, None)
    desk.act(service.accept, desk.stranger, desk.offer_whole())
    assert desk.state().status is CaseStatus.WAITING
    assert desk.state().deadline_utc > desk.now


@pytest.mark.parametrize("slug", ["nav-eikevik", "nav-ukjent", ""])
def test_a_case_goes_to_another_office_that_is_there(desk, slug):
    desk.begin()
    with pytest.raises(NoSuchOffice):
        desk.act(service.offer_case, desk.mona, slug, OfferReason.CONFLICT, None)


def test_an_office_that_has_closed_since_takes_nothing_over(desk):
    desk.begin()
    offer = desk.offer_whole()
    with desk.database.unit_of_work() as session:
        assert removing.count_open_cases(session, desk.other_id) == 1
        session.get(Office, desk.other_id).status = OfficeStatus.CLOSED
    with pytest.raises(NoSuchOffice):
        desk.act(service.accept, desk.stranger, offer)
    assert desk.state().office_id == desk.office_id
    desk.act(service.take_back, desk.mona, offer)


def test_offices_are_found_by_their_name_but_the_one_that_has_it(desk):
    with desk.database.read_session() as session:
        found = find_receivers(session, "nav", desk.office_id)
        none = [find_receivers(session, typed, desk.office_id) for typed in ("%", "a" * 60_000)]
    assert [one.slug for one in found] == ["nav-granvik"]
    assert none == [(), ()]


@pytest.mark.parametrize("typed", ["NAV Granvik", "gránvik ", "GRANV"])
def test_an_office_is_found_however_its_name_is_spelled(desk, typed):
    with desk.database.unit_of_work() as session:
        office = session.scalars(select(Office).where(Office.slug == "nav-granvik")).one()
        office.search_name = fold_office_name(office.name)
    with desk.database.read_session() as session:
        found = find_receivers(session, typed, desk.office_id)
    assert [one.slug for one in found] == ["nav-granvik"]


@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_an_offer_ends_with_the_case_and_says_so(desk, is_withdrawn):
    number = desk.begin()
    offer = desk.offer()
    if is_withdrawn:
        with desk.database.unit_of_work() as session:
            person.withdraw(session, number, keyring=desk.keyring, now=desk.now)
    else:
        desk.act(handling.close_case, desk.mona, CloseReason.DUPLICATE, None)
    assert desk.kinds()[-1] == "handover_ended"
    assert [str(one.state) for one in desk.offers()] == ["ended"]
    with pytest.raises(NotNow):
        desk.act(service.accept, desk.stein, offer)


def test_how_far_a_need_is_says_its_own_side(desk):
    desk.begin()
    working = {Need.FOOD: NeedStatus.WORKING}
    with pytest.raises(NotTheirSide):
        desk.act(needs.set_statuses, desk.stein, working)
    desk.act(needs.set_statuses, desk.mona, working)
    with pytest.raises(NothingChanged):
        desk.act(needs.set_statuses, desk.mona, working)
    states = {line.need: str(line.state.status) for line in desk.sides(desk.stein).needs}
    assert states == {"food": "working", "money": "waiting"}
