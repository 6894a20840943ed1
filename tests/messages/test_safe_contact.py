"""Every combination of wishes and message against the outbox: nothing outside the wishes."""

from datetime import timedelta
from itertools import product

import pytest

from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import Reach, TimeOfDay
from nav_access.messaging.codes import WITHOUT_CASE, MessageChannel, MessageKind, MessageState
from nav_access.messaging.queries import get_age
from tests.messages.conftest import EMAIL, PHONE, Post

KINDS = [kind for kind in MessageKind if kind not in WITHOUT_CASE]
YES_NO = (False, True)
WORD = "blåmeis"
COMBINATIONS = [
    ContactWishes(
        reach=reach,
        phone=phone,
        email=email,
        best_time=best_time,
        may_leave_voicemail=voicemail,
        may_say_who=say_who,
        code_word=WORD,
    )
    for reach, phone, email, best_time, voicemail, say_who in product(
        [None, *Reach], (None, PHONE), (None, EMAIL), TimeOfDay, YES_NO, YES_NO
    )
]
NAMES_US = ("nav", "55 55 33 33", "55553333", "http", "eikevik")


def may_get_text(wishes: ContactWishes) -> bool:
    """Say it again, in the words of the form: they asked for texts, or take voice messages."""
    if not wishes.phone:
        return False
    if wishes.reach is Reach.SMS:
        return True
    return wishes.reach in (None, Reach.CALL) and wishes.may_leave_voicemail


def may_get_email(wishes: ContactWishes) -> bool:
    """They asked for it, or left it open with nothing but an e-mail address."""
    left_open = wishes.reach is None and not wishes.phone
    return bool(wishes.email) and (wishes.reach is Reach.EMAIL or left_open)


@pytest.mark.postgres_in_audit
def test_nothing_leaves_outside_the_wishes(post: Post) -> None:
    people = {post.receive(wishes): wishes for wishes in COMBINATIONS}
    for case_id, kind in product(people, KINDS):
        post.tell(case_id, kind)
    while post.send().total():
        pass
    wishes_of = {row.once: people[row.case_id] for row in post.rows()}
    texts, mails = post.sms.taken, post.email.taken
    assert [each for each in texts if not may_get_text(wishes_of[each.once])] == []
    assert [each for each in mails if not may_get_email(wishes_of[each.once])] == []
    assert {each.address for each in texts} == {PHONE}
    unnamed = [each for each in post.left if not wishes_of[each.once].may_say_who]
    letters = [row for row in post.rows() if row.channel is MessageChannel.LETTER]
    assert {wishes_of[row.once].may_say_who for row in letters} == {True}
    assert [each for each in post.left if WORD in f"{each.wording}"] == []
    assert [each for each in unnamed if is_naming(f"{each.wording}")] == []
    assert {each.once.rpartition("-")[0] for each in texts} >= {*KINDS}


def is_naming(text: str) -> bool:
    return any(name in text.casefold() for name in NAMES_US)


def test_whoever_may_be_named_is_named(post: Post) -> None:
    post.receive(ContactWishes(reach=Reach.SMS, phone=PHONE, may_say_who=True))
    post.send()
    assert [is_naming(each.wording.text) for each in post.left] == [True]


def test_wishes_changed_after_a_message_was_queued_are_kept(post: Post) -> None:
    case_id = post.receive(ContactWishes(reach=Reach.SMS, phone=PHONE))
    post.tell(case_id, MessageKind.FALLBACK, due=post.clock() + timedelta(hours=1))
    post.change(case_id, reach=Reach.HELPER)
    post.clock.advance(hours=1)
    post.send()
    assert post.left == []
    assert {row.state for row in post.rows()} == {MessageState.WITHHELD}


def test_who_withdrew_hears_nothing_more(post: Post) -> None:
    case_id = post.receive(ContactWishes(reach=Reach.SMS, phone=PHONE))
    post.withdraw(case_id)
    post.send()
    assert post.left == []


def test_at_night_a_phone_stays_dark(post: Post) -> None:
    case_id = post.receive(ContactWishes(reach=Reach.SMS, phone=PHONE))
    post.send()
    post.clock.advance(hours=13)
    post.tell(case_id, MessageKind.FALLBACK)
    post.send()
    assert len(post.left) == 1
    post.clock.advance(hours=9)
    with post.installation.database.read_session() as session:
        assert get_age(session, post.clock()) == timedelta(0)
    post.clock.advance(minutes=30)
    post.send()
    assert len(post.left) == 2


def test_a_letter_waits_for_the_office_to_print_it(post: Post) -> None:
    case_id = post.receive(ContactWishes(reach=Reach.VISIT, may_say_who=True))
    post.tell(case_id, MessageKind.FALLBACK)
    post.send()
    (row,) = post.rows()
    assert (row.channel, row.state) == (MessageChannel.LETTER, MessageState.WAITING)
    assert post.send().total() == 0
