"""Answers at the same time: of two who answer one offer, one does."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from nav_access.intake.codes import Need
from nav_access.intake.errors import CaseChanged, CaseNotFound
from nav_access.intake.sides import service
from nav_access.intake.sides.codes import OfferReason, OfferState, ReturnReason
from nav_access.intake.sides.errors import AlreadyOffered, OfferGone
from nav_access.staff.codes import Side

# An office that gave a case back knows of it no more: who comes after that finds none.
LOST = (AlreadyOffered, CaseChanged, CaseNotFound, OfferGone)


def at_once(count, act):
    """Run `act(i)` in threads that start at once; return how many of them did it."""

    start = Barrier(count)

    def run(index):
        start.wait()
        try:
            act(index)
        except LOST:
            return 0
        return 1

    with ThreadPoolExecutor(count) as pool:
        return sum(pool.map(run, range(count)))


@pytest.mark.parametrize("is_whole", [True, False])
def test_of_many_answers_one_counts(desk, is_whole):
    number = desk.begin()
    offer = desk.offer_whole() if is_whole else desk.offer()
    who = desk.stranger if is_whole else desk.stein
    turns = [desk.turn(number, 2, who) for _ in range(6)]

    def answer(index):
        if index % 2:
            desk.do(service.accept, turns[index], offer)
        else:
            desk.do(service.give_back, turns[index], offer, ReturnReason.TOO_LITTLE_KNOWN, None)

    assert at_once(6, answer) == 1
    assert len(desk.kinds()) == 3


def test_taking_back_and_accepting_are_not_both_done(desk):
    number = desk.begin()
    offer = desk.offer()
    turns = [desk.turn(number, 2, who) for who in (desk.mona, desk.stein)]
    verbs = [service.take_back, service.accept]
    assert at_once(2, lambda i: desk.do(verbs[i], turns[i], offer)) == 1
    owner = Side.STATE if desk.offers(OfferState.ACCEPTED) else Side.MUNICIPAL
    assert desk.side_of(Need.FOOD) is owner


def test_of_many_offers_of_one_need_one_stands(desk):
    number = desk.begin()
    turns = [desk.turn(number, 1, desk.mona) for _ in range(6)]
    given = [Need.FOOD], Side.STATE, OfferReason.TOGETHER, None
    assert at_once(6, lambda i: desk.do(service.offer_needs, turns[i], *given)) == 1
    assert len(desk.offers(OfferState.OPEN)) == 1
