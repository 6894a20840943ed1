"""Notes kept from some colleagues, on every page that shows what was written."""

import pytest

from nav_access.staff.codes import Side
from nav_access.staff.models import Membership
from tests.page import page

WORDS = "Innlagt siden mandag."


@pytest.fixture
def number(desk):
    return desk.receive().number


@pytest.fixture
def address(number):
    return f"/desk/cases/{number}"


def on_side(desk, name, side):
    browser = desk.at_work(name)
    with desk.database.unit_of_work() as session:
        mine = session.query(Membership).filter_by(staff_id=browser.who.staff_id)
        mine.update({"side": side})
    return browser


def keep(browser, address, keep="municipal", keep_reason="health", note=WORDS):
    asked = page(browser.get(address)).form('form:has(input[name="do"][value="note"])')
    return asked.fill(note=note, keep=keep, keep_reason=keep_reason).submit(browser)


def test_others_see_that_there_is_one_and_why(desk, address):
    mona, stein = on_side(desk, "Mona", Side.MUNICIPAL), on_side(desk, "Stein", Side.STATE)
    assert keep(mona, address).status_code == 303
    assert WORDS in page(mona.get(address)).text
    shown = page(stein.get(address), lang="en").text
    assert WORDS not in shown
    for words in ("Mona wrote a note.", "Health: the duty of confidentiality", "Ask whoever wrote"):
        assert words in shown


def test_no_page_of_the_case_shows_its_words(desk, address):
    mona, stein = on_side(desk, "Mona", Side.MUNICIPAL), on_side(desk, "Stein", Side.STATE)
    keep(mona, address)
    for page_of in ("", "/call", "/sides", "/plan", "/booking"):
        answer = stein.get(address + page_of)
        assert answer.status_code == 200
        assert WORDS not in answer.get_data(as_text=True)


def test_who_had_the_page_open_is_not_told_its_words_either(desk, address):
    mona, stein = on_side(desk, "Mona", Side.MUNICIPAL), on_side(desk, "Stein", Side.STATE)
    asked = page(stein.get(address)).form('form:has(input[name="do"][value="claim"])')
    keep(mona, address)
    sent = asked.submit(stein)
    assert sent.status_code == 409
    assert WORDS not in sent.get_data(as_text=True)


def test_a_side_is_offered_only_to_those_who_work_for_it(desk, address):
    stein = on_side(desk, "Stein", Side.STATE)
    asked = page(stein.get(address)).form('form:has(input[name="do"][value="note"])')
    assert asked.choices("keep") == {"", "state", "managers"}
    bold = asked.fill(note=WORDS, keep_reason="health")
    bold.values["keep"] = ["municipal"]
    sent = bold.submit(stein)
    assert sent.status_code == 422
    assert set(page(sent, lang="en").errors) == {"keep"}


@pytest.mark.parametrize(
    ("kept_for", "why", "field"), [("managers", "", "keep_reason"), ("", "health", "keep")]
)
def test_both_or_neither(browser, address, kept_for, why, field):
    sent = keep(browser, address, kept_for, why)
    assert sent.status_code == 422
    shown = page(sent, lang="en")
    assert set(shown.errors) == {field}
    assert shown.all("details[open] select")


def test_choices_are_not_shown_as_words_to_save(browser, address):
    asked = page(browser.get(address)).form('form:has(input[name="do"][value="note"])')
    filled = asked.fill(note=WORDS, keep="managers", keep_reason="safety")
    browser.delete_cookie("desk", path="/desk")
    shown = page(filled.submit(browser))
    assert WORDS in shown.text
    assert "managers" not in shown.text
