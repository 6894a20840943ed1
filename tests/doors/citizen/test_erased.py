"""A case erased while its page is open, and what the privacy page says of when that is."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, update

from nav_access.core.clock import OSLO
from nav_access.erasing.cases import erase_asked
from nav_access.erasing.service import run_retention
from nav_access.feedback.codes import FeedbackState
from nav_access.feedback.models import Feedback
from nav_access.intake import handling
from nav_access.intake.codes import CloseReason, ContactOutcome
from nav_access.intake.models import Case, CaseEvent
from nav_access.web.citizen.case import _ACTIONS
from tests.desk_factory import add_staff, submission
from tests.page import page, without_token

TYPED = {"message": "Mer", "phone": "40 00 00 01", "to": "en", "office": "nav-granvik"}
SAID = {
    "closed": r"what you wrote (\d+) months after the office closes",
    "untouched": r"nobody touches for (\d+) years",
    "codes": r"We erase them after (\d+) years",
    "feedback": r"about the pages we erase (\d+) months after",
}


pytestmark = pytest.mark.postgres_in_audit


def test_whatever_is_pressed_the_answer_is_that_of_an_unknown_code(citizen, site):
    code = citizen.code()
    values = page(citizen.open(code, "en")).form().values
    with site.database.unit_of_work() as session:
        assert erase_asked(session, code[:9].replace(" ", ""), actor="cli", now=site.clock())
    hidden = {name: values[name][0] for name in ("case", "token")}
    unknown = page(citizen.client.post("/en/case", data={"code": "0" * 20}))
    for act in (*_ACTIONS, "no such act"):
        pressed = citizen.client.post("/en/case", data={**hidden, **TYPED, "do": act})
        assert pressed.status_code < 500
        assert page(pressed).title == unknown.title
    assert not [event for event in citizen.kinds() if event != "received"]


def test_pressed_while_it_is_erased_there_is_an_answer(citizen, site):
    for words in ("En", "To", "Tre"):
        code = citizen.code()
        form = page(citizen.open(code, "en")).form().fill(message=words)
        start = Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            erased = pool.submit(erase, site, code, start)
            answer = pool.submit(press, form, citizen, start).result()
        assert erased.result() or answer.status_code == 200
        assert answer.status_code in {200, 422}


def erase(site, code, start):
    """Erase a case, again while somebody is at work in it."""
    number = code[:9].replace(" ", "")
    start.wait()
    for _ in range(50):
        with site.database.unit_of_work() as session:
            if erase_asked(session, number, actor="cli", now=site.clock()):
                return True
    return False


def press(form, citizen, start):
    start.wait()
    return form.submit(citizen.client, "add")


def test_an_undo_too_late_and_after_the_erasing_are_one_answer(citizen, site, clock):
    code = citizen.code()
    asked = page(page(citizen.open(code, "en")).form().submit(citizen.client, "withdraw"))
    withdrawn = page(asked.form().submit(citizen.client, "withdraw-now"))
    clock.advance(hours=1, seconds=1)
    late = withdrawn.form().submit(citizen.client, "undo")
    assert run_retention(site.database, site.keyring, now=clock()).done["cases"] == 1
    gone = withdrawn.form().submit(citizen.client, "undo")
    assert (late.status_code, without_token(late)) == (gone.status_code, without_token(gone))


def said(citizen, name):
    """Return the months or years the privacy page says."""
    return int(re.search(SAID[name], citizen.page("/en/privacy").text)[1])


def months_after(at, months):
    """Return the same day some months later, by the calendar."""
    local = at.astimezone(OSLO)
    years, month = divmod(local.month - 1 + months, 12)
    return datetime(local.year + years, month + 1, local.day, local.hour, tzinfo=OSLO)


def lasts(site, wanted, begins, months):
    """Say whether something is there shortly before so many months, and gone shortly after."""
    end = months_after(begins, months)
    found = []
    for at in (end - timedelta(days=5), end + timedelta(days=5)):
        run_retention(site.database, site.keyring, now=at)
        with site.database.read_session() as session:
            found.append(session.scalar(wanted) is not None)
    return found == [True, False]


def test_what_is_closed_is_erased_when_the_page_says(citizen, site, clock):
    number = citizen.code()[:9].replace(" ", "")
    with site.database.unit_of_work() as session:
        office_id = session.scalar(select(Case.office_id))
        who = add_staff(session, "Anne", office_id, now=clock())
    given = {"keyring": site.keyring, "now": clock()}
    answered = (ContactOutcome.ANSWERED, None), (CloseReason.HELPED, None)
    for seen, verb in enumerate((handling.log_contact, handling.close_case), 1):
        turn = handling.Turn(who, number, seen, submission(site.keyring))
        with site.database.unit_of_work() as session:
            verb(session, turn, *answered[seen - 1], **given)
    assert lasts(site, select(Case.wrapped_key), clock(), said(citizen, "closed"))


def test_what_nobody_touches_is_erased_when_the_page_says(citizen, site, clock):
    citizen.code()
    assert lasts(site, select(Case.wrapped_key), clock(), 12 * said(citizen, "untouched"))


def test_figures_go_when_the_page_says(citizen, site, clock):
    citizen.code()
    with site.database.unit_of_work() as session:
        erase_asked(session, citizen.cases()[0].number, actor="cli", now=clock())
    assert lasts(site, select(CaseEvent.id), clock(), 12 * said(citizen, "codes"))


def test_words_about_the_pages_go_when_the_page_says(citizen, site, clock):
    values = {"once": "x", "language": "nb", "said_sealed": b"-", "received_utc": clock()}
    with site.database.unit_of_work() as session:
        session.add(Feedback(**values, state=FeedbackState.WAITING))
        session.flush()
        session.execute(update(Feedback).values(settled_utc=clock()))
    assert lasts(site, select(Feedback.id), clock(), said(citizen, "feedback"))
