"""A request with a protected person's phone: protected from its first instant, and no oracle."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from nav_access.core import prepared
from nav_access.intake.centre import lists, looking, messages
from nav_access.intake.centre.codes import LookUpReason
from nav_access.intake.centre.looking import Question
from nav_access.intake.centre.messages import NewMessage
from nav_access.intake.centre.queries import list_left, open_case
from nav_access.intake.codes import CloseReason, ContactOutcome, Flag, Reach, Urgency
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.handling import close_case, log_contact
from nav_access.intake.models import Case
from nav_access.intake.protected import queries
from nav_access.intake.protected import service as protecting
from nav_access.intake.protected.codes import EndReason
from nav_access.intake.protected.errors import NotTheirRole
from nav_access.intake.queries import get_person_case
from nav_access.intake.sides.codes import OfferReason
from nav_access.intake.sides.errors import WhoseIsNotSaid
from nav_access.intake.sides.service import offer_case
from nav_access.staff.models import Membership
from tests.desk_factory import FOOD, submission
from tests.protected_desk import ProtectedDesk

pytestmark = pytest.mark.usefixtures("first")

PHONE = FOOD.wishes.phone
OTHER_PHONE = replace(FOOD.wishes, phone="+4798765432")


@pytest.fixture
def desk(database, keyring, now):
    return ProtectedDesk(database, keyring, now)


@pytest.fixture
def first(desk):
    """The protected person's case, at the first office."""
    number = desk.receive().number
    desk.protect(number)
    return number


@pytest.fixture
def double(desk, first):
    """A request with the same phone, for the other office."""
    assert desk.opens(desk.kaia, first)
    return desk.receive(office="nav-granvik").number


def read(desk, number):
    with desk.database.read_session() as session:
        return session.scalars(select(Case).where(Case.number == number)).one()


def ask(desk, query, *arguments):
    with desk.database.read_session() as session:
        return query(session, *arguments)


def test_it_is_born_protected_where_it_was_sent(desk, double):
    case = read(desk, double)
    assert (case.is_protected, case.office_id) == (True, desk.other_id)
    assert Flag.PROTECTED_PHONE in case.flags


def test_those_with_the_role_at_either_office_see_it_and_nobody_else(desk, first, double):
    seen = [
        name
        for name in ("kaia", "strange_keeper", "anne", "manager", "stranger", "operator")
        if desk.opens(getattr(desk, name), double)
    ]
    assert seen == ["kaia", "strange_keeper"]
    assert not desk.opens(desk.strange_keeper, first)


def test_the_persons_own_office_is_told_that_the_two_belong_together(desk, first, double):
    assert ask(desk, queries.list_same_phone, desk.kaia, first) == (double,)
    assert ask(desk, queries.list_same_phone, desk.kaia, double) == (first,)
    assert ask(desk, queries.count_doubles, desk.kaia) == 1
    assert [
        (row.number, row.is_double) for row in ask(desk, queries.list_protected, desk.kaia)
    ] == [
        (first, False),
        (double, True),
    ]


def test_a_request_from_before_is_told_of_where_it_may_be_protected_too(desk):
    before = desk.receive(wishes=OTHER_PHONE)
    elsewhere = desk.receive(wishes=OTHER_PHONE, office="nav-granvik")
    number = desk.receive(wishes=OTHER_PHONE).number
    desk.protect(number)
    told = ask(desk, queries.list_same_phone, desk.kaia, number)
    assert before.number in told
    assert elsewhere.number not in told


def test_the_other_office_does_not_learn_where_the_person_is(desk, first, double):
    assert ask(desk, queries.list_same_phone, desk.strange_keeper, double) == ()
    assert ask(desk, queries.count_doubles, desk.strange_keeper) == 1
    assert first not in repr(ask(desk, queries.list_protected, desk.strange_keeper))


def test_another_phone_or_a_case_that_is_over_protects_nothing(desk, first):
    assert not read(desk, desk.receive(wishes=OTHER_PHONE).number).is_protected
    assert not read(desk, desk.receive(wishes=replace(FOOD.wishes, phone=None)).number).is_protected
    turn = desk.turn(first, desk.version(first), desk.kaia)
    desk.do(log_contact, turn, ContactOutcome.ANSWERED, None)
    turn = desk.turn(first, desk.version(first), desk.kaia)
    desk.do(close_case, turn, CloseReason.HELPED, None)
    assert not read(desk, desk.receive().number).is_protected


def test_the_receipt_and_the_persons_page_are_those_of_any_request(desk):
    plain = desk.receive(wishes=OTHER_PHONE, office="nav-granvik")
    receipt = desk.receive(office="nav-granvik")
    mine = {"number": "", "key": ""}
    assert replace(receipt, **mine) == replace(plain, **mine)
    pages = [replace(ask(desk, read_page(desk), one.number), number="") for one in (plain, receipt)]
    assert pages[0] == pages[1]


def read_page(desk):
    return lambda session, number: get_person_case(
        session, number, keyring=desk.keyring, now=desk.now
    )


def take(desk, **changes):
    """Let the operator take a request; return its number."""
    wanted = replace(FOOD, office="nav-granvik", **changes)
    with desk.database.unit_of_work() as session:
        how = {"keyring": desk.keyring, "now": desk.now}
        return looking.take_request(
            session, desk.operator, wanted, submission(desk.keyring), **how
        ).number


def look(desk, who, **asked):
    question = Question(LookUpReason.CALLER_RANG, **asked)
    how = {"keyring": desk.keyring, "now": desk.now}
    with desk.database.unit_of_work() as session:
        found = looking.look_up(session, who, question, submission(desk.keyring), **how)
    return [one.number for one in found.cases]


def opens_at_centre(desk, who, number):
    how = {"keyring": desk.keyring, "now": desk.now}
    with desk.database.unit_of_work() as session:
        try:
            return open_case(session, who, number, **how)
        except CaseNotFound:
            return None


@pytest.fixture
def colleague(desk):
    with desk.database.unit_of_work() as session:
        return replace(desk.add(session, "Carl", desk.centre_id), roles=desk.operator.roles)


def test_who_took_it_sees_what_they_would_of_any(desk):
    plain, double = take(desk, wishes=OTHER_PHONE), take(desk)
    own = {"number": "", "messages": ()}
    shown = [replace(opens_at_centre(desk, desk.operator, one), **own) for one in (plain, double)]
    assert shown[0] == shown[1]
    desk.now += timedelta(hours=2)
    assert look(desk, desk.operator, phone=PHONE) == [double]
    assert opens_at_centre(desk, desk.operator, double) is not None


def test_a_colleague_finds_it_by_its_number_and_never_by_the_phone(desk, first, colleague):
    double = take(desk)
    assert opens_at_centre(desk, colleague, double) is None
    assert look(desk, colleague, phone=PHONE) == []
    assert look(desk, colleague, number=double) == [double]
    assert opens_at_centre(desk, colleague, double).phone is None
    assert look(desk, colleague, number=first, phone=PHONE) == []


def send(desk, number):
    message = NewMessage(Urgency.URGENT, desk.now + timedelta(hours=4), "Ring.", Reach.CALL)
    how = {"keyring": desk.keyring, "now": desk.now}
    with desk.database.unit_of_work() as session:
        once = submission(desk.keyring)
        return messages.send_message(session, desk.operator, number, message, once, **how)


def test_a_message_about_it_is_read_by_the_role_and_listed_to_its_operator(desk):
    double = take(desk)
    message_id = send(desk, double)
    assert [one.id for one in ask(desk, lists.list_sent, desk.operator, desk.now)] == [message_id]
    unread = [one.id for one in ask(desk, lists.list_unread, desk.strange_keeper, desk.now)]
    assert unread == [message_id]
    assert ask(desk, lists.list_unread, desk.stranger, desk.now) == ()


def test_late_it_is_no_task_of_the_ordinary_operators(desk, double):
    desk.put_everywhere(double)
    assert ask(desk, list_left, desk.operator) == ()
    assert ask(desk, lists.list_returned, desk.operator, desk.now) == ()


def decide(desk, number, *, is_theirs):
    turn = desk.turn(number, desk.version(number), desk.strange_keeper)
    if is_theirs:
        desk.protect(number, desk.strange_keeper)
    else:
        desk.do(protecting.end_protection, turn, EndReason.MISTAKE, None)


@pytest.mark.parametrize("is_theirs", [True, False])
def test_the_role_says_whose_it_is(desk, is_theirs):
    double = take(desk)
    decide(desk, double, is_theirs=is_theirs)
    case = read(desk, double)
    assert (case.is_protected, Flag.PROTECTED_PHONE in case.flags) == (is_theirs, False)
    assert (opens_at_centre(desk, desk.operator, double) is None) is is_theirs
    assert desk.opens(desk.stranger, double) is not is_theirs
    assert ask(desk, queries.count_doubles, desk.kaia) == 0


def test_only_the_role_where_it_was_sent_says_so(desk, double):
    with pytest.raises(NotTheirRole):
        desk.protect(double, desk.kaia)


def test_before_that_it_goes_to_no_other_office(desk, double):
    turn = desk.turn(double, 1, desk.strange_keeper)
    with pytest.raises(WhoseIsNotSaid):
        desk.do(offer_case, turn, desk.slug, OfferReason.KNOWN_THERE, None)


def test_with_nobody_there_it_is_the_centres(desk, double):
    with desk.database.unit_of_work() as session:
        gone = Membership.staff_id == desk.strange_keeper.staff_id
        session.execute(update(Membership).where(gone).values(sees_protected=False))
    assert desk.opens(desk.centre_keeper, double)


@pytest.fixture
def asked(database, monkeypatch):
    """Every statement the database is asked, in order."""
    texts, run = [], prepared.run_as_it_is

    def note(connection, text, parameters=()):
        texts.append(text)
        return run(connection, text, parameters)

    monkeypatch.setattr(prepared, "run_as_it_is", note)
    event.listen(database.engine, "before_cursor_execute", lambda *told: texts.append(told[2]))
    return texts


def test_the_database_is_asked_the_same_of_both(desk, asked):
    seen = []
    for wishes in (OTHER_PHONE, OTHER_PHONE, FOOD.wishes):
        asked.clear()
        desk.receive(wishes=wishes, office="nav-granvik")
        seen.append([*asked])
    assert seen[1] == seen[2]
