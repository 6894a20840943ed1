"""What the desk sees of a request by text: every word, and that the sender is not verified."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from nav_access.intake.codes import CaseStatus
from nav_access.intake.models import Case
from nav_access.offices.models import Office
from tests.desk_factory import add_staff, begin_session
from tests.doors.sms.conftest import Phone
from tests.page import page

TIGRINYA = "ሰላም፡ ሓገዝ የድልየኒ። መብራህቲ ተቖሪጹ ኣሎ፤ ውላደይ ሓሚሙ።"
NEW = "New text message"
UNVERIFIED = "Unverified sender: it came by text. We do not know who wrote it."


@pytest.fixture
def reader(phone: Phone, now: datetime) -> FlaskClient:
    """Somebody at the contact centre, where requests without a known place go."""
    with phone.site.database.unit_of_work() as session:
        centre = session.scalars(select(Office.id).where(Office.slug == "contact-centre")).one()
        token = begin_session(session, add_staff(session, "Eli", centre, now=now), now)
    browser = phone.app.test_client()
    browser.set_cookie("desk", f"en.{token}", path="/desk")
    return browser


def test_it_is_in_the_same_queue(phone: Phone, reader: FlaskClient):
    phone.text(TIGRINYA, "3", "2", "0150")
    (case,) = phone.cases()
    assert f"/desk/cases/{case.number}" in reader.get("/desk/").text


def test_own_words_are_shown_letter_for_letter_and_the_sender_as_unverified(
    phone: Phone, reader: FlaskClient
):
    phone.text(TIGRINYA, "3", "2", "0150")
    shown = page(reader.get(f"/desk/cases/{phone.cases()[0].number}"))
    assert TIGRINYA in shown.text
    assert UNVERIFIED in shown.text
    assert "Sent by text message" in shown.text


def test_a_later_text_is_a_note_that_says_nobody_has_verified_it(phone: Phone, reader: FlaskClient):
    phone.text("hei", "3", "2", "0150", TIGRINYA)
    shown = page(reader.get(f"/desk/cases/{phone.cases()[0].number}"))
    assert "A text came from the person's number. We do not know who wrote it." in shown.text
    assert TIGRINYA in shown.text


def test_the_queue_marks_a_new_text_until_somebody_acts(phone: Phone, reader: FlaskClient):
    phone.text("hei", "3", "2", "0150")
    address = f"/desk/cases/{phone.cases()[0].number}"
    assert NEW not in reader.get("/desk/").text
    for _ in range(2):
        phone.text(TIGRINYA)
        assert NEW in reader.get("/desk/").text
        note = page(reader.get(address)).form('form:has(input[name="do"][value="note"])')
        assert note.fill(note="Lest.").submit(reader).status_code == 303
        assert NEW not in reader.get("/desk/").text


def test_who_asked_again_by_text_has_waited_since_then(phone: Phone, reader: FlaskClient):
    phone.text("hei", "3", "2", "0150")
    call = page(reader.get(f"/desk/cases/{phone.cases()[0].number}/call"))
    spoken = call.form('form:has(input[name="do"][value="contact"])').fill(outcome="answered")
    assert spoken.submit(reader).status_code == 303
    phone.clock.advance(minutes=10)
    phone.text("thanks")
    phone.clock.advance(minutes=10)
    phone.text("no food today")
    assert "Unanswered for 0 minutes" in page(reader.get("/desk/")).text


def test_staff_see_that_no_more_texts_are_wanted(phone: Phone, reader: FlaskClient):
    phone.text("hei", "3", "2", "0150", "STOP")
    shown = page(reader.get(f"/desk/cases/{phone.cases()[0].number}"))
    assert "The person has asked for no more texts." in shown.text


def test_a_text_that_reopened_a_case_says_so(phone: Phone, reader: FlaskClient):
    phone.text("hei", "3", "2", "0150")
    with phone.site.database.unit_of_work() as session:
        session.execute(update(Case).values(status=CaseStatus.CLOSED))
    phone.text("still dark here")
    shown = page(reader.get(f"/desk/cases/{phone.cases()[0].number}"))
    assert "The case had lapsed: it was closed, or answered a while ago." in shown.text
