"""Messages to the office: sealed, on the case's trace, acknowledged by one named person."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, update

from nav_access.intake.centre import lists, messages, queries, reading
from nav_access.intake.centre.codes import Standing, TransferOutcome
from nav_access.intake.centre.errors import (
    AlreadyAcknowledged,
    LineNotFound,
    MessageNotFound,
    NotAnOperator,
)
from nav_access.intake.centre.models import CentreMessage, Transfer
from nav_access.intake.codes import EventKind
from nav_access.intake.errors import AlreadyDone, CaseNotFound, DeadlinePassed
from nav_access.intake.models import Case, CaseEvent
from tests.centre_factory import add_line
from tests.desk_factory import submission

acknowledge, answer, add_words = messages.acknowledge, messages.answer, messages.add_words


@pytest.fixture
def number(centre):
    return centre.known()


def kinds(centre):
    found = select(CaseEvent.kind).order_by(CaseEvent.seq)
    return centre.read(lambda session: session.scalars(found).all())


def thread(centre, number):
    named = {"keyring": centre.keyring, "now": centre.now}
    return centre.read(reading.list_thread_for_office, centre.anne, number, **named)


def test_the_office_reads_what_was_written_and_both_deadlines(centre, number):
    centre.send(number, promised="Noen ringer før 14.", reach_note="Søsterens telefon")
    (message,) = thread(centre, number)
    words = message.text, message.promised, message.reach_note
    assert words == ("Ring henne før 14.", "Noen ringer før 14.", "Søsterens telefon")
    assert message.line.is_before_promise
    assert message.line.deadline_utc < message.line.promise_utc


def test_a_message_changes_nothing_in_the_promise(centre, number):
    state = select(Case.deadline_utc, Case.urgency, Case.status, Case.claimed_by)
    before = centre.read(lambda session: session.execute(state).one())
    centre.act(answer, centre.anne, centre.send(number), "Vi ringer.")
    assert centre.read(lambda session: session.execute(state).one()) == before


def test_words_are_sealed(centre, number):
    centre.send(number, promised="Noen ringer.")
    row = centre.read(lambda session: session.scalars(select(CentreMessage)).one())
    assert b"Ring" not in row.text_sealed
    assert b"Noen" not in row.promised_sealed


def test_only_who_may_open_the_case_writes_about_it(centre, number):
    with pytest.raises(CaseNotFound):
        centre.send(number, centre.omar)
    with pytest.raises(CaseNotFound):
        centre.send(number, centre.anne)


def test_nothing_is_asked_for_a_time_gone_by(centre, number):
    with pytest.raises(DeadlinePassed):
        centre.send(number, deadline_utc=centre.now)


def test_the_same_form_is_one_message(centre, number):
    form = submission(centre.keyring)
    centre.send(number, form=form)
    with pytest.raises(AlreadyDone):
        centre.send(number, form=form)
    assert len(thread(centre, number)) == 1


def test_a_colleague_who_comes_second_hears_who_was_first(centre, number):
    message_id = centre.send(number)
    centre.act(acknowledge, centre.anne, message_id)
    with pytest.raises(AlreadyAcknowledged) as second:
        centre.act(acknowledge, centre.bo, message_id)
    assert second.value.name == "Anne"
    centre.act(acknowledge, centre.anne, message_id)
    assert kinds(centre).count(EventKind.CENTRE_READ) == 1


def test_of_eight_at_once_one_acknowledges(centre, number):
    message_id, start = centre.send(number), Barrier(8)

    def press(index):
        start.wait()
        try:
            centre.act(acknowledge, (centre.anne, centre.bo)[index % 2], message_id)
        except AlreadyAcknowledged as second:
            return second.name
        return "mine"

    with ThreadPoolExecutor(8) as pool:
        results = Counter(pool.map(press, range(8)))
    assert results["mine"] == 4
    assert len(results) == 2
    assert kinds(centre).count(EventKind.CENTRE_READ) == 1


def test_another_office_and_the_operator_cannot_acknowledge(centre, number):
    message_id = centre.send(number)
    for who in (centre.stranger, centre.olga):
        with pytest.raises(MessageNotFound):
            centre.act(acknowledge, who, message_id)
        with pytest.raises(MessageNotFound):
            centre.act(answer, who, message_id, "Nei.")


def test_an_answer_acknowledges_and_the_operator_reads_it(centre, number):
    message_id = centre.send(number)
    centre.act(answer, centre.bo, message_id, "Vi ringer kl. 13.")
    centre.act(add_words, centre.olga, message_id, "Takk, hun vet det.")
    with centre.database.unit_of_work() as session:
        message = reading.open_message_at_centre(
            session, centre.olga, message_id, keyring=centre.keyring, now=centre.now
        )
    assert message.line.reader == "Bo"
    assert [one.text for one in message.answers] == ["Vi ringer kl. 13.", "Takk, hun vet det."]
    assert message.line.answered_by_centre


def test_an_operator_reads_their_own_message_after_the_hour_and_no_other(centre, number):
    message_id = centre.send(number)
    named = {"keyring": centre.keyring, "now": centre.now + timedelta(hours=2)}
    with centre.database.unit_of_work() as session:
        read = reading.open_message_at_centre(session, centre.olga, message_id, **named)
        with pytest.raises(MessageNotFound):
            reading.open_message_at_centre(session, centre.omar, message_id, **named)
    assert read.text == "Ring henne før 14."


def test_lists_say_where_each_message_stands(centre, number):
    message_id = centre.send(number)
    second = centre.send(number, deadline_utc=centre.now + timedelta(hours=1))
    unread = centre.read(lists.list_unread, centre.bo, centre.now)
    assert [one.id for one in unread] == [second, message_id]
    centre.act(acknowledge, centre.anne, message_id)
    sent = centre.read(lists.list_sent, centre.olga, centre.now)
    assert [one.standing for one in sent] == [Standing.WAITING, Standing.ACKNOWLEDGED]
    assert centre.read(lists.count_unread, centre.anne) == 1
    assert centre.read(lists.list_unread, centre.stranger, centre.now) == ()
    assert centre.read(lists.list_sent, centre.omar, centre.now) == ()


def test_transfers_are_on_the_trace_and_stored_for_the_office(centre, number):
    with centre.database.unit_of_work() as session:
        line_id = add_line(session, centre.office_id, "+4755550001")
    form = submission(centre.keyring)
    for _ in range(2):
        centre.transfer(line_id, TransferOutcome.BUSY, number, form=form)
    centre.transfer(line_id, TransferOutcome.ANSWERED)
    outcomes = centre.read(lambda session: session.scalars(select(Transfer.outcome)).all())
    assert sorted(outcomes) == [TransferOutcome.ANSWERED, TransferOutcome.BUSY]
    assert kinds(centre) == [EventKind.RECEIVED, EventKind.TRANSFER_TRIED]
    named = {"keyring": centre.keyring, "now": centre.now}
    case = centre.read(queries.get_case_for_operator, centre.olga, number, **named)
    assert [one.outcome for one in case.transfers] == [TransferOutcome.BUSY]


def test_no_transfer_to_nowhere_of_nobody_or_by_anybody(centre, number):
    with centre.database.unit_of_work() as session:
        line_id = add_line(session, centre.office_id, "+4755550001")
    with pytest.raises(LineNotFound):
        centre.transfer(line_id + 1, TransferOutcome.BUSY)
    with pytest.raises(CaseNotFound):
        centre.transfer(line_id, TransferOutcome.BUSY, number, centre.omar)
    with pytest.raises(NotAnOperator):
        centre.transfer(line_id, TransferOutcome.BUSY, None, centre.anne)
    assert centre.read(lambda session: session.scalars(select(Transfer)).all()) == []


def test_a_message_follows_its_case_to_another_office(centre, number):
    message_id = centre.send(number)
    with centre.database.unit_of_work() as session:
        session.execute(update(Case).values(office_id=centre.other_id))
    assert centre.read(lists.list_unread, centre.anne, centre.now) == ()
    (line,) = centre.read(lists.list_unread, centre.stranger, centre.now)
    assert line.id == message_id
    centre.act(acknowledge, centre.stranger, message_id)
