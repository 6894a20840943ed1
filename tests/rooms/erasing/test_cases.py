"""Cases grow old: each is erased when its time is over, and none before."""

from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import func, select, update

from nav_access.appointments.codes import BookingKind, Purpose
from nav_access.appointments.making import make_slots
from nav_access.appointments.models import BookedSlot, Booking, Slot
from nav_access.core.db import Database
from nav_access.core.references import CaseCode
from nav_access.erasing import service
from nav_access.intake import access, handling, person
from nav_access.intake.access import Entry
from nav_access.intake.clocks import run_clocks
from nav_access.intake.codes import ActorKind
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.models import Case, CaseEvent
from nav_access.intake.queries import count_cases
from nav_access.intake.removing import count_open_cases
from nav_access.intake.texting.notes import add_note
from nav_access.intake.texting.reading import read
from nav_access.serving import clocks
from tests.capacity import add_rule, add_terms

pytestmark = pytest.mark.postgres_in_audit

HOUR, A_BIT = timedelta(hours=1), timedelta(seconds=1)


def test_closed_half_a_year_ago(desk):
    number = desk.receive().number
    desk.close(number)
    assert desk.run(desk.after(days=183)) == {}
    assert desk.run(desk.after(days=183) + A_BIT)["cases"] == 1
    assert desk.is_erased(number)


def test_a_withdrawal_that_can_be_undone_is_kept_and_then_not(desk):
    number = desk.receive().number
    desk.withdraw(number)
    assert desk.run(desk.now + HOUR) == {}
    desk.as_person(person.undo_withdrawal, number, desk.now + HOUR)
    assert desk.run(desk.now + 2 * HOUR) == {}
    desk.as_person(person.withdraw, number, desk.now + 2 * HOUR)
    assert desk.run(desk.now + 3 * HOUR) == {}
    assert desk.run(desk.now + 3 * HOUR + A_BIT) == {"cases": 1}
    assert desk.is_erased(number)


def test_a_closed_case_somebody_opens_again_is_kept(desk):
    number = desk.receive().number
    desk.close(number)
    later = desk.after(days=180)
    with desk.database.unit_of_work() as session:
        turn = desk.turn(number, 3)
        handling.reopen_case(session, turn, None, keyring=desk.keyring, now=later)
    assert "cases" not in desk.run(desk.after(days=400))
    assert desk.run(later + timedelta(days=730) + A_BIT)["cases"] == 1


def test_what_clocks_do_does_not_keep_a_case_nobody_touches(desk):
    number = desk.receive().number
    for days in (10, 300, 700):
        run_clocks(desk.database, desk.keyring, now=desk.after(days=days))
    with desk.database.read_session() as session:
        assert ActorKind.SYSTEM in session.scalars(select(CaseEvent.actor)).all()
    assert "cases" not in desk.run(desk.after(days=730))
    desk.run(desk.after(days=730) + A_BIT)
    assert desk.is_erased(number)


def test_a_text_from_the_persons_number_keeps_their_case(desk):
    desk.receive()
    later = desk.after(days=700)
    with desk.database.unit_of_work() as session:
        case = session.scalars(select(Case)).one()
        words = "Hjelp, det er kaldt."
        given = {"keyring": desk.keyring, "now": later}
        add_note(session, case, words, read(words), **given)
    assert "cases" not in desk.run(later + timedelta(days=730))
    assert desk.run(later + timedelta(days=730) + A_BIT)["cases"] == 1


def test_an_erased_case_is_nobodys_task_and_keeps_no_office_open(desk):
    desk.receive()
    late = desk.after(days=731)
    desk.run(late)
    assert run_clocks(desk.database, desk.keyring, now=late).done.keys() <= {"compared"}
    with desk.database.read_session() as session:
        assert count_cases(session, late).overdue == 0
        assert count_open_cases(session, desk.office_id) == 0


def test_its_code_and_its_number_open_nothing(desk):
    receipt = desk.receive()
    desk.run(desk.after(days=731))
    with desk.database.unit_of_work() as session:
        entry = access.try_code(
            session,
            CaseCode(receipt.number, receipt.key),
            address="192.0.2.1",
            is_shared_network=False,
            keyring=desk.keyring,
            now=desk.now,
        )
    assert entry is Entry.NOT_FOUND
    with pytest.raises(CaseNotFound):
        desk.do(handling.claim, desk.turn(receipt.number))
    with pytest.raises(CaseNotFound):
        desk.as_person(person.change_language, receipt.number, None, "en")


def test_a_booked_time_gives_its_seat_back(desk):
    case_id = _with_booking(desk)
    with desk.database.unit_of_work() as session:
        session.execute(update(CaseEvent).values(at_utc=desk.after(days=-731)))
        session.execute(update(Case).values(received_utc=desk.after(days=-731)))
    assert desk.run(desk.now)["cases"] == 1
    run_clocks(desk.database, desk.keyring, now=desk.after(hours=1))
    with desk.database.read_session() as session:
        assert session.scalar(select(func.sum(Slot.public_taken))) == 0
        assert session.scalars(select(BookedSlot)).all() == []
        assert (
            session.scalar(select(Booking.state).where(Booking.case_id == case_id)) == "cancelled"
        )


def _with_booking(desk):
    desk.receive()
    with desk.database.unit_of_work() as session:
        add_terms(session, desk.office_id, Purpose.CALLBACK, lead_minutes=0)
        for weekday in range(5):
            add_rule(session, desk.office_id, Purpose.CALLBACK, weekday, public_seats=1)
        make_slots(session, now=desk.now)
        slot = session.scalars(select(Slot).where(Slot.starts_utc > desk.now)).first()
        slot.public_taken = 1
        case_id = session.scalar(select(Case.id))
        booking = Booking(
            uid="x",
            case_id=case_id,
            office_id=desk.office_id,
            purpose=Purpose.CALLBACK,
            kind=BookingKind.CALLBACK,
            state="booked",
            starts_utc=slot.starts_utc,
            ends_utc=slot.ends_utc,
            created_utc=desk.now,
            changed_utc=desk.now,
        )
        session.add(booking)
        session.flush()
        session.add(BookedSlot(booking_id=booking.id, slot_id=slot.id))
    return case_id


def test_many_batches_and_every_case_once(desk, monkeypatch):
    monkeypatch.setattr(service, "LOOKED_AT", 2)
    numbers = [desk.receive().number for _ in range(5)]
    kept = desk.receive().number
    with desk.database.unit_of_work() as session:
        # Of the same instant, but for one that came later.
        session.execute(
            update(CaseEvent)
            .where(
                CaseEvent.case_id == select(Case.id).where(Case.number == kept).scalar_subquery()
            )
            .values(at_utc=desk.after(days=1))
        )
    assert desk.run(desk.after(days=731) - HOUR)["cases"] == 5
    assert all(desk.is_erased(number) for number in numbers)
    assert not desk.is_erased(kept)


def test_what_goes_wrong_with_one_is_left_and_the_others_go(desk, monkeypatch, caplog):
    numbers = [desk.receive().number for _ in range(3)]
    erase, calls = service.erase_if_over, []

    def sometimes(session, case_id, *, now):
        calls.append(case_id)
        if len(calls) == 2:
            raise ValueError("Kari Ås, 912 34 567")
        return erase(session, case_id, now=now)

    monkeypatch.setattr(service, "erase_if_over", sometimes)
    late = desk.after(days=731)
    report = service.run_retention(desk.database, desk.keyring, now=late)
    assert (report.done["cases"], report.trouble) == (2, 1)
    assert "Kari" not in caplog.text
    assert desk.run(late)["cases"] == 1
    assert all(desk.is_erased(number) for number in numbers)


def test_the_days_run_is_one_processs(desk, keyring):
    late = desk.after(days=731)
    others = Database(str(desk.database.engine.url.render_as_string(hide_password=False)))
    desk.receive()
    assert service.erase_due(desk.database, keyring, now=late).done["cases"] == 1
    assert not service.erase_due(others, keyring, now=late + HOUR).done
    others.dispose()


def test_what_was_taken_back_does_not_wait_for_the_day(desk, keyring):
    service.erase_due(desk.database, keyring, now=desk.now)
    number = desk.receive().number
    desk.withdraw(number)
    assert not service.erase_due(desk.database, keyring, now=desk.now + HOUR).done
    assert service.erase_due(desk.database, keyring, now=desk.now + HOUR + A_BIT).done
    assert desk.is_erased(number)


class OneMinute(Event):
    """A stop that lets one round go by."""

    waits = ()

    def wait(self, timeout=None):
        self.waits += (timeout,)
        return len(self.waits) > 1


def test_a_running_site_erases_by_itself(desk, app, clock):
    number = desk.receive().number
    clock.advance(days=731)
    stop = OneMinute()
    clocks.keep_erasing(app, stop)
    assert desk.is_erased(number)
    assert stop.waits == (clocks.ERASE_EVERY_S,) * 2
