"""What was planned at the old office when another one takes the case over."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from nav_access.appointments.codes import BookingKind, BookingState, Purpose
from nav_access.appointments.making import make_slots
from nav_access.appointments.models import Booking, Slot
from nav_access.callbacks.codes import PlanState
from nav_access.callbacks.queries import find_plan
from nav_access.intake import handling
from nav_access.intake.booking import staff as bookings
from nav_access.intake.booking.choices import BookingChoice
from nav_access.intake.calling.escalations import step_up
from nav_access.intake.codes import CaseStatus, ContactOutcome, Flag, Reach
from nav_access.intake.models import Case
from nav_access.intake.sides import service
from nav_access.messaging.codes import MessageState
from nav_access.messaging.models import OutboxMessage
from nav_access.staff import service as staff
from nav_access.staff.codes import StaffRole
from tests.capacity import add_rule, add_terms
from tests.desk_factory import FOOD


def publish(desk, purpose):
    with desk.database.unit_of_work() as session:
        add_terms(session, desk.office_id, purpose)
        for weekday in range(5):
            add_rule(session, desk.office_id, purpose, weekday)
        session.flush()
        make_slots(session, now=desk.now)
        return session.scalars(select(Slot.id).order_by(Slot.id.desc())).first()


def book(desk, kind):
    slot = publish(desk, Purpose.MEETING if kind is BookingKind.OFFICE else Purpose.CALLBACK)
    desk.act(bookings.book_time, desk.mona, BookingChoice(kind, slot))


def take_over(desk):
    desk.act(service.accept, desk.stranger, desk.offer_whole())


def read(desk, statement):
    with desk.database.read_session() as session:
        return session.scalars(statement).all()


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [(BookingKind.OFFICE, BookingState.CANCELLED), (BookingKind.CALLBACK, BookingState.BOOKED)],
)
def test_a_meeting_at_the_old_office_is_given_up_and_a_call_stands(desk, kind, becomes):
    desk.begin()
    book(desk, kind)
    take_over(desk)
    assert read(desk, select(Booking.state)) == [becomes]


def test_the_person_is_told_that_the_meeting_is_off(desk):
    by_sms = replace(FOOD.wishes, reach=Reach.SMS)
    desk.number = desk.receive(wishes=by_sms).number
    book(desk, BookingKind.OFFICE)
    take_over(desk)
    waiting = select(OutboxMessage.kind).where(OutboxMessage.state == MessageState.WAITING)
    assert {str(kind) for kind in read(desk, waiting)} == {"cancelled", "received"}


@pytest.mark.parametrize("is_answered", [True, False])
def test_somebody_speaks_with_them_before_they_set_out(desk, is_answered):
    desk.begin()
    if is_answered:
        desk.act(handling.log_contact, desk.mona, ContactOutcome.ANSWERED, None)
    book(desk, BookingKind.OFFICE)
    starts, before = read(desk, select(Booking.starts_utc))[0], desk.state().deadline_utc
    take_over(desk)
    assert desk.state().status is CaseStatus.WAITING
    assert desk.state().deadline_utc <= (starts if is_answered else min(starts, before))


def test_somebody_at_the_new_office_does_what_is_left(desk):
    desk.begin()
    with desk.database.unit_of_work() as session:
        for who in (desk.mona, desk.stranger):
            for office_id in who.office_ids:
                role = StaffRole.CASEWORKER
                given = {"actor": "system", "now": desk.now}
                staff.join_office(session, who.staff_id, office_id, role, **given)
    desk.act(handling.log_contact, desk.mona, ContactOutcome.WRONG_NUMBER, None)
    take_over(desk)
    with desk.database.read_session() as session:
        case_id = session.scalars(select(Case.id).where(Case.number == desk.number)).one()
        plan = find_plan(session, case_id)
    assert (plan.state, plan.fallback_staff_id) == (PlanState.FALLBACK, desk.stranger.staff_id)


def test_what_was_not_known_of_the_place_is_settled(desk):
    desk.begin()
    with desk.database.unit_of_work() as session:
        case = session.scalars(select(Case).where(Case.number == desk.number)).one()
        case.flags = (Flag.DISTRICT_UNKNOWN, Flag.HONEYPOT)
    take_over(desk)
    assert desk.open(desk.stranger).flags == (str(Flag.HONEYPOT),)


def test_a_promise_that_ran_out_stays_so(desk):
    desk.begin()
    desk.now += timedelta(days=3)
    with desk.database.unit_of_work() as session:
        case = session.scalars(select(Case).where(Case.number == desk.number)).one()
        step_up(session, case, keyring=desk.keyring, now=desk.now)
    before = desk.state().deadline_utc
    take_over(desk)
    assert desk.state().deadline_utc == before < desk.now


def test_an_offer_of_one_case_does_not_open_another(desk):
    desk.begin()
    offer = desk.offer()
    desk.begin()
    with pytest.raises(service.OfferGone):
        desk.act(service.accept, desk.stein, offer)
