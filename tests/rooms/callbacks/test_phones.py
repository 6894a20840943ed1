"""What the clocks and a wrong number must not do to somebody's phone."""

from datetime import datetime, timedelta

import pytest

from nav_access.core.clock import to_oslo
from nav_access.intake.codes import ContactOutcome, Reach
from nav_access.intake.messages import prepare
from nav_access.intake.safe_contact import DAY_BEGINS, DAY_ENDS, decide_moment
from nav_access.messaging.codes import MessageKind
from nav_access.messaging.service import claim_due
from tests.callback_lives import Lives

ANNES_PHONE = "+4740000000"


@pytest.fixture
def texted(lives: Lives, now: datetime) -> Lives:
    """The person is to be texted, and may be told who we are."""
    lives.begin(now, reach=Reach.SMS, phone=ANNES_PHONE, may_say_who=True)
    return lives


def left_to_say(lives: Lives) -> list[MessageKind]:
    """Return what would go to the person, sooner or later."""
    with lives.database.unit_of_work() as session:
        claims = claim_due(session, now=lives.now + timedelta(days=40), limit=50)
        keys, now = lives.keyring, lives.now
        return [each.kind for each in claims if prepare(session, each, keyring=keys, now=now)]


@pytest.mark.parametrize("hours_later", [5, 14, 18])
def test_no_clock_lights_up_a_phone_at_night(texted: Lives, hours_later: int) -> None:
    texted.log(ContactOutcome.NO_ANSWER)
    texted.desk.now += timedelta(hours=hours_later)
    texted.close_on(to_oslo(texted.now).date())
    texted.run()
    told = [each for each in texted.messages() if each.kind is MessageKind.MOVED]
    due = [max(each.due_utc, texted.now) for each in told]
    moments = [decide_moment(m.kind, m.created_utc, at) for m, at in zip(told, due, strict=True)]
    assert moments
    assert all(DAY_BEGINS <= to_oslo(each).time() < DAY_ENDS for each in moments)


def test_no_new_time_is_texted_to_who_has_spoken_with_us_since(texted: Lives) -> None:
    texted.log(ContactOutcome.NO_ANSWER)
    texted.desk.now += timedelta(hours=4)
    texted.run()
    assert MessageKind.MOVED in {each.kind for each in texted.messages()}
    texted.log(ContactOutcome.ANSWERED)
    assert left_to_say(texted) == [MessageKind.RECEIVED]


def test_nothing_more_is_texted_to_a_number_that_is_somebody_elses(texted: Lives) -> None:
    texted.book(30)
    texted.log(ContactOutcome.WRONG_NUMBER)
    assert left_to_say(texted) == []


def test_a_new_number_is_texted_again(texted: Lives) -> None:
    texted.book(30)
    texted.log(ContactOutcome.WRONG_NUMBER)
    texted.wish(texted.wishes().best_time, Reach.SMS, "+4741111111")
    assert MessageKind.REMINDER_SAME_DAY in left_to_say(texted)
