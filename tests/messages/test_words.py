"""What messages say: short enough, in order in every script, never the need and never the key."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest
from flask import Flask

from nav_access.callbacks.codes import PlanReason
from nav_access.core.i18n.locales import Direction, by_tag, list_offered
from nav_access.core.settings import Settings
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import Reach
from nav_access.intake.messages import Recipient
from nav_access.messaging.codes import WITHOUT_CASE, MessageChannel, MessageKind
from nav_access.messaging.segments import Alphabet, count_segments
from nav_access.web.messages.words import NO_BREAK, Wording, write
from tests.conftest import MONDAY_MORNING
from tests.messages.conftest import PHONE, Post

NUMBER = "12345674"
IN_GSM = {"nb", "nn", "en"}
KINDS = [kind for kind in MessageKind if kind not in WITHOUT_CASE]
BOOKED = [kind for kind in KINDS if kind not in (MessageKind.RECEIVED, MessageKind.FALLBACK)]
SAID = [(kind, "office") for kind in BOOKED] + [(kind, "callback") for kind in KINDS]
TAGS = [locale.tag for locale in list_offered()]


def detail_at(starts: datetime, booking: str) -> Mapping[str, str]:
    ends = starts + timedelta(hours=2)
    times = {"starts": starts, "ends": ends, "deadline": ends}
    return {"kind": booking} | {name: at.isoformat() for name, at in times.items()}


@pytest.fixture
def settings(sample_app: Flask) -> Iterator[Settings]:
    """The settings of a site that can speak: words need no database."""
    with sample_app.app_context():
        yield sample_app.extensions["nav_access"].settings


def say(
    settings: Settings,
    tag: str,
    kind: MessageKind,
    booking: str = "office",
    *,
    days: int = 2,
    is_named: bool = False,
    channel: MessageChannel = MessageChannel.SMS,
) -> Wording:
    """Return a message about a time so many days from the site's present."""
    recipient = Recipient(
        channel=channel,
        address=PHONE,
        language=tag,
        may_name_sender=is_named,
        number=NUMBER,
        detail=detail_at(MONDAY_MORNING.replace(hour=12, minute=0) + timedelta(days), booking),
        office="NAV St. Hanshaugen",
        phone="+4755553333",
    )
    return write(recipient, kind, settings, now=MONDAY_MORNING)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize(("kind", "booking"), SAID)
def test_a_text_is_one_segment(
    settings: Settings, tag: str, kind: MessageKind, booking: str
) -> None:
    for days in range(7):
        text = say(settings, tag, kind, booking, days=days).text
        found = count_segments(text)
        assert found.parts == 1, f"{found.places} places: {text}"
        assert (found.alphabet is Alphabet.GSM7) or tag not in IN_GSM


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize(("kind", "booking"), SAID)
def test_a_text_that_says_who_is_two_at_most(
    settings: Settings, tag: str, kind: MessageKind, booking: str
) -> None:
    text = say(settings, tag, kind, booking, days=20, is_named=True).text
    assert count_segments(text).parts <= (1 if tag in IN_GSM else 2), text


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("kind", KINDS)
def test_each_message_has_its_number_in_order(
    settings: Settings, tag: str, kind: MessageKind
) -> None:
    locale = by_tag(tag)
    space = NO_BREAK if locale and locale.direction is Direction.RIGHT_TO_LEFT else " "
    assert f"1234{space}5674" in say(settings, tag, kind).text


@pytest.mark.parametrize("channel", MessageChannel)
def test_every_kind_has_words_for_every_channel(
    settings: Settings, channel: MessageChannel
) -> None:
    said = [say(settings, "en", kind, channel=channel) for kind in KINDS]
    assert all(len(each.text) > 20 for each in said)
    has_subject = {each.subject is not None for each in said}
    assert has_subject == {channel is MessageChannel.EMAIL}


@pytest.mark.parametrize("why", PlanReason)
def test_only_who_was_rung_reads_that_we_did_not_reach_them(
    settings: Settings, why: PlanReason
) -> None:
    detail = {"why": str(why), "fallback": "letter"}
    told = Recipient(
        MessageChannel.SMS, PHONE, "en", may_name_sender=False, number=NUMBER, detail=detail
    )
    said = write(told, MessageKind.FALLBACK, settings, now=MONDAY_MORNING).text
    assert ("We did not reach you." in said) == (why is PlanReason.TRIED)
    assert said.endswith("Case 1234 5674 stays open. Ring us or come.")


def test_a_time_that_has_passed_is_not_promised(settings: Settings) -> None:
    for kind in KINDS:
        assert "12:00" not in say(settings, "en", kind, days=-1).text


def test_neither_need_nor_key_nor_name_is_in_a_message(post: Post) -> None:
    asked = []
    for reach, say_who in product((Reach.SMS, Reach.EMAIL), (False, True)):
        wishes = ContactWishes(reach, PHONE, "kari@example.org", "Kari Ås", may_say_who=say_who)
        case_id = post.receive(wishes)
        for kind in KINDS:
            post.tell(case_id, kind)
            asked.append(f"{kind}-{case_id}")
    post.send()
    left = {each.once: str(each.wording).casefold() for each in post.left}
    assert set(asked) <= set(left)
    forbidden = ("mat", "kari ås", "kjøleskap", *post.keys)
    assert [word for one in asked for word in forbidden if word in left[one]] == []


def test_a_link_is_only_in_an_e_mail_that_says_who(settings: Settings) -> None:
    address = replace(settings.messages, public_url="https://help.example.org")
    known = replace(settings, messages=address)
    named = say(known, "en", MessageKind.RECEIVED, is_named=True, channel=MessageChannel.EMAIL)
    assert "https://help.example.org/en/case" in named.text
    for channel, is_named in product(MessageChannel, (False, True)):
        said = say(known, "en", MessageKind.RECEIVED, is_named=is_named, channel=channel)
        assert said == named or "http" not in said.text
