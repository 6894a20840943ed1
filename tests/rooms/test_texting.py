"""Conversations by SMS in the database: kept sealed, heard once by many, finished by the clocks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, update

import nav_access.intake.texting.sealing  # noqa: F401 - declares what is sealed
from nav_access.core.db import Database
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.registry import resealers
from nav_access.intake.clocks import run_clocks
from nav_access.intake.codes import CaseStatus, Flag
from nav_access.intake.models import Case, CaseEvent
from nav_access.intake.texting.abandoned import finish_abandoned, list_abandoned
from nav_access.intake.texting.codes import Heard
from nav_access.intake.texting.deliveries import Incoming
from nav_access.intake.texting.hearing import hear
from nav_access.intake.texting.models import IncomingText, TextDialogue, TextStop
from nav_access.intake.texting.stops import is_stopped
from nav_access.intake.texting.store import find_dialogue, read_phone, read_talk
from nav_access.messaging.models import OutboxMessage
from nav_access.migrations.tables import METADATA
from nav_access.offices.codes import OfficeKind
from nav_access.offices.models import Municipality, Postcode
from tests.desk_factory import FOOD, Desk, add_office

PHONE = str(FOOD.wishes.phone)
STRANGER = "+4790000001"
WORDS = "መብራህቲ የለን"
OURS = ("phones of conversations", "words of conversations", "phones without texts")
INDEXES = ("phone index of conversations", "phone index without texts")


class Texts:
    """Texts that come in, each with an id of its own unless told."""

    def __init__(self, database: Database, keyring: Keyring, now: datetime) -> None:
        self.database, self.keyring, self.now = database, keyring, now
        self.count = 0

    def hear(self, text: str, sender: str = STRANGER, gateway_id: str | None = None) -> Heard:
        """Take in one text a minute after the last."""
        self.count += 1
        self.now += timedelta(minutes=1)
        incoming = Incoming(sender, text, gateway_id or f"id-{self.count}")
        with self.database.unit_of_work() as session:
            return hear(session, incoming, keyring=self.keyring, now=self.now)

    def all(self, model: type) -> list:
        """Return every row of a table."""
        with self.database.read_session() as session:
            return list(session.scalars(select(model).order_by(model.id)))


@pytest.fixture
def desk(database: Database, keyring: Keyring, now: datetime) -> Desk:
    with database.unit_of_work() as session:
        add_office(session, "contact-centre", OfficeKind.CONTACT_CENTRE)
    return Desk(database, keyring, now)


@pytest.fixture
def texts(database: Database, keyring: Keyring, desk: Desk) -> Texts:
    return Texts(database, keyring, desk.now)


def together(count: int, work: Callable[[int], object]) -> list:
    """Do something in as many threads, all at once."""
    gate = Barrier(count)

    def begin(number: int) -> object:
        gate.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


def test_nothing_readable_is_stored_of_a_conversation(texts: Texts, keyring: Keyring):
    texts.hear(WORDS)
    texts.hear("STOP", sender="+4790000002")
    (row,), (stop,), (text, _) = (texts.all(m) for m in (TextDialogue, TextStop, IncomingText))
    for sealed in (
        row.phone_sealed,
        row.told_sealed,
        row.phone_index,
        stop.phone_sealed,
        text.name,
    ):
        assert WORDS.encode() not in sealed
        assert b"9000000" not in sealed
    assert read_talk(row, keyring=keyring).words == (WORDS,)
    assert read_phone(row, keyring=keyring) == STRANGER


def test_no_table_holds_a_word_or_a_number_anyone_can_read(texts: Texts):
    for text in (WORDS, "3", "1", "0150", WORDS, "STOP"):
        texts.hear(text)
    texts.hear(WORDS, sender="+4790000002")
    with texts.database.read_session() as session:
        rows = [row for t in METADATA.sorted_tables for row in session.execute(select(t))]
    stored = "".join(repr(tuple(row)) for row in rows)
    told = (WORDS, WORDS.encode(), "0150", b"0150", STRANGER[3:], STRANGER[3:].encode())
    assert not [one for one in told if str(one).strip("b'") in stored]
    assert stored.count("texted") >= 2


def test_digits_of_no_postcode_are_asked_about(texts: Texts):
    know_postcode(texts, "0150")
    assert texts.hear("no food today, room 4321") is Heard.ASKED
    assert texts.hear("no food today, 0150", sender="+4791000001") is Heard.RECEIVED


def know_postcode(texts: Texts, code: str) -> None:
    """Store a postcode of Oslo."""
    with texts.database.unit_of_work() as session:
        session.add(Municipality(number="0301", name="Oslo", search_name="oslo"))
        session.flush()
        place = {"place": "OSLO", "search_place": "oslo", "municipality_number": "0301"}
        session.add(Postcode(code=code, **place))


def test_the_same_delivery_many_times_at_once_is_heard_once(texts: Texts):
    heard = together(8, lambda _: texts.hear("hei", gateway_id="same"))
    assert sorted(heard) == sorted([Heard.ASKED] + [Heard.DUPLICATE] * 7)
    assert len(texts.all(OutboxMessage)) == len(texts.all(IncomingText)) == 1


def test_different_texts_at_once_are_one_conversation(texts: Texts):
    together(4, lambda number: texts.hear(f"word{number} and more"))
    assert len(texts.all(TextDialogue)) + len(texts.all(Case)) == 1
    assert len(texts.all(IncomingText)) == 4


def test_many_phones_at_once_each_get_their_request(texts: Texts):
    know_postcode(texts, "0150")
    together(8, lambda number: texts.hear("no food today 0150", sender=f"+479100000{number}"))
    assert len(texts.all(Case)) == 8
    assert texts.all(TextDialogue) == []


def test_clocks_in_two_processes_finish_a_conversation_once(texts: Texts, keyring: Keyring):
    texts.hear("MAT")
    later = texts.now + timedelta(minutes=30)

    def finish(_: int) -> int:
        with texts.database.read_session() as session:
            found = list_abandoned(session, later)
        done = 0
        for each in found:
            with texts.database.unit_of_work() as session:
                done += finish_abandoned(session, each, keyring=keyring, now=later)
        return done

    assert sum(together(4, finish)) == 1
    assert len(texts.all(Case)) == 1


def test_the_clocks_finish_what_was_abandoned(texts: Texts, keyring: Keyring):
    texts.hear("MAT")
    report = run_clocks(texts.database, keyring, now=texts.now + timedelta(minutes=29))
    assert "conversations" not in report.done
    report = run_clocks(texts.database, keyring, now=texts.now + timedelta(minutes=31))
    assert (report.done["conversations"], report.trouble) == (1, 0)
    assert len(texts.all(Case)) == 1


def test_a_conversation_that_goes_on_is_not_abandoned(texts: Texts, keyring: Keyring):
    texts.hear("MAT")
    (row,) = texts.all(TextDialogue)
    texts.hear("1")
    with texts.database.unit_of_work() as session:
        late = texts.now + timedelta(minutes=29, seconds=30)
        assert finish_abandoned(session, row.id, keyring=keyring, now=late) == 0


def test_a_person_who_asked_on_the_web_texts_a_note(texts: Texts, desk: Desk):
    number = desk.receive().number
    assert texts.hear("Jeg har flyttet", sender=PHONE) is Heard.NOTED
    (case,) = texts.all(Case)
    assert (case.number, case.version, case.status) == (number, 2, CaseStatus.WAITING)
    assert texts.all(TextDialogue) == []


def test_who_wants_calls_gets_no_text_about_their_case(texts: Texts, desk: Desk):
    desk.receive()
    texts.hear("Hei, har dere en sak på meg?", sender=PHONE)
    assert texts.all(OutboxMessage) == []


def test_a_text_goes_to_the_case_that_waits(texts: Texts, desk: Desk):
    first, second = desk.receive().number, desk.receive().number
    with texts.database.unit_of_work() as session:
        closed = update(Case).where(Case.number == second)
        session.execute(closed.values(status=CaseStatus.CLOSED))
    texts.hear("hei", sender=PHONE)
    assert {case.number: case.version for case in texts.all(Case)} == {first: 2, second: 1}


def test_a_reopened_case_has_its_old_urgency_and_a_new_deadline(texts: Texts, desk: Desk):
    desk.receive()
    with texts.database.unit_of_work() as session:
        session.execute(update(Case).values(status=CaseStatus.CLOSED))
    (before,) = texts.all(Case)
    texts.now += timedelta(days=30)
    assert texts.hear("hei", sender=PHONE) is Heard.REOPENED
    (after,) = texts.all(Case)
    assert (after.status, after.urgency) == (CaseStatus.WAITING, before.urgency)
    assert after.deadline_utc > texts.now > before.deadline_utc


def test_the_events_of_a_texted_case_add_up_to_its_state(texts: Texts, desk: Desk):
    desk.receive()
    texts.hear("a", sender=PHONE)
    texts.hear("b", sender=PHONE)
    with texts.database.read_session() as session:
        kinds = session.scalars(select(CaseEvent.kind).order_by(CaseEvent.seq)).all()
    assert [str(kind) for kind in kinds] == ["received", "texted", "texted"]
    assert texts.all(Case)[0].version == 3


def test_stop_is_marked_on_the_case_there_is(texts: Texts, desk: Desk, keyring: Keyring):
    desk.receive()
    assert texts.hear("STOPP", sender=PHONE) is Heard.STOPPED
    assert Flag.TEXTS_STOPPED in texts.all(Case)[0].flags
    with texts.database.read_session() as session:
        assert is_stopped(session, PHONE, keyring=keyring)
        assert not is_stopped(session, STRANGER, keyring=keyring)


def test_stop_from_many_at_once_is_one(texts: Texts):
    together(5, lambda _: texts.hear("STOP"))
    assert len(texts.all(TextStop)) == len(texts.all(OutboxMessage)) == 1


def reencrypt(texts: Texts) -> None:
    """Bring all that conversations hold under the new key, a row at a time."""
    for resealer in (one for one in resealers() if one.name in (*OURS, *INDEXES)):
        cursor, is_begun = None, False
        while not is_begun or cursor is not None:
            is_begun = True
            with texts.database.unit_of_work() as session:
                cursor = resealer.reseal_batch(session, texts.keyring, cursor, 1)


def test_a_rotation_reaches_all_of_it(texts: Texts, keys_file):
    for sender in (STRANGER, "+4790000002", "+4790000003"):
        texts.hear(WORDS, sender=sender)
    texts.hear("STOP", sender="+4790000004")
    Keyring.rotate(keys_file)
    texts.keyring = keyring = Keyring.load(keys_file)
    reencrypt(texts)
    with texts.database.unit_of_work() as session:
        used = [r.key_ids_in_use(session) for r in resealers() if r.name in (*OURS, *INDEXES)]
        assert used == [{keyring.active_id}] * len((*OURS, *INDEXES))
        row = find_dialogue(session, STRANGER, keyring=keyring)
        assert row is not None
        assert read_talk(row, keyring=keyring).words == (WORDS,)
        assert is_stopped(session, "+4790000004", keyring=keyring)


def test_while_a_key_is_rotated_a_text_is_known_again_and_goes_on(texts: Texts, keys_file):
    texts.hear("hei", gateway_id="first")
    Keyring.rotate(keys_file)
    texts.keyring = Keyring.load(keys_file)
    assert texts.hear("hei", gateway_id="first") is Heard.DUPLICATE
    assert texts.hear("3") is Heard.ASKED
    with texts.database.read_session() as session:
        assert session.scalar(select(func.count()).select_from(TextDialogue)) == 1
