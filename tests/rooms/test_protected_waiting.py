"""What waits in a case when it becomes protected: offers, messages, and who is told of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from nav_access.intake.centre import clock, lists, messages
from nav_access.intake.centre.models import CentreMessage
from nav_access.intake.codes import EventKind
from nav_access.intake.models import Case
from nav_access.intake.protected.waiting import count_late
from nav_access.intake.sides import late
from nav_access.intake.sides.codes import OfferReason, OfferState
from nav_access.intake.sides.errors import NobodyMaySee
from nav_access.intake.sides.models import Offer
from nav_access.intake.sides.queries import list_given_away
from nav_access.intake.sides.service import offer_case, take_back
from nav_access.intake.staff_queries import get_case_for
from nav_access.staff.models import Membership
from tests.protected_desk import ProtectedDesk, message_of


@pytest.fixture
def desk(database, keyring, now):
    desk = ProtectedDesk(database, keyring, now)
    with database.unit_of_work() as session:
        chief = desk.add(session, "Grete", desk.other_id)
    desk.chief = replace(chief, managed_office_ids=frozenset({desk.other_id}))
    return desk


def ask(desk, query, *arguments):
    with desk.database.read_session() as session:
        return query(session, *arguments)


def case_of(session, number):
    return session.scalars(select(Case).where(Case.number == number)).one()


def take_role(desk, who):
    with desk.database.unit_of_work() as session:
        taken = update(Membership).where(Membership.staff_id == who.staff_id)
        session.execute(taken.values(sees_protected=False))


def offer(desk, who=None):
    """Offer a case to the other office; return its number."""
    number = desk.receive().number
    turn = desk.turn(number, 1, who or desk.kaia)
    desk.do(offer_case, turn, "nav-granvik", OfferReason.LIVES_ELSEWHERE, "Har flyttet.")
    return number


def states(desk):
    return ask(desk, lambda session: list(session.scalars(select(Offer.state))))


def test_an_offer_nobody_there_may_see_ends_with_a_trace(desk):
    take_role(desk, desk.strange_keeper)
    number = offer(desk)
    desk.protect(number)
    assert states(desk) == [OfferState.ENDED]
    with desk.database.read_session() as session:
        case = get_case_for(session, desk.kaia, number, keyring=desk.keyring)
    assert [event.kind for event in case.events[:2]] == [
        EventKind.HANDOVER_ENDED,
        EventKind.PROTECTED,
    ]
    assert case.events[0].handover.is_unseen


def test_one_that_somebody_there_may_see_is_theirs_to_answer(desk):
    number = offer(desk)
    desk.protect(number)
    (line,) = ask(desk, list_given_away, desk.kaia)
    assert (line.number, line.to_office) == (number, "Nav Granvik")
    assert ask(desk, list_given_away, desk.strange_keeper) == ()
    assert ask(desk, list_given_away, desk.anne) == ()
    desk.do(take_back, desk.turn(number, desk.version(number), desk.kaia), line.offer_id)
    assert states(desk) == [OfferState.TAKEN_BACK]


def tell(desk, number):
    desk.now += timedelta(days=3)
    with desk.database.unit_of_work() as session:
        case = case_of(session, number)
        return late.tell_unanswered(session, case, keyring=desk.keyring, now=desk.now)


def test_when_the_last_who_may_see_it_leaves_it_ends_when_it_is_due(desk):
    number = offer(desk)
    desk.protect(number)
    take_role(desk, desk.strange_keeper)
    assert states(desk) == [OfferState.OPEN]
    assert tell(desk, number) == 1
    assert states(desk) == [OfferState.ENDED]
    assert tell(desk, number) == 0


def test_a_protected_case_is_not_offered_to_nobody(desk):
    take_role(desk, desk.strange_keeper)
    number = desk.receive().number
    desk.protect(number)
    turn = desk.turn(number, desk.version(number), desk.kaia)
    with pytest.raises(NobodyMaySee):
        desk.do(offer_case, turn, "nav-granvik", OfferReason.LIVES_ELSEWHERE, None)


def test_the_receivers_manager_is_told_that_something_waits_and_not_what(desk):
    number = offer(desk)
    desk.protect(number)
    assert ask(desk, count_late, desk.chief) == 0
    tell(desk, number)
    assert ask(desk, count_late, desk.chief) == 1
    assert number not in desk.lists(desk.chief)


@pytest.fixture
def message_id(desk):
    """A message of Cato's, about a case that was protected since."""
    number = desk.receive().number
    with desk.database.unit_of_work() as session:
        message = message_of(case_of(session, number), desk)
        message.step, message.next_utc = None, desk.now
        session.add(message)
        session.flush()
        desk.protected_number = number
        found = message.id
    desk.protect(number)
    return found


def unread(desk, who):
    return [one.id for one in ask(desk, lists.list_unread, who, desk.now)]


def test_those_with_the_role_read_it_with_its_clock(desk, message_id):
    assert unread(desk, desk.kaia) == [message_id]
    assert unread(desk, desk.manager) == unread(desk, desk.centre_keeper) == []


def climb(desk):
    """Let nobody acknowledge it until it is at the top of the ladder."""
    desk.now += timedelta(days=3)
    with desk.database.unit_of_work() as session:
        case = case_of(session, desk.protected_number)
        clock.escalate(session, case, keyring=desk.keyring, now=desk.now)


def test_at_the_top_it_is_read_by_the_role_there_and_the_manager_is_told(desk, message_id):
    climb(desk)
    assert unread(desk, desk.kaia) == unread(desk, desk.centre_keeper) == [message_id]
    assert ask(desk, count_late, desk.manager) == 1
    assert ask(desk, count_late, desk.kaia) == ask(desk, count_late, desk.chief) == 0
    assert ask(desk, lists.list_returned, desk.operator, desk.now) == ()


def test_with_nobody_at_the_office_it_is_the_centres_from_the_beginning(desk, message_id):
    take_role(desk, desk.kaia)
    assert unread(desk, desk.centre_keeper) == [message_id]
    with desk.database.unit_of_work() as session:
        how = {"keyring": desk.keyring, "now": desk.now}
        messages.acknowledge(session, desk.centre_keeper, message_id, **how)
    assert unread(desk, desk.centre_keeper) == []
    assert ask(desk, count_late, desk.manager) == 0


@pytest.mark.usefixtures("message_id")
def test_its_operator_keeps_a_line_that_says_nothing_of_it(desk):
    sent = ask(desk, lambda session: session.scalars(select(CentreMessage.sent_utc)).one())
    assert ask(desk, lists.list_sent, desk.operator, desk.now) == ()
    assert ask(desk, lists.list_taken_over, desk.operator, desk.now) == (sent,)
    assert ask(desk, lists.list_taken_over, desk.centre_keeper, desk.now) == ()
    assert ask(desk, lists.list_taken_over, desk.operator, desk.now + lists.RECENT) == ()
