"""When the office has given a new code, what the old one opened is shut: pages and receipts."""

import pytest

from nav_access.core.references import group_code
from nav_access.intake.handling import Turn
from nav_access.intake.new_code import give_code
from tests.desk_factory import add_staff, submission
from tests.doors.citizen.conftest import QUIET, code_on
from tests.page import page


@pytest.fixture
def give(citizen, keyring, now):
    """Gives the only case a new code, and returns it as it is typed."""

    def run():
        (case,) = citizen.cases()
        with citizen.database.unit_of_work() as session:
            who = add_staff(session, "Anne", case.office_id, now=now)
            turn = Turn(who, case.number, case.version, submission(keyring))
            code = give_code(session, turn, "Viste passet.", keyring=keyring, now=now)
        return group_code(code.number, code.key)

    return run


def test_a_page_the_old_code_opened_asks_for_the_code(citizen, give):
    opened = page(citizen.open(citizen.code(QUIET), "en"))
    give()
    for button in ("add", "contact", "withdraw"):
        shut = page(opened.form().fill(message="Sulten").submit(citizen.client, button))
        assert "Write the code once more." in shut.text
        assert shut.form("form:has([name=code])").values["message"] == ["Sulten"]


def test_the_new_code_opens_and_the_page_goes_on(citizen, give):
    old, new = citizen.code(QUIET), give()
    assert page(citizen.open(old, "en")).errors
    opened = page(citizen.open(new, "en"))
    assert "You got a new case code." in opened.text
    for button in ("contact", "withdraw", "book-callback"):
        asked = opened.form().submit(citizen.client, button)
        assert "Write the code once more." not in page(asked).text


def test_taking_the_case_back_with_a_new_code_can_be_undone(citizen, give):
    citizen.code(QUIET)
    opened = page(citizen.open(give(), "en"))
    asked = page(opened.form().submit(citizen.client, "withdraw"))
    done = page(asked.form().submit(citizen.client, "withdraw-now"))
    assert "active again" in page(done.form().submit(citizen.client, "undo")).text


def test_the_same_form_again_shows_no_dead_code(citizen, give):
    values = {**QUIET, "token": citizen.token("en")}
    assert code_on(page(citizen.ask(values, "en")))
    give()
    again = page(citizen.ask(values, "en"))
    assert "The code you had before does not work any more." in again.text
    assert not again.all("#code")


def test_whoever_lost_the_code_reads_whom_to_ring(citizen):
    entry = citizen.page("/en/case")
    assert "Have you lost the code?" in entry.text
    assert entry.one("main").select("a[href^='tel:']")
