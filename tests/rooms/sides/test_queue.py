"""The queue of one side: what the rule gives it, but for what somebody has handed over."""

from itertools import pairwise

import pytest

from nav_access.intake.codes import Need
from nav_access.intake.sides import needs, service
from nav_access.intake.sides.codes import NeedStatus
from nav_access.intake.sides.rules import works_for
from nav_access.staff.codes import Side
from nav_access.worklist.queries import list_queue
from nav_access.worklist.statements import Show, queue_statement

ONE_SIDE = (Side.MUNICIPAL, Side.STATE)


def numbers(desk, side):
    with desk.database.read_session() as session:
        page = list_queue(session.connection(), desk.lise, desk.office_id, side=side)
    return {row.number for row in page.rows}


def test_each_side_sees_what_the_rule_gives_it(desk):
    food, letter = desk.begin(Need.FOOD), desk.begin(Need.LETTER)
    assert numbers(desk, Side.MUNICIPAL) == {food, letter}
    assert numbers(desk, Side.STATE) == {letter}
    assert numbers(desk, None) == {food, letter}


def test_what_was_handed_over_is_the_others(desk):
    number = desk.begin(Need.FOOD)
    offer = desk.offer()
    assert (numbers(desk, Side.MUNICIPAL), numbers(desk, Side.STATE)) == ({number}, set())
    desk.act(service.accept, desk.stein, offer)
    assert (numbers(desk, Side.MUNICIPAL), numbers(desk, Side.STATE)) == (set(), {number})


def test_the_query_says_what_the_rule_says(desk):
    cases = []
    for pair in pairwise(Need):
        cases.append(desk.begin(*pair))
        desk.act(needs.set_statuses, desk.lise, {pair[0]: NeedStatus.WORKING})
        side = next(line.state.side for line in desk.sides(desk.lise).needs if line.need == pair[1])
        to = Side.STATE if side is not Side.STATE else Side.MUNICIPAL
        desk.act(service.accept, desk.lise, desk.offer(pair[1], to=to, who=desk.lise))
    for side in ONE_SIDE:
        wanted = set()
        for number in cases:
            desk.number = number
            owners = [line.state.side for line in desk.sides(desk.lise).needs]
            wanted |= {number} if any(works_for(side, owner) for owner in owners) else set()
        assert numbers(desk, side) == wanted


@pytest.mark.parametrize("table", ["case_needs", "case_offers", "plan_steps"])
def test_the_whole_queue_asks_nothing_of_sides(table):
    whole = queue_statement(Show.WAITING, is_filtered=False, is_later_page=False, size=50)
    assert table not in str(whole)
