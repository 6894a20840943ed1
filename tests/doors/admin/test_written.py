"""Those who run the site read what people write about the pages, and answer it once."""

import pytest
from sqlalchemy import select

from nav_access.core.audit_tables import ENTRIES
from nav_access.core.settings import Settings
from nav_access.feedback.codes import FeedbackState
from nav_access.feedback.models import Feedback
from nav_access.messaging.codes import MessageChannel, MessageState
from nav_access.messaging.models import OutboxMessage
from nav_access.web.messages.feedback import look_after_feedback
from nav_access.web.messages.send import send_due
from tests.doors.admin.conftest import judged
from tests.feedback_factory import EMAIL, PHONE, WORDS, write

ANSWER = "Takk! Knappen er på plass igjen.\nHilsen NAV"


class Carrier:
    """A way out that keeps what it is given."""

    is_real = True

    def __init__(self):
        self.taken = []

    def carry(self, parcel):
        self.taken.append(parcel)


@pytest.fixture
def written(admin):
    """Stores what somebody wrote; returns the path of its page."""

    def put(**said):
        with admin.database.unit_of_work() as session:
            return f"written/{write(session, admin.keyring, admin.clock(), **said)}"

    return put


@pytest.fixture
def send(app, admin):
    """Sends what is due; returns what left by e-mail and text."""

    def leave():
        carriers = {channel: Carrier() for channel in MessageChannel}
        with app.app_context():
            send_due(app.extensions["nav_access"], admin.clock(), carriers=carriers)
        return {channel: one.taken for channel, one in carriers.items() if one.taken}

    return leave


def rows(admin):
    with admin.database.read_session() as session:
        return list(session.scalars(select(Feedback).order_by(Feedback.id)))


def test_nothing_written_says_so(admin):
    assert "Nobody waits for an answer." in admin.page("written").text


def test_what_was_written_is_read_and_that_is_written_down(admin, written):
    path = written()
    assert "1 person has written about the pages and waits." in admin.page().text
    text = judged(admin.page("written").follow(admin.ada, LINE)).text
    assert [one for one in (WORDS, "/nb/help", EMAIL) if one not in text] == []
    assert "The person was promised an answer before Monday 7 December." in text
    with admin.database.read_session() as session:
        noted = session.execute(select(ENTRIES.c.actor, ENTRIES.c.action)).all()
    assert (f"staff:{admin.ada.who.staff_id}", "feedback.read") in noted
    assert path == f"written/{rows(admin)[0].id}"


LINE = "09:30 today, norsk bokmål"


def test_an_answer_leaves_by_e_mail_in_the_frame_of_the_persons_language(admin, written, send):
    path = written(language="ar")
    assert admin.send(path, "answer", answer=ANSWER).location == "/admin/written"
    [[parcel]] = send().values()
    assert (parcel.address, "Hilsen NAV" in parcel.wording.text) == (EMAIL, True)
    assert parcel.wording.subject
    assert "The answer was sent." in admin.page(path).text


def test_an_answer_leaves_by_text_where_that_is_all_there_is(admin, written, send):
    admin.send(written(email=None, phone=PHONE), "answer", answer=ANSWER)
    [(channel, [parcel])] = send().items()
    assert (channel, parcel.address) == (MessageChannel.SMS, PHONE)
    assert "nav access" not in parcel.wording.text.casefold()


def test_who_left_both_is_answered_the_way_that_is_chosen(admin, written, send):
    admin.send(written(phone=PHONE), "answer", answer=ANSWER, way="sms")
    assert list(send()) == [MessageChannel.SMS]


def test_a_text_is_short(admin, written):
    asked = admin.read(written(phone=PHONE), "answer", answer="x" * 301, way="sms")
    assert asked.errors["answer"].endswith("A text message is short. Write at most 300 letters.")
    assert admin.send(written(), "answer", answer="x" * 301).status_code == 303


def test_an_empty_answer_is_none(admin, written):
    asked = admin.read(written(), "answer", answer=" ")
    assert asked.errors["answer"].endswith("Write the answer.")


def test_an_address_that_is_not_there_is_not_written_to(admin, written):
    form = admin.form(written(), "answer").fill(answer=ANSWER)
    form.values["way"] = ["sms"]
    assert "Choose the other way." in judged(form.submit(admin.ada)).text
    assert rows(admin)[0].state is FeedbackState.WAITING


@pytest.mark.parametrize(("act", "said"), [("phoned", "by phone"), ("noted", "no answer was")])
def test_it_can_be_answered_by_phone_or_need_none(admin, written, act, said):
    path = written(phone=PHONE)
    admin.send(path, act)
    assert said in admin.page("written").text
    assert "Ada" in admin.page(path).text


def test_who_left_no_address_is_not_answered(admin, written):
    shown = admin.page(written(email=None))
    assert "Mend what can be mended." in shown.text
    assert not shown.all('input[value="answer"], input[value="phoned"]')


def test_the_second_of_two_is_told_and_nothing_more_leaves(admin, written, send):
    path = written()
    late = admin.form(path, "answer", admin.unn).fill(answer="For sent")
    admin.send(path, "answer", answer=ANSWER)
    assert "Somebody has answered this already." in judged(late.submit(admin.unn)).text
    [[parcel]] = send().values()
    assert "For sent" not in parcel.wording.text


@pytest.fixture
def lost(admin, written):
    """The page of an answer that did not arrive."""
    path = written(phone=PHONE)
    admin.send(path, "answer", answer=ANSWER)
    with admin.database.unit_of_work() as session:
        session.scalars(select(OutboxMessage)).one().state = MessageState.FAILED
    admin.clock.advance(minutes=1)
    return path


def test_an_answer_that_did_not_arrive_is_sent_the_other_way(admin, lost, send):
    asked = admin.form(lost, "answer")
    assert asked.values["answer"] == [ANSWER]
    late = admin.form(lost, "answer", admin.unn).fill(answer="For sent")
    assert asked.fill(way="sms").submit(admin.ada).status_code == 303
    assert "Somebody has answered this already." in judged(late.submit(admin.unn)).text
    [(channel, [parcel])] = send().items()
    assert (channel, parcel.address, "Hilsen NAV" in parcel.wording.text) == ("sms", PHONE, True)
    assert "The answer was sent." in admin.page(lost).text
    assert not admin.page(lost).all('input[value="answer"], input[value="phoned"]')


def test_an_answer_that_did_not_arrive_is_given_by_phone(admin, lost):
    for page in ("written", lost):
        assert "The answer did not arrive." in admin.page(page).one(".bad").text
    admin.send(lost, "phoned")
    assert not admin.page("written").all(".bad")
    assert rows(admin)[0].state is FeedbackState.PHONED


def test_neither_the_answer_nor_the_address_lies_open(admin, written):
    admin.send(written(), "answer", answer=ANSWER)
    with admin.database.read_session() as session:
        tables = (Feedback.__table__, OutboxMessage.__table__)
        stored = str([session.execute(select(table)).all() for table in tables])
    assert not [one for one in ("Takk", "kari", WORDS) if one in stored]


def test_what_is_not_there_is_not_there(admin):
    assert admin.ada.get("/admin/written/9").status_code == 404


@pytest.fixture
def look_after(app, admin):
    def look():
        with app.app_context():
            return look_after_feedback(app.extensions["nav_access"], admin.clock())

    return look


def test_what_waits_for_a_week_is_red_and_told_to_all_who_run_the_site(
    admin, written, look_after, send
):
    written()
    assert look_after() == 0
    admin.clock.advance(days=7)
    assert look_after() == 1
    [told] = send().values()
    assert {one.address for one in told} == {"ada@example.org", "unn@example.org"}
    assert {f"{count_in(one)}" for one in told} == {"1"}
    liv = admin.administrator("Liv")
    assert [admin.page(path, liv).all(".bad") != [] for path in ("written", "")] == [True, True]


def count_in(parcel):
    return next(word for word in parcel.wording.text.split() if word.isdigit())


def test_it_is_told_once_a_week_and_no_more_when_answered(admin, written, look_after):
    path = written()
    admin.clock.advance(days=7)
    assert [look_after(), look_after()] == [1, 0]
    admin.clock.advance(days=7)
    assert look_after() == 1
    admin.send(path, "noted", admin.administrator("Liv"))
    admin.clock.advance(days=7)
    assert look_after() == 0


def test_an_address_that_was_set_is_told_alone(app, admin, written, look_after, send, settings):
    set_to = Settings.from_environment(
        {
            "NAV_INSTANCE": str(settings.instance),
            "NAV_TRUSTED_HOSTS": "localhost",
            "NAV_FEEDBACK_MAIL": "nettsted@example.org",
        }
    )
    site = app.extensions["nav_access"]
    object.__setattr__(site, "settings", set_to)
    written()
    admin.clock.advance(days=8)
    look_after()
    assert [one.address for one in send()[MessageChannel.EMAIL]] == ["nettsted@example.org"]


def test_what_is_old_is_deleted(admin, written, look_after):
    admin.send(written(), "noted")
    written()
    admin.clock.advance(days=90)
    look_after()
    assert len(rows(admin)) == 2
    admin.clock.advance(days=1)
    look_after()
    assert [one.state for one in rows(admin)] == [FeedbackState.WAITING]
    admin.clock.advance(days=365)
    look_after()
    assert rows(admin) == []
