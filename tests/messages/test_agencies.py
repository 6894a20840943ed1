"""What agencies are told by e-mail: only by consent, never the need, and no more once it ends."""

from itertools import product

import pytest
from sqlalchemy import select

from nav_access.intake.acting import service
from nav_access.intake.acting.codes import Scope
from nav_access.intake.acting.models import Consent
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import Need, Reach
from nav_access.messaging.codes import WITHOUT_CASE, MessageKind, MessageState
from tests.messages.conftest import EMAIL, PHONE, Post
from tests.partner_factory import Agencies

NEEDS = ("mat", "bolig", "brev", "strøm", "kjøleskap", "food", "housing", "kari")
TOLD = [kind for kind in MessageKind if kind not in {MessageKind.RECEIVED, *WITHOUT_CASE}]
SCOPES = (frozenset({Scope.FOLLOW, Scope.CALLED}), frozenset({Scope.MESSAGES}))
WISHES = [
    ContactWishes(reach=reach, phone=PHONE, email=EMAIL, may_say_who=say_who)
    for reach, say_who in product(Reach, (False, True))
]


@pytest.fixture
def desk(app, clock) -> Agencies:
    parts = app.extensions["nav_access"]
    return Agencies(parts.database, parts.keyring, clock())


def send(post: Post, **changes) -> int:
    """Send a request for a person; return the case's id."""
    receipt = post.desk.send(**changes)
    with post.installation.database.read_session() as session:
        found = select(Consent.case_id).order_by(Consent.id.desc()).limit(1)
        post.numbers.append(receipt.number)
        return session.scalars(found).one()


def to_agency(post: Post) -> list:
    return [each for each in post.email.taken if each.address.endswith("@agency.example")]


@pytest.mark.postgres_in_audit
def test_only_by_consent_and_never_what_it_is_about(post: Post) -> None:
    cases = {
        send(post, scope=scope, wishes=wishes, needs=frozenset({Need.FOOD, Need.HOUSING})): scope
        for scope, wishes in product(SCOPES, WISHES)
    }
    for case_id, kind in product(cases, TOLD):
        post.tell(case_id, kind)
    while post.send().total():
        pass
    told = to_agency(post)
    rows = {row.once: row.case_id for row in post.rows()}
    assert {Scope.MESSAGES in cases[rows[each.once]] for each in told} == {True}
    allowed = [scope for scope in cases.values() if Scope.MESSAGES in scope]
    assert len(told) == len(allowed) * len(TOLD)
    said = " ".join(f"{each.wording}".casefold() for each in told)
    assert [word for word in NEEDS if f" {word}" in said] == []


def test_no_more_once_it_ends_not_even_what_was_queued(post: Post) -> None:
    case_id = send(post)
    post.tell(case_id, MessageKind.MISSED_CALL)
    with post.installation.database.read_session() as session:
        consent_id = session.scalars(select(Consent.id)).one()
    post.desk.act(service.end_by_person, post.numbers[-1], consent_id)
    post.send()
    assert to_agency(post) == []
    copied = [row for row in post.rows() if "consent" in row.detail]
    assert {row.state for row in copied} == {MessageState.WITHHELD}


def test_it_stops_with_its_time_and_with_the_membership(post: Post) -> None:
    case_id = send(post)
    post.tell(case_id, MessageKind.MISSED_CALL)
    with post.installation.database.unit_of_work() as session:
        post.desk.leave(session, post.desk.ida)
    post.send()
    assert to_agency(post) == []
    post.clock.advance(days=31)
    post.tell(case_id, MessageKind.FALLBACK)
    post.send()
    assert to_agency(post) == []


def test_it_says_why_it_came_and_names_the_case(post: Post) -> None:
    post.tell(send(post), MessageKind.MISSED_CALL)
    post.send()
    (mail,) = to_agency(post)
    number = post.numbers[-1]
    assert f"{number[:4]} {number[4:]}" in mail.wording.subject
    assert "http" not in mail.wording.text
