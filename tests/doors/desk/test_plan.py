"""The plan at the desk: put in, changed, done, taken out, and what the person reads of it."""

import pytest

from nav_access.intake import handling
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import Reach
from nav_access.intake.sides.codes import CommonStep
from nav_access.intake.sides.plan import MOST_STEPS, MOST_WORDS, StepWish, add_step
from nav_access.staff.codes import Side
from tests.page import page


@pytest.fixture
def receipt(desk):
    return desk.receive()


@pytest.fixture
def address(receipt):
    return f"/desk/cases/{receipt.number}/plan"


def form(shown, act):
    return shown.form(f'form:has(input[name="do"][value="{act}"])')


def add(browser, address, **typed):
    filled = form(page(browser.get(address)), "add").fill(**({"side": "both"} | typed))
    return filled.submit(browser)


def person_reads(app, receipt, lang):
    browser = app.test_client(use_cookies=False)
    code = f"{receipt.number}{receipt.key}"
    entry = page(browser.get(f"/{lang}/case")).form()
    return page(entry.fill(code=code).submit(browser), lang=lang)


def test_a_step_is_put_in_and_the_person_reads_it(app, browser, receipt, address):
    assert add(browser, address, common="shelter", side="municipal", day="27.11").status_code == 303
    shown = person_reads(app, receipt, "en").text
    for words in ("Your plan", "We find you a place to stay.", "In charge: the municipality"):
        assert words in shown
    assert "27 November" in shown


def test_own_words_are_shown_as_written_with_their_language(app, browser, receipt, address):
    add(browser, address, words="Vi ringer <utleieren>.", written_in="nb")
    shown = person_reads(app, receipt, "ar")
    assert shown.one('span[lang="nb"][dir="ltr"]').get_text() == "Vi ringer <utleieren>."


def test_many_changes_are_one_line_to_the_person(app, browser, receipt, address):
    for common in ("ring", "meet", "papers"):
        add(browser, address, common=common)
    assert person_reads(app, receipt, "en").text.count("Your plan was changed.") == 1


def test_without_a_step_the_person_sees_no_plan(app, receipt):
    assert "Your plan" not in person_reads(app, receipt, "en").text


def test_changing_is_done_in_the_same_form(browser, address):
    add(browser, address, common="ring")
    link = page(browser.get(address)).all('a[href*="?step="]')[0]["href"]
    asked = form(page(browser.get(link)), "change")
    assert asked.fill(common="meet", day="tomorrow").submit(browser).status_code == 303
    shown = page(browser.get(address)).text
    assert "We meet you." in shown
    assert "tomorrow" in shown


def test_done_not_done_and_taken_out(browser, address):
    add(browser, address, common="ring")
    for act, words in (("done", "It is not done after all"), ("open", "It is done")):
        form(page(browser.get(address)), act).submit(browser)
        assert words in page(browser.get(address)).text
    form(page(browser.get(address)), "remove").submit(browser)
    assert "There is no plan yet." in page(browser.get(address)).text


WRONG = (
    ({}, "words"),
    ({"common": "ring", "words": "Vi ringer."}, "words"),
    ({"common": "ring", "day": "30.2"}, "day"),
    ({"words": "a" * (MOST_WORDS + 1)}, "words"),
)


def test_what_is_missing_or_wrong_is_asked_for(browser, address):
    blank = form(page(browser.get(address)), "add")
    for typed, field in WRONG:
        blank.values = {**blank.values, "common": [""], "words": [""], "day": [""]}
        sent = blank.fill(**({"side": "both"} | typed)).submit(browser)
        assert sent.status_code == 422
        assert set(page(sent, lang="en").errors) == {field}


def test_a_full_plan_says_so(desk, browser, receipt, address):
    for seen in range(1, MOST_STEPS + 1):
        desk.do(add_step, desk.turn(receipt.number, seen), StepWish(Side.BOTH, CommonStep.RING))
    assert not page(browser.get(address)).all('[value="add"]')


def test_somebody_else_acted_and_what_was_typed_stays(desk, browser, receipt, address):
    filled = form(page(browser.get(address)), "add").fill(words="Vi ringer.", side="state")
    desk.do(handling.claim, desk.turn(receipt.number))
    sent = filled.submit(browser)
    assert sent.status_code == 409
    assert form(page(sent, lang="en"), "add").submit(browser).status_code == 303


def test_the_timeline_tells_of_it(browser, receipt, address):
    add(browser, address, common="letter")
    shown = page(browser.get(f"/desk/cases/{receipt.number}"))
    newest = shown.one(".timeline li:first-child").get_text()
    assert "put a step in the plan" in newest
    assert "We explain the letter to you." in newest


IN_THE_WAY = (
    ({"common": "meet", "day": "22.11.2026"}, "This day has gone by."),
    ({"common": "ring", "day": "30.11.2026"}, "We have promised to contact the person before"),
)


@pytest.mark.parametrize(("typed", "said"), IN_THE_WAY)
def test_a_step_the_person_must_not_read_is_refused_in_words(browser, address, typed, said):
    sent = add(browser, address, **typed)
    assert sent.status_code == 409
    assert said in page(sent).text
    assert "There is no plan yet." in page(browser.get(address)).text


def test_whom_we_may_not_ring_we_do_not_plan_to_ring(desk, browser):
    number = desk.receive(wishes=ContactWishes(reach=Reach.VISIT)).number
    sent = add(browser, f"/desk/cases/{number}/plan", common="ring")
    assert "The person has not said that we may ring them." in page(sent).text
