"""One request from the evening it is made to the end of its help, by all who have a part in it.

A refugee service sends it with consent by telephone interpreter while the office is closed; the
contact centre's message escalates; the duty line answers; the municipal side hands the housing
part to the state side and back; the person ends the agency's access. At each step each of them
sees what they should and no more.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from nav_access.core.clock import OSLO
from tests.checks.browser import chromium
from tests.conftest import FixedClock
from tests.journeys.actors import Actor, Stage, open_stage
from tests.journeys.asking import CODE

pytestmark = pytest.mark.postgres_in_audit

EVENING = datetime(2026, 11, 23, 19, 40, tzinfo=OSLO)
MORNING = datetime(2026, 11, 24, 9, 5, tzinfo=OSLO)
AGENCY = "Flyktningtjenesten"
NAME = "Oksana Eksempel"
SECRET = "Only the office is to know that the landlord comes on Friday."
STEP = timedelta(minutes=20)


@pytest.fixture
def stage(database_url: str, tmp_path: Path) -> Iterator[Stage]:
    """The sample, in the evening."""
    with (
        chromium() as browser,
        open_stage(tmp_path, database_url, browser, FixedClock(EVENING)) as stage,
    ):
        yield stage


def send_for_the_person(farid: Actor) -> str:
    """Fill in the form with consent by telephone interpreter; return the person's code."""
    farid.open("/partner/new")
    farid.choose(need="housing", acute="no_food_today", relation="contact", told="yes")
    farid.choose(way="interpreter_by_phone", may="follow", interpreter="yes")
    farid.write(place="0150", phone="90 00 00 00", name=NAME, speak="Ukrainian")
    farid.press("Send for the person")
    found = CODE.search(farid.text)
    assert found, farid.text
    assert farid.sees("You act for", NAME, "you cannot see it again")
    return found.group()


def nobody_else_knows(stage: Stage, number: str) -> None:
    """Another agency, another office and who runs the site find nothing of it."""
    assert stage.enter("Petra").sign_in().open(f"/partner/cases/{number}") == 404
    assert stage.enter("Bo").sign_in().open(f"/desk/cases/{number}") == 404
    ada = stage.enter("Ada").sign_in()
    assert ada.open(f"/desk/cases/{number}") in (403, 404) or "Sign in" in ada.text
    assert not ada.sees(NAME)


def write_to_the_office(olav: Actor, number: str) -> None:
    """Look the caller up by their number, and leave the office a message."""
    assert olav.open(f"/contact-centre/cases/{number}") == 404
    olav.open("/contact-centre/")
    olav.write(asked=number).choose(reason="caller_rang").press("Look")
    assert olav.sees("Case", "Nobody has tried to reach the person yet")
    assert not olav.sees(NAME)
    olav.follow("Write to the office")
    assert olav.sees("Nobody at the office reads messages now")
    olav.write(text="No food for the children. Ring first thing.").choose(urgency="0")
    olav.tab.locator('[name="deadline"]:not([value=""])').first.check()
    olav.press("Send to the office")
    assert olav.sees("Not acknowledged yet")


def wait_until_told(stage: Stage, olav: Actor, words: str) -> None:
    """Let the morning go on until the operator sees who was told; not beyond the morning."""
    stage.at(MORNING)
    olav.sign_in()
    for _ in range(9):
        olav.open("/contact-centre/")
        if olav.sees(words):
            return
        stage.at(stage.clock() + STEP)
    raise AssertionError(olav.text)


def put_through(olav: Actor, number: str) -> None:
    """Put the caller through to the office's own line, which answers."""
    olav.write(asked=number).choose(reason="caller_rang").press("Look")
    olav.follow("Put through to")
    assert olav.sees("Say the case number")
    olav.tab.locator('button[name="outcome"][value="answered"]').press("Enter")


def acknowledge_and_answer(anne: Actor, number: str) -> None:
    """Read the message with one's own name, speak with the person, and keep a note."""
    anne.open("/desk/messages")
    anne.follow("Message about case").press("I have read this. It is with us now")
    anne.open(f"/desk/cases/{number}/call")
    anne.tab.locator('button[name="outcome"][value="answered"]').press("Enter")
    anne.open(f"/desk/cases/{number}")
    assert anne.sees(NAME)
    note = anne.tab.locator('form:has([name="note"])')
    note.locator('[name="note"]').fill(SECRET)
    note.locator("button").first.press("Enter")
    anne.open(f"/desk/cases/{number}")
    assert anne.sees(SECRET)


def offer_housing(giver: Actor, number: str, to_side: str) -> None:
    """Offer the housing part to the other side; the giver has it until it is taken."""
    giver.open(f"/desk/cases/{number}/sides")
    giver.choose(needs="housing", to_side=to_side)
    giver.tab.locator('[name="offer_reason"]:not([value=""])').first.check()
    giver.press("Offer it")
    assert giver.sees("Take the offer back")


def take_housing(taker: Actor) -> None:
    """Find the offer and take it."""
    taker.open("/desk/offers")
    taker.follow("Answer the offer")
    taker.press("Take it over")
    assert taker.sees("Nothing waits for an answer")


def test_a_whole_life(stage: Stage) -> None:
    farid = stage.enter("Farid").sign_in()
    code = send_for_the_person(farid)
    number = code.replace(" ", "")[:8]
    nobody_else_knows(stage, number)
    olav = stage.enter("Olav").sign_in()
    write_to_the_office(olav, number)
    wait_until_told(stage, olav, "The manager was told")
    put_through(olav, number)
    anne = stage.enter("Anne").sign_in()
    acknowledge_and_answer(anne, number)
    olav.open(f"/contact-centre/cases/{number}")
    assert olav.sees("Anne Eksempel has read it")
    assert not olav.sees(SECRET)
    stein = stage.enter("Stein").sign_in()
    offer_housing(anne, number, "state")
    take_housing(stein)
    offer_housing(stein, number, "municipal")
    take_housing(anne)
    the_person_ends_the_help(stage, farid, code)


def the_person_ends_the_help(stage: Stage, farid: Actor, code: str) -> None:
    """They see who helps and end it; the agency's open window has nothing from then on."""
    number = code.replace(" ", "")[:8]
    farid.sign_in().open(f"/partner/cases/{number}")
    assert farid.sees(AGENCY, "Attempts")
    assert not farid.sees(SECRET)
    person = stage.enter()
    person.open("/en/case")
    person.write(code=code).tab.locator("form button").first.press("Enter")
    assert person.sees(AGENCY)
    assert not person.sees(SECRET)
    person.press("End their access")
    assert not person.button("End their access").count()
    farid.write(words="One thing more").press("Send")
    assert not farid.sees("Attempts")
    assert farid.open(f"/partner/cases/{number}") == 404
    farid.open("/partner/")
    assert farid.sees("Nobody yet")
