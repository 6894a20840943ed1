"""A request on paper: its clock runs from when the office got it, and who entered it is known."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from nav_access.core.audit_tables import AuditEntry
from nav_access.intake import paper, rules
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import Channel, EventKind, Reach
from nav_access.intake.errors import NotHandedInThen
from nav_access.intake.handling import get_case_for
from nav_access.intake.models import Case
from nav_access.intake.queries import get_person_case
from nav_access.messaging.models import OutboxMessage
from nav_access.offices.cards import get_card
from tests.desk_factory import FOOD, Desk, submission

EARLIER = timedelta(days=3, hours=2)


@pytest.fixture
def desk(database, keyring, now):
    return Desk(database, keyring, now)


@pytest.fixture
def enter(desk):
    def enter(handed_in=None, form=None, now=None, **changes):
        sheet = replace(FOOD, office=desk.slug, **changes)
        once, now = form or submission(desk.keyring), now or desk.now
        at = handed_in or now - EARLIER
        with desk.database.unit_of_work() as session:
            given = {"keyring": desk.keyring, "now": now}
            return paper.enter(session, desk.anne, sheet, once, at, **given)

    return enter


def all_of(desk, *entities):
    with desk.database.read_session() as session:
        return session.scalars(select(*entities)).all()


def test_the_promise_counts_from_when_the_office_got_it(desk, enter):
    receipt = enter()
    (case,) = all_of(desk, Case)
    with desk.database.read_session() as session:
        hours = get_card(session, desk.office_id).hours
    urgency = receipt.promise.urgency
    asked = {"has_children": False, "hours": hours, "now": desk.now - EARLIER}
    assert case.deadline_utc == rules.decide_deadline(urgency, **asked)
    assert case.received_utc == receipt.received_utc == desk.now - EARLIER
    assert case.channel is Channel.PAPER


def test_staff_read_who_entered_it_and_the_person_does_not(desk, enter):
    number = enter().number
    with desk.database.read_session() as session:
        seen = get_case_for(session, desk.anne, number, keyring=desk.keyring)
        shown = get_person_case(session, number, keyring=desk.keyring, now=desk.now)
    entered, received = seen.events
    assert (entered.kind, entered.staff_name) == (EventKind.PAPER_ENTERED, desk.anne.name)
    assert (entered.at_utc, received.at_utc) == (desk.now, desk.now - EARLIER)
    assert [event.kind for event in shown.events] == [EventKind.RECEIVED]


def test_the_audit_has_who_entered_it_and_when_it_was_handed_in(desk, enter):
    number = enter().number
    wanted = AuditEntry.action == "paper.entered"
    with desk.database.read_session() as session:
        entry = session.scalars(select(AuditEntry).where(wanted)).one()
    assert (entry.actor, entry.subject) == (f"staff:{desk.anne.staff_id}", f"case:{number}")
    assert f"{desk.now - EARLIER:%Y-%m-%dT%H:%MZ}" in str(entry.detail)


def test_the_same_form_again_is_one_case_and_tells_no_code(desk, enter):
    form = submission(desk.keyring)
    first, again = enter(form=form), enter(form=form)
    assert first.key
    assert (again.key, again.is_repeat, again.number) == (None, True, first.number)
    assert len(all_of(desk, Case)) == 1


def test_the_same_form_twice_at_once_gives_the_code_once(desk, enter):
    form, ready, got = submission(desk.keyring), Barrier(2), []

    def send():
        ready.wait()
        got.append(enter(form=form).key)

    both = [Thread(target=send) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(all_of(desk, Case)) == 1
    assert sorted(key is None for key in got) == [False, True]


@pytest.mark.parametrize("off", [timedelta(seconds=1), -paper.OLDEST])
def test_it_was_handed_in_neither_later_than_now_nor_long_ago(desk, enter, off):
    with pytest.raises(NotHandedInThen):
        enter(desk.now + off)
    assert not all_of(desk, Case)


def test_nobody_is_woken_by_the_receipt_of_a_sheet(desk, enter):
    night = desk.now.replace(hour=22)
    enter(now=night, wishes=ContactWishes(Reach.SMS, phone="+4791234567"))
    (message,) = all_of(desk, OutboxMessage)
    assert message.due_utc - night > timedelta(hours=6)
