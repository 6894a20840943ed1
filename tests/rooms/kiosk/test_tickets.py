"""The line: every number once, every desk another, nothing called twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from secrets import token_bytes
from threading import Barrier

import pytest

from nav_access.kiosk.codes import TicketKind, TicketState
from nav_access.kiosk.errors import NobodyWaits, TicketChanged

MINUTE = timedelta(minutes=1)


def together(count, act):
    """Run `act(i)` in threads that start at once; return what each came to."""
    start = Barrier(count)

    def run(index):
        start.wait()
        try:
            return act(index)
        except (NobodyWaits, TicketChanged) as fact:
            return type(fact)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_numbers_count_from_one_each_day(reception):
    first = [reception.see(reception.take()).number for _ in range(3)]
    tomorrow = reception.now + timedelta(days=1)
    assert (first, reception.see(reception.take(now=tomorrow)).number) == ([1, 2, 3], 1)


def test_of_many_at_once_each_gets_a_number_of_their_own(reception):
    taken = together(8, lambda _: reception.take())
    assert sorted(reception.see(one).number for one in taken) == list(range(1, 9))


def test_a_button_pressed_often_is_one_ticket(reception):
    once = token_bytes(16)
    assert len(set(together(6, lambda _: reception.take(once)))) == 1


def test_desks_that_call_at_once_get_different_tickets(reception):
    taken = {reception.take() for _ in range(5)}
    called = together(8, reception.call)
    assert sorted(map(str, called)) == sorted([*map(str, taken), *[str(NobodyWaits)] * 3])


def test_a_call_sent_twice_calls_nobody_else(reception):
    first, _ = reception.take(), reception.take()
    once = token_bytes(16)
    assert {reception.call(once=once), reception.call(once=once)} == {first}


def test_a_call_sent_twice_at_once_calls_nobody_else(reception):
    taken = [reception.take() for _ in range(6)]
    once = token_bytes(16)
    assert set(together(6, lambda _: reception.call(once=once))) == {taken[0]}


def test_the_place_in_line_is_right_while_many_desks_call(reception):
    taken = [reception.take() for _ in range(9)]
    last = taken[-1]

    def act(index):
        if index % 2:
            return reception.call(index)
        return [reception.see(last).ahead for _ in range(5)]

    seen = together(10, act)[::2]
    assert all(one == sorted(one, reverse=True) and 3 <= min(one) <= max(one) <= 8 for one in seen)
    assert reception.see(last).ahead == 3
    assert [reception.see(one).ahead for one in taken[5:]] == [0, 1, 2, 3]


def test_who_came_first_is_called_first(reception):
    taken = [reception.take() for _ in range(3)]
    assert [reception.call() for _ in range(3)] == taken


def test_of_two_who_move_a_ticket_the_second_is_told(reception):
    ticket = reception.take()
    reception.call()
    states = [TicketState.DONE, TicketState.PARKED]
    said = together(2, lambda i: reception.move(ticket, 2, states[i]))
    assert sorted(map(str, said)) == sorted(map(str, [None, TicketChanged]))


def test_the_same_twice_is_one_act(reception):
    ticket = reception.take()
    reception.call()
    for _ in range(2):
        reception.move(ticket, 2, TicketState.DONE)
    with pytest.raises(TicketChanged):
        reception.move(ticket, 2, TicketState.PARKED)


def test_another_office_moves_nothing(reception):
    ticket = reception.take()
    with pytest.raises(TicketChanged):
        reception.move(ticket, 1, TicketState.GONE, office_id=reception.desk.other_id)


@pytest.mark.parametrize("state", [TicketState.DONE, TicketState.PARKED, TicketState.CALLED])
def test_who_was_never_called_is_not_served(reception, state):
    with pytest.raises(TicketChanged):
        reception.move(reception.take(), 1, state)


def test_an_appointment_is_called_at_its_time_and_not_in_turn(reception):
    meeting = reception.take(kind=TicketKind.MEETING)
    walk_in = reception.take()
    assert (reception.see(meeting).is_in_line, reception.see(walk_in).ahead) == (False, 0)
    assert reception.call() == walk_in
    with pytest.raises(NobodyWaits):
        reception.call()
    said = together(2, lambda i: reception.move(meeting, 1, TicketState.CALLED, place=i + 4))
    assert sorted(map(str, said)) == sorted(map(str, [None, None])), "the same act twice is one"
    assert [one.number for one in reception.asked()][-1] == 1


def test_a_room_that_is_free_again_is_no_desk(reception):
    for _ in range(6):
        ticket = reception.take()
        reception.call(3)
        reception.move(ticket, 2, TicketState.PRIVATE_ROOM, place=7)
        reception.move(ticket, 3, TicketState.DONE, now=reception.now + 10 * MINUTE)
    at = reception.now + 10 * MINUTE
    assert reception.see(reception.take(now=at), at).minutes is None
    ticket = reception.take(now=at)
    reception.call(3, now=at)
    assert reception.see(ticket, at).minutes == 10


def test_the_screen_shows_who_is_called_and_where_to(reception):
    first, second = reception.take(), reception.take()
    reception.call(3)
    reception.move(second, 1, TicketState.PRIVATE_ROOM, place=7, now=reception.now + MINUTE)
    shown = [
        (one.number, one.place, one.is_room) for one in reception.asked(reception.now + MINUTE)
    ]
    assert shown == [(2, 7, True), (1, 3, False)]
    reception.move(first, 2, TicketState.DONE)
    assert [one.number for one in reception.asked(reception.now + MINUTE)] == [2]


def test_how_long_it_takes_is_said_once_enough_were_served(reception):
    last = reception.take()
    assert reception.see(last).minutes is None
    for index in range(6):
        at = reception.now + 10 * index * MINUTE
        ticket = reception.take(now=at) if index else last
        reception.call(now=at)
        reception.move(ticket, 2, TicketState.DONE, now=at + 10 * MINUTE)
    at = reception.now + 60 * MINUTE
    assert reception.see(reception.take(now=at), at).minutes == 10
