"""At the desk: a new case code for whoever lost theirs, shown once and printed on one sheet."""

import pytest
from sqlalchemy import update

from nav_access.core.references import parse_case_code
from nav_access.intake.models import Case
from tests.page import page

HOW = "Hun er her og viste passet sitt."


@pytest.fixture
def number(desk):
    return desk.receive(language="uk").number


def path(number):
    return f"/desk/cases/{number}/code"


def fill(browser, number, how=HOW):
    return page(browser.get(path(number))).form("form:has([name=how_sure])").fill(how_sure=how)


def code_on(answer):
    return page(answer).one("#code").get_text().strip()


def test_it_is_reached_from_the_case_and_shown_once(browser, number):
    case = page(browser.get(f"/desk/cases/{number}"))
    shown = page(case.follow(browser, "A new case code"))
    form = shown.form("form:has([name=how_sure])").fill(how_sure=HOW)
    answer = form.submit(browser)
    assert parse_case_code(code_on(answer)).number == number
    again = page(form.submit(browser))
    assert "cannot be shown again" in again.text
    assert not again.all("#code")
    after = page(browser.get(f"/desk/cases/{number}")).text
    assert "Eli gave the person a new case code." in after
    assert HOW in after


def test_what_is_handed_over_is_in_the_persons_language(browser, number):
    part = page(fill(browser, number).submit(browser)).one("#for-person")
    assert part["lang"] == "uk"
    assert "localhost/uk/case" in part.get_text()
    assert part.select("a[href^='tel:']")


@pytest.mark.parametrize("how", ["", "passet", "x" * 2001])
def test_nobody_gets_one_without_words_on_how_it_is_sure(browser, number, how):
    answer = fill(browser, number, how).submit(browser)
    assert answer.status_code == 422
    assert "how_sure" in page(answer).errors


def test_a_colleagues_act_in_between_is_shown_first(browser, number):
    form = fill(browser, number)
    note = page(browser.get(f"/desk/cases/{number}")).form('form:has([value="note"])')
    note.fill(note="Ringer tilbake.").submit(browser)
    answer = form.submit(browser)
    assert answer.status_code == 409
    assert page(answer).form("form:has([name=how_sure])").values["how_sure"] == [HOW]


def test_whose_case_it_is_not_finds_no_such_page(desk, browser, number):
    stranger = desk.at_work("Siw", desk.other_id)
    assert stranger.get(path(number)).status_code == 404
    form = fill(browser, number)
    with desk.database.unit_of_work() as session:
        mine = {"claimed_by": browser.who.staff_id, "is_protected": True}
        session.execute(update(Case).values(mine))
    assert browser.get(path(number)).status_code == 404
    assert form.submit(browser).status_code == 404
    assert path(number) not in page(browser.get(f"/desk/cases/{number}")).links.values()
