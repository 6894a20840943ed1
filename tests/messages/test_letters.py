"""Letters: for whoever nothing else reaches, printed and signed by their own office."""

import pytest

from nav_access.intake import letters
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import Reach
from nav_access.intake.errors import CaseNotFound
from nav_access.messaging.codes import MessageKind
from nav_access.staff.rules import Who
from nav_access.web.messages.words import write
from tests.messages.conftest import PHONE, Post


def fall_back(post: Post, wishes: ContactWishes) -> int:
    """Let an office fall back on a letter, and the sender run."""
    case_id = post.receive(wishes)
    post.tell(case_id, MessageKind.FALLBACK, fallback="letter")
    post.send()
    return case_id


def listed(post: Post, who: Who) -> list[str]:
    with post.installation.database.read_session() as session:
        return [row.number for row in letters.list_letters(session, who)]


def open_first(post: Post, who: Who) -> letters.Letter:
    now, parts = post.clock(), post.installation
    with parts.database.unit_of_work() as session:
        row = letters.list_letters(session, post.desk.anne)[0]
        return letters.open_letter(session, who, row.message_id, keyring=parts.keyring, now=now)


@pytest.mark.parametrize(
    ("wishes", "texts", "to_print"),
    [
        (ContactWishes(Reach.VISIT, may_say_who=True), 0, 1),
        (ContactWishes(Reach.VISIT), 0, 0),
        (ContactWishes(Reach.CALL, PHONE), 0, 0),
        (ContactWishes(Reach.CALL, PHONE, may_say_who=True), 0, 1),
        (ContactWishes(Reach.SMS, PHONE, may_say_who=True), 2, 1),
        (ContactWishes(Reach.CALL, PHONE, may_leave_voicemail=True), 1, 0),
        (ContactWishes(Reach.HELPER, PHONE, may_leave_voicemail=True, may_say_who=True), 0, 0),
    ],
)
def test_a_letter_goes_beside_the_persons_own_way(
    post: Post, wishes: ContactWishes, texts: int, to_print: int
) -> None:
    fall_back(post, wishes)
    assert (len(post.left), len(listed(post, post.desk.anne))) == (texts, to_print)


def test_another_office_neither_sees_nor_opens_it(post: Post) -> None:
    fall_back(post, ContactWishes(Reach.VISIT, may_say_who=True))
    assert listed(post, post.desk.stranger) == []
    with pytest.raises(CaseNotFound):
        open_first(post, post.desk.stranger)


def test_it_says_who_writes_and_where_to_ring(post: Post) -> None:
    fall_back(post, ContactWishes(Reach.VISIT, name="Kari Ås", may_say_who=True))
    letter = open_first(post, post.desk.anne)
    said = write(letter.recipient, letter.kind, post.installation.settings, now=post.clock())
    assert ("Nav Eikevik" in said.text, "55 55 33 33" in said.text) == (True, True)
    assert letter.name == "Kari Ås"


def test_what_is_printed_is_no_longer_listed(post: Post) -> None:
    fall_back(post, ContactWishes(Reach.VISIT, may_say_who=True))
    letter = open_first(post, post.desk.anne)
    for _ in range(2):
        with post.installation.database.unit_of_work() as session:
            letters.mark_printed(session, post.desk.anne, letter.message_id, now=post.clock())
    assert listed(post, post.desk.anne) == []


@pytest.mark.parametrize("changed", [{"reach": Reach.HELPER}, {"may_say_who": False}])
def test_wishes_that_change_before_it_is_printed_are_kept(
    post: Post, changed: dict[str, object]
) -> None:
    case_id = fall_back(post, ContactWishes(Reach.VISIT, may_say_who=True))
    post.change(case_id, **changed)
    with pytest.raises(CaseNotFound):
        open_first(post, post.desk.anne)
