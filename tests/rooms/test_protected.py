"""Protected persons: who may know of a case, looking all the same in an emergency, its trace."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, update

from nav_access.callbacks.models import CallPlan
from nav_access.core.audit_tables import ENTRIES
from nav_access.intake import handling
from nav_access.intake.codes import CloseReason, ContactOutcome, EventKind
from nav_access.intake.errors import AlreadyDone, CaseNotFound, NotNow
from nav_access.intake.models import Case
from nav_access.intake.protected import queries, service
from nav_access.intake.protected.codes import EndReason, GlassReason, ProtectionReason
from nav_access.intake.protected.errors import (
    AlreadyAcknowledged,
    NothingProtected,
    NotTheirRole,
    TooManyNumbers,
)
from nav_access.intake.protected.models import GlassBreak
from nav_access.intake.queries import get_person_case
from nav_access.intake.staff_queries import get_case_for
from nav_access.staff.models import Membership
from tests.protected_desk import ProtectedDesk

KEEPERS = ("kaia",)
COLLEAGUES = ("anne", "bo", "manager")
OTHERS = ("stranger", "strange_keeper", "operator", "centre_keeper")


@pytest.fixture
def desk(database, keyring, now):
    return ProtectedDesk(database, keyring, now)


@pytest.fixture
def number(desk):
    """A protected case that is on every list there is."""
    number = desk.receive().number
    desk.put_everywhere(number)
    desk.protect(number)
    return number


def ask(desk, query, *arguments):
    with desk.database.read_session() as session:
        return query(session, *arguments)


def at(desk, who):
    """The same person, found at the desk's present time."""
    return replace(who, at_utc=desk.now)


KNOWN = {"centre_keeper": (True, True), "strange_keeper": (True, False)}
"""Who may read and act besides: the centre was told, and the other office is to answer an offer."""


def test_to_whoever_may_not_know_everything_is_as_if_it_were_not_there(desk):
    everybody = {name: getattr(desk, name) for name in COLLEAGUES + OTHERS}
    desk.put_everywhere(desk.receive().number)
    before = {name: desk.lists(who) for name, who in everybody.items()}
    number = desk.receive().number
    desk.put_everywhere(number)
    assert all(number in desk.lists(who) for who in everybody.values())
    desk.protect(number)
    for name, who in everybody.items():
        known, shown = KNOWN.get(name, (False, False)), desk.lists(who)
        assert (number in shown) if known[0] else (shown == before[name]), name
        assert (desk.opens(who, number), desk.acts(who, number)) == known, name


def test_the_lists_show_it_again_when_it_ends(desk, number):
    turn = desk.turn(number, desk.version(number), desk.kaia)
    desk.do(service.end_protection, turn, EndReason.MISTAKE, None)
    assert all(number in desk.lists(getattr(desk, name)) for name in COLLEAGUES + OTHERS)


def test_those_with_the_role_see_it_everywhere_and_act(desk, number):
    assert desk.lists(desk.kaia).count(number) == 5
    assert desk.opens(desk.kaia, number)
    assert desk.claims(desk.kaia, number)


def test_whoever_has_claimed_it_keeps_it_until_they_let_go(desk):
    number = desk.receive().number
    desk.claims(desk.bo, number)
    desk.protect(number)
    assert number in desk.lists(desk.bo)
    assert desk.acts(desk.bo, number)
    desk.do(handling.release, desk.turn(number, desk.version(number), desk.bo))
    assert (desk.opens(desk.bo, number), number in desk.lists(desk.bo)) == (False, False)


def test_a_claim_at_an_office_one_has_left_opens_nothing(desk):
    number = desk.receive().number
    desk.claims(desk.bo, number)
    desk.protect(number)
    assert not desk.opens(replace(desk.bo, office_ids=frozenset({desk.other_id})), number)


def test_only_the_role_at_that_office_marks_and_unmarks(desk):
    number = desk.receive().number
    with pytest.raises(NotTheirRole):
        desk.protect(number, desk.manager)
    with pytest.raises(CaseNotFound):
        desk.protect(number, desk.strange_keeper)
    desk.protect(number)
    desk.break_glass(number, desk.manager)
    turn = desk.turn(number, desk.version(number), desk.manager)
    with pytest.raises(NotTheirRole):
        desk.do(service.end_protection, turn, EndReason.MISTAKE, None)


def test_marking_twice_is_told_and_changes_nothing(desk, number):
    with pytest.raises(NotNow):
        desk.protect(number)


def test_the_reason_is_an_event_whose_words_are_sealed(desk, number):
    with desk.database.read_session() as session:
        case = get_case_for(session, desk.kaia, number, keyring=desk.keyring)
    marked = next(event for event in case.events if event.kind is EventKind.PROTECTED)
    assert (marked.protection, marked.text) == (ProtectionReason.PROTECTED_ADDRESS, "Kode 6.")


def read_as_person(desk, number):
    with desk.database.read_session() as session:
        return get_person_case(session, number, keyring=desk.keyring, now=desk.now)


def test_the_persons_own_page_does_not_change(desk):
    number = desk.receive().number
    before = read_as_person(desk, number)
    desk.protect(number)
    desk.break_glass(number, desk.manager)
    assert read_as_person(desk, number) == before


@pytest.mark.parametrize("name", ["bo", "manager"])
def test_broken_glass_opens_one_case_to_one_person_for_half_an_hour(desk, number, name):
    who, other = at(desk, getattr(desk, name)), desk.receive().number
    desk.protect(other)
    desk.break_glass(number, who)
    assert (desk.opens(who, number), desk.acts(who, number)) == (True, True)
    assert (desk.opens(who, other), number in desk.lists(who)) == (False, False)
    others = {*COLLEAGUES} - {name}
    assert not any(desk.opens(at(desk, getattr(desk, one)), number) for one in others)
    desk.now += timedelta(minutes=30) - timedelta(microseconds=1)
    assert desk.opens(at(desk, who), number)
    desk.now += timedelta(microseconds=1)
    assert (desk.opens(at(desk, who), number), desk.acts(at(desk, who), number)) == (False, False)


def test_a_look_is_no_way_to_keep_a_case(desk, number):
    who = at(desk, desk.bo)
    desk.break_glass(number, who)
    assert not desk.claims(who, number)
    turn = desk.turn(number, desk.version(number), who)
    with pytest.raises(NotNow):
        desk.do(handling.close_case, turn, CloseReason.DUPLICATE, None)


def test_who_leaves_the_office_has_nothing_open(desk, number):
    who = at(desk, desk.bo)
    desk.break_glass(number, who)
    assert not desk.opens(replace(who, office_ids=frozenset({desk.other_id})), number)


def test_glass_is_not_for_others_than_the_office(desk, number):
    for name in OTHERS:
        with pytest.raises(NothingProtected):
            desk.break_glass(number, at(desk, getattr(desk, name)))


def test_an_ordinary_case_is_no_protected_one(desk):
    with pytest.raises(NothingProtected):
        desk.break_glass(desk.receive().number, desk.bo)


def test_guessing_numbers_ends_after_five(desk):
    for _ in range(5):
        desk.do_now(service.take_number, desk.bo)
    with pytest.raises(TooManyNumbers):
        desk.do_now(service.take_number, desk.bo)
    desk.do_now(service.take_number, desk.anne)
    desk.now += timedelta(hours=1)
    desk.do_now(service.take_number, desk.bo)


def test_a_look_is_unread_until_a_named_other_has_taken_note(desk, number):
    desk.break_glass(number, desk.bo)
    (unread,) = ask(desk, queries.list_unread, desk.kaia)
    assert (unread.number, unread.staff_name, unread.reason) == (number, "Bo", GlassReason.DANGER)
    desk.do_now(service.acknowledge, desk.kaia, unread.id)
    assert ask(desk, queries.list_unread, desk.kaia) == ()
    (noted,) = ask(desk, queries.list_acknowledged, desk.kaia)
    assert (noted.seen_by_name, noted.seen_utc) == ("Kaia", desk.now)


def test_without_the_role_there_nobody_reads_or_takes_note(desk, number):
    desk.break_glass(number, desk.bo)
    glass_id = ask(desk, queries.list_unread, desk.kaia)[0].id
    for who in (desk.bo, desk.manager, desk.strange_keeper, desk.centre_keeper):
        unread = ask(desk, queries.count_unread, who), ask(desk, queries.list_unread, who)
        assert unread == (0, ())
        with pytest.raises(AlreadyAcknowledged):
            desk.do_now(service.acknowledge, who, glass_id)


def test_who_looked_cannot_take_note_of_it_themselves(desk, number):
    desk.break_glass(number, desk.bo)
    promoted = replace(desk.bo, protected_office_ids=frozenset({desk.office_id}))
    glass_id = ask(desk, queries.list_unread, promoted)[0].id
    with pytest.raises(AlreadyAcknowledged):
        desk.do_now(service.acknowledge, promoted, glass_id)


def audited(desk):
    with desk.database.read_session() as session:
        return [tuple(row) for row in session.execute(select(ENTRIES.c.action, ENTRIES.c.subject))]


def test_each_step_is_in_the_audit(desk, number):
    desk.break_glass(number, desk.bo)
    glass = ask(desk, queries.list_unread, desk.kaia)[0]
    desk.do_now(service.acknowledge, desk.kaia, glass.id)
    for action in ("case.protected", "case.glass_broken", "glass.acknowledged"):
        assert (action, f"case:{number}") in audited(desk)


def together(count, act):
    """Run `act` in threads that start at once; return how many did it."""
    start = Barrier(count)

    def run(index):
        start.wait()
        try:
            act(index)
        except (AlreadyDone, AlreadyAcknowledged, NotNow, NothingProtected):
            return 0
        return 1

    with ThreadPoolExecutor(count) as pool:
        return sum(pool.map(run, range(count)))


def test_a_form_sent_many_times_at_once_breaks_one_glass(desk, number):
    turn = desk.turn(number, 0, desk.bo)
    arguments = service.break_glass, turn, GlassReason.DANGER, "Nå."
    assert together(6, lambda _: desk.do(*arguments)) == 1
    assert len(ask(desk, lambda session: session.scalars(select(GlassBreak)).all())) == 1


def test_of_many_one_name_stands_under_a_look(desk, number):
    desk.break_glass(number, desk.bo)
    glass_id = ask(desk, queries.list_unread, desk.kaia)[0].id
    with desk.database.unit_of_work() as session:
        keepers = [
            desk.add(session, f"K{n}", desk.office_id, sees_protected=True) for n in range(6)
        ]
    done = together(6, lambda i: desk.do_now(service.acknowledge, keepers[i], glass_id))
    assert done == 1


def take_role(desk, who):
    with desk.database.unit_of_work() as session:
        taken = update(Membership).where(Membership.staff_id == who.staff_id)
        session.execute(taken.values(sees_protected=False))


def test_without_anybody_at_the_office_it_falls_to_the_centre(desk):
    number = desk.receive().number
    desk.protect(number)
    assert not desk.opens(desk.centre_keeper, number)
    assert ask(desk, queries.count_without_keeper, desk.manager) == 0
    take_role(desk, desk.kaia)
    assert (desk.opens(desk.centre_keeper, number), desk.opens(desk.operator, number)) == (
        True,
        False,
    )
    (row,) = ask(desk, queries.list_protected, desk.centre_keeper)
    assert row.number == number
    assert ask(desk, queries.count_without_keeper, desk.manager) == 1
    assert not desk.opens(desk.manager, number)


def named(desk, number):
    plans = select(CallPlan.fallback_staff_id).join(Case).where(Case.number == number)
    return ask(desk, lambda session: session.scalar(plans))


def give_up(desk, number):
    turn = desk.turn(number, desk.version(number), desk.kaia)
    desk.do(handling.log_contact, turn, ContactOutcome.WRONG_NUMBER, None)


def test_its_tasks_are_left_to_somebody_who_may_know(desk):
    number = desk.receive().number
    desk.protect(number)
    give_up(desk, number)
    assert named(desk, number) == desk.kaia.staff_id


def test_a_task_moves_when_the_case_is_protected(desk):
    number = desk.receive().number
    give_up(desk, number)
    assert named(desk, number) == desk.manager.staff_id
    with desk.database.unit_of_work() as session:
        session.execute(update(Case).values(claimed_by=None))
    desk.protect(number)
    assert named(desk, number) == desk.kaia.staff_id
