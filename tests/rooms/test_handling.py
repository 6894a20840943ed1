"""Staff handle cases: who may, what is written, what stops the clock, what is logged."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from nav_access.core.audit_tables import ENTRIES
from nav_access.intake import handling, person
from nav_access.intake.codes import (
    CaseStatus,
    CloseReason,
    ContactOutcome,
    DeadlineReason,
    EventKind,
    Reach,
    Urgency,
)
from nav_access.intake.errors import (
    AlreadyDone,
    CaseChanged,
    CaseNotFound,
    DeadlinePassed,
    NotAnswered,
    NotNow,
)
from nav_access.intake.models import Case, CaseEvent
from tests.desk_factory import Desk, submission


@pytest.fixture
def desk(database, keyring, now):
    return Desk(database, keyring, now)


@pytest.fixture
def number(desk):
    return desk.receive().number


def read(desk, number, who=None):
    with desk.database.unit_of_work() as session:
        who = who or desk.anne
        return handling.open_case(session, who, number, keyring=desk.keyring, now=desk.now)


def audited(desk, action):
    with desk.database.read_session() as session:
        found = select(ENTRIES.c.actor, ENTRIES.c.subject).where(ENTRIES.c.action == action)
        return [tuple(row) for row in session.execute(found)]


def withdraw(desk, number):
    with desk.database.unit_of_work() as session:
        person.withdraw(session, number, keyring=desk.keyring, now=desk.now)


def test_a_case_is_opened_with_what_the_caseworker_needs(desk, number):
    case = read(desk, number)
    assert (case.contact.phone, case.contact.name) == ("+4791234567", "Kari Ås")
    assert case.contact.reach is Reach.CALL
    assert case.events[-1].text == "Kjøleskapet er tomt <b>nå</b>."


def test_reading_is_logged(desk, number):
    read(desk, number)
    assert audited(desk, "case.read") == [(f"staff:{desk.anne.staff_id}", f"case:{number}")]


@pytest.mark.parametrize("number", ["00000000", "", "x" * 300])
def test_an_unknown_number_is_not_found_and_not_logged(desk, number):
    with pytest.raises(CaseNotFound):
        read(desk, number)
    assert audited(desk, "case.read") == []


def test_another_offices_case_does_not_exist(desk, number):
    with pytest.raises(CaseNotFound):
        read(desk, number, desk.stranger)
    with pytest.raises(CaseNotFound):
        desk.do(handling.claim, desk.turn(number, who=desk.stranger))


def test_an_erased_case_does_not_exist(desk, number):
    with desk.database.unit_of_work() as session:
        session.scalars(select(Case)).one().wrapped_key = None
    with pytest.raises(CaseNotFound):
        read(desk, number)


def test_claiming_names_the_colleague(desk, number):
    desk.do(handling.claim, desk.turn(number, who=desk.bo))
    case = read(desk, number)
    assert (case.claimed_by_name, case.version) == ("Bo", 2)
    assert EventKind.CLAIMED in case.acts
    assert EventKind.RELEASED not in case.acts


def test_a_claim_can_be_let_go(desk, number):
    desk.do(handling.claim, desk.turn(number))
    desk.do(handling.release, desk.turn(number, 2))
    assert read(desk, number).claimed_by is None


def test_a_colleagues_claim_cannot_be_let_go(desk, number):
    desk.do(handling.claim, desk.turn(number, who=desk.bo))
    with pytest.raises(NotNow):
        desk.do(handling.release, desk.turn(number, 2))


@pytest.mark.parametrize("outcome", sorted(set(ContactOutcome) - {ContactOutcome.ANSWERED}))
def test_an_attempt_that_was_not_answered_leaves_the_clock_running(desk, number, outcome):
    desk.do(handling.log_contact, desk.turn(number), outcome, None)
    case = read(desk, number)
    assert (case.status, case.attempts, case.answered_utc) == (CaseStatus.WAITING, 1, None)


def test_an_answer_stops_the_clock(desk, number):
    desk.do(handling.log_contact, desk.turn(number), ContactOutcome.ANSWERED, "Skal få nødhjelp.")
    case = read(desk, number)
    assert (case.status, case.answered_utc) == (CaseStatus.ANSWERED, desk.now)
    assert case.events[0].text == "Skal få nødhjelp."


def test_a_note_carries_its_writer(desk, number):
    desk.do(handling.write_note, desk.turn(number, who=desk.bo), "Ring etter 12.")
    note = read(desk, number).events[0]
    assert (note.kind, note.staff_name, note.text) == (
        EventKind.NOTE_WRITTEN,
        "Bo",
        "Ring etter 12.",
    )


def test_a_note_is_sealed_in_the_database(desk, number):
    desk.do(handling.write_note, desk.turn(number), "Ring etter 12.")
    with desk.database.read_session() as session:
        sealed = session.execute(select(CaseEvent.text_sealed)).scalars().all()
    assert all(b"etter" not in text for text in sealed)


def test_a_deadline_moves_with_its_reason(desk, number):
    later = desk.now + timedelta(days=2)
    turn = desk.turn(number)
    desk.do(handling.change_deadline, turn, later, DeadlineReason.MORE_URGENT, "Barn i huset.")
    case = read(desk, number)
    assert (case.deadline_utc, case.urgency) == (later, Urgency.ACUTE)
    assert case.events[0].deadline_reason is DeadlineReason.MORE_URGENT


def test_a_deadline_in_the_past_is_refused(desk, number):
    reason = DeadlineReason.AGREED_WITH_PERSON
    with pytest.raises(DeadlinePassed):
        desk.do(handling.change_deadline, desk.turn(number), desk.now, reason, None)
    assert read(desk, number).version == 1


def test_a_case_is_not_closed_as_helped_before_anybody_answered(desk, number):
    with pytest.raises(NotAnswered):
        desk.do(handling.close_case, desk.turn(number), CloseReason.HELPED, None)


def test_a_case_is_closed_and_put_back_with_a_new_deadline(desk, number):
    desk.do(handling.log_contact, desk.turn(number), ContactOutcome.ANSWERED, None)
    desk.do(handling.close_case, desk.turn(number, 2), CloseReason.HELPED, None)
    assert read(desk, number).events[0].close_reason is CloseReason.HELPED
    desk.now += timedelta(days=7)
    desk.do(handling.reopen_case, desk.turn(number, 3), "Ringte igjen.")
    case = read(desk, number)
    assert (case.status, case.answered_utc) == (CaseStatus.WAITING, None)
    assert case.deadline_utc > desk.now


def test_what_happened_since_stops_the_second(desk, number):
    desk.do(handling.claim, desk.turn(number, who=desk.bo))
    with pytest.raises(CaseChanged):
        desk.do(handling.log_contact, desk.turn(number, 1), ContactOutcome.BUSY, None)
    assert read(desk, number).attempts == 0


def test_the_same_form_twice_is_one_event(desk, number):
    turn = desk.turn(number)
    desk.do(handling.write_note, turn, "En gang.")
    with pytest.raises(AlreadyDone):
        desk.do(handling.write_note, turn, "En gang.")
    assert read(desk, number).version == 2


def test_a_withdrawn_case_hides_how_to_reach_the_person(desk, number):
    withdraw(desk, number)
    case = read(desk, number)
    assert (case.status, case.contact.phone, case.contact.email) == (
        CaseStatus.WITHDRAWN,
        None,
        None,
    )
    with pytest.raises(NotNow):
        desk.do(handling.log_contact, desk.turn(number, 2), ContactOutcome.BUSY, None)


def test_words_from_the_person_are_on_the_timeline(desk, number):
    with desk.database.unit_of_work() as session:
        person.add_information(
            session,
            number,
            "Nå er det slutt på maten.",
            frozenset(),
            submission(desk.keyring),
            keyring=desk.keyring,
            now=desk.now,
        )
    assert read(desk, number).events[0].text == "Nå er det slutt på maten."


def test_every_act_is_audited(desk, number):
    desk.do(handling.claim, desk.turn(number, who=desk.bo))
    assert audited(desk, "case.claimed") == [(f"staff:{desk.bo.staff_id}", f"case:{number}")]
