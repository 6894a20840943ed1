"""A new case code: the key before it is dead, whoever holds it, and only the office gives one."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update

from nav_access.core.references import CaseCode
from nav_access.intake import access, handling, person, receipts, service
from nav_access.intake.access import Entry
from nav_access.intake.codes import CloseReason, EventKind
from nav_access.intake.errors import AlreadyDone, CaseChanged, CaseNotFound, NotNow
from nav_access.intake.models import Case, CaseEvent
from nav_access.intake.new_code import give_code
from nav_access.intake.queries import count_codes, get_person_case
from tests.desk_factory import FOOD, Desk, submission

HOW = "Hun er her og viste passet sitt."


@pytest.fixture
def desk(database, keyring, now):
    return Desk(database, keyring, now)


def give(desk, turn):
    with desk.database.unit_of_work() as session:
        return give_code(session, turn, HOW, keyring=desk.keyring, now=desk.now)


def enter(desk, code):
    with desk.database.unit_of_work() as session:
        given = {"keyring": desk.keyring, "now": desk.now}
        return access.try_code(session, code, address="192.0.2.1", is_shared_network=False, **given)


def test_the_new_key_opens_the_case_and_the_old_one_does_not(desk):
    receipt = desk.receive()
    first = CaseCode(receipt.number, receipt.key)
    assert enter(desk, first) is Entry.OPENED
    second = give(desk, desk.turn(receipt.number))
    assert (enter(desk, first), enter(desk, second)) == (Entry.NOT_FOUND, Entry.OPENED)
    third = give(desk, desk.turn(receipt.number, 2))
    assert (enter(desk, second), enter(desk, third)) == (Entry.NOT_FOUND, Entry.OPENED)


def test_how_it_was_sure_is_sealed_with_the_event_and_no_code_is(desk):
    number = desk.receive().number
    code = give(desk, desk.turn(number))
    with desk.database.read_session() as session:
        event = session.scalars(select(CaseEvent).order_by(CaseEvent.seq.desc()).limit(1)).one()
        case = handling.get_case_for(session, desk.anne, number, keyring=desk.keyring)
        shown = get_person_case(session, number, keyring=desk.keyring, now=desk.now)
    assert (event.kind, event.detail) == (EventKind.CODE_GIVEN, {})
    assert case.events[0].text == HOW
    assert code.key not in repr(case)
    assert shown.events[0].kind is EventKind.CODE_GIVEN
    assert HOW not in repr(shown)


def test_the_same_form_again_gives_nothing(desk):
    number = desk.receive().number
    turn = desk.turn(number)
    code = give(desk, turn)
    with pytest.raises(AlreadyDone):
        give(desk, turn)
    assert enter(desk, code) is Entry.OPENED


def test_an_old_receipt_shows_no_dead_key(desk):
    form = submission(desk.keyring)
    given = {"keyring": desk.keyring, "now": desk.now}
    with desk.database.unit_of_work() as session:
        first = service.receive(session, FOOD, form, **given)
        again = service.receive(session, FOOD, form, **given)
    assert again.key == first.key
    give(desk, desk.turn(first.number))
    with desk.database.unit_of_work() as session:
        for seen in (
            service.receive(session, FOOD, form, **given),
            receipts.find_receipt_of_case(session, first.number, form, **given),
        ):
            assert (seen.key, seen.has_new_code, seen.choices) == (None, True, ())


def test_only_the_office_that_has_the_case_gives_one(desk):
    number = desk.receive().number
    with pytest.raises(CaseNotFound):
        give(desk, desk.turn(number, who=desk.stranger))
    with desk.database.unit_of_work() as session:
        session.execute(update(Case).values(is_protected=True, claimed_by=desk.anne.staff_id))
    with pytest.raises(NotNow):
        give(desk, desk.turn(number))


def test_a_closed_case_gets_one_for_its_holder_may_open_it_again(desk):
    number = desk.receive().number
    desk.do(handling.close_case, desk.turn(number), CloseReason.DUPLICATE, None)
    assert enter(desk, give(desk, desk.turn(number, 2))) is Entry.OPENED


def test_a_case_taken_back_gets_none(desk):
    number = desk.receive().number
    with desk.database.unit_of_work() as session:
        person.withdraw(session, number, keyring=desk.keyring, now=desk.now)
    with pytest.raises(NotNow):
        give(desk, desk.turn(number, 2))


def test_an_erased_case_is_not_found(desk):
    number = desk.receive().number
    with desk.database.unit_of_work() as session:
        session.execute(update(Case).values(wrapped_key=None))
    with pytest.raises(CaseNotFound):
        give(desk, desk.turn(number))


def test_two_at_once_give_one_code_that_opens(desk):
    number, gate, made = desk.receive().number, Barrier(2), []

    def run():
        turn = desk.turn(number)
        gate.wait()
        try:
            made.append(give(desk, turn))
        except CaseChanged:
            made.append(None)

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (code,) = [each for each in made if each]
    assert enter(desk, code) is Entry.OPENED
    with desk.database.read_session() as session:
        assert count_codes(session, number) == 1
