"""Safe contact: unanswered means safest; at night phones stay dark, on both clock changes too."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from nav_access.callbacks.codes import Fallback
from nav_access.core.clock import OSLO, to_oslo
from nav_access.intake.codes import Reach
from nav_access.intake.safe_contact import (
    ANSWERS,
    Greeting,
    Wishes,
    decide_channel,
    decide_fallback,
    decide_moment,
    greeting,
    may_name_sender,
    may_write,
)
from nav_access.messaging.codes import MessageChannel, MessageKind

BOTH = {"has_phone": True, "has_email": True}
SMS, EMAIL, LETTER = MessageChannel.SMS, MessageChannel.EMAIL, MessageChannel.LETTER


@pytest.mark.parametrize(
    ("wishes", "channel"),
    [
        (Wishes(Reach.CALL, **BOTH), None),
        (Wishes(Reach.CALL, may_leave_voicemail=True, **BOTH), SMS),
        (Wishes(Reach.CALL, may_leave_voicemail=True, has_email=True), None),
        (Wishes(Reach.CALL, may_say_who=True, **BOTH), None),
        (Wishes(Reach.SMS, **BOTH), SMS),
        (Wishes(Reach.SMS, has_email=True), None),
        (Wishes(Reach.EMAIL, **BOTH), EMAIL),
        (Wishes(Reach.EMAIL, may_leave_voicemail=True, has_phone=True), None),
        (Wishes(Reach.VISIT, may_leave_voicemail=True, **BOTH), None),
        (Wishes(Reach.VISIT, may_say_who=True, **BOTH), LETTER),
        (Wishes(Reach.HELPER, may_leave_voicemail=True, may_say_who=True, **BOTH), None),
    ],
)
def test_the_way_a_message_may_go(wishes: Wishes, channel: MessageChannel | None) -> None:
    assert decide_channel(wishes, MessageKind.FALLBACK) is channel


def test_a_receipt_goes_only_to_those_who_asked_to_be_written_to() -> None:
    rung = Wishes(Reach.CALL, may_leave_voicemail=True, has_phone=True)
    written = Wishes(Reach.SMS, has_phone=True)
    assert decide_channel(rung, MessageKind.RECEIVED) is None
    assert decide_channel(written, MessageKind.RECEIVED) is SMS


CHOSEN = {Reach.SMS: SMS, Reach.EMAIL: EMAIL}


@pytest.mark.parametrize("reach", Reach)
@pytest.mark.parametrize("agreed", list(product((False, True), repeat=4)))
@pytest.mark.parametrize("kind", MessageKind)
def test_when_an_agency_is_rung_no_more_nobody_else_is(reach, agreed, kind) -> None:
    voicemail, say_who, has_phone, has_email = agreed
    wishes = Wishes(reach, voicemail, say_who, has_phone, has_email, has_helper_ended=True)
    assert greeting(wishes) == (Greeting.DO_NOT_RING,)
    assert decide_channel(wishes, kind) in (None, CHOSEN.get(reach))
    assert not may_write(wishes)
    assert {decide_fallback(wishes, usual) for usual in Fallback} == {Fallback.DECIDE}


def test_unanswered_means_that_nobody_is_named() -> None:
    assert not may_name_sender(Wishes(Reach.CALL))


@pytest.mark.parametrize(
    ("wishes", "read"),
    [
        (Wishes(Reach.CALL, has_phone=True), ("ask_for_the_person", "no_voicemail")),
        (Wishes(Reach.CALL, may_say_who=True, has_phone=True), ("say_who", "no_voicemail")),
        (
            Wishes(Reach.SMS, may_leave_voicemail=True, has_phone=True),
            ("ask_for_the_person", "leave_voicemail"),
        ),
        (Wishes(Reach.CALL), ("do_not_ring",)),
        (Wishes(Reach.HELPER, has_phone=True), ("do_not_ring",)),
        (Wishes(Reach.VISIT, has_phone=True), ("do_not_ring",)),
    ],
)
def test_what_whoever_rings_reads_first(wishes: Wishes, read: tuple[str, ...]) -> None:
    assert greeting(wishes) == tuple(Greeting(each) for each in read)


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        ("2026-11-23 07:59", "2026-11-23 08:00"),
        ("2026-11-23 08:00", "2026-11-23 08:00"),
        ("2026-11-23 20:59", "2026-11-23 20:59"),
        ("2026-11-23 21:00", "2026-11-24 08:00"),
        ("2026-11-23 00:00", "2026-11-23 08:00"),
        ("2026-03-28 23:00", "2026-03-29 08:00"),
        ("2026-03-29 01:59", "2026-03-29 08:00"),
        ("2026-10-24 22:00", "2026-10-25 08:00"),
        ("2026-10-25 02:30", "2026-10-25 08:00"),
    ],
)
def test_at_night_it_waits_for_the_morning(now: str, goes: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=OSLO).astimezone(UTC)
    found = decide_moment(MessageKind.FALLBACK, at, at)
    assert f"{to_oslo(found):%Y-%m-%d %H:%M}" == goes


@pytest.mark.parametrize("kind", MessageKind)
def test_only_a_fresh_answer_goes_at_night(kind: MessageKind) -> None:
    night = datetime(2026, 11, 23, 3, 0, tzinfo=OSLO).astimezone(UTC)
    old = night - timedelta(minutes=16)
    assert (decide_moment(kind, night, night) == night) is (kind in ANSWERS)
    assert decide_moment(kind, old, night) > night
