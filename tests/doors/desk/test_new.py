"""Entering a form on paper: the sheet's questions by its numbers, and the person's receipt."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from sqlalchemy import select

from nav_access.core.clock import to_oslo
from nav_access.core.db import Database, DatabaseUnavailable
from nav_access.intake.codes import Channel, Urgency
from nav_access.intake.models import Case
from nav_access.offices.codes import OfficeKind
from tests.desk_factory import add_office
from tests.page import page, text_of

FORM = "form:has(#reads)"
ASKED = "form label.field, form legend, form > div > label.choice"


@pytest.fixture
def enter(desk, browser):
    """Fill in the form for a sheet handed in an hour ago, and send it."""

    def enter(lang="uk", hours=1, **typed):
        at = to_oslo(desk.now - timedelta(hours=hours))
        sheet = {"reads": lang, "day": f"{at:%d.%m.%Y}", "time": f"{at:%H:%M}", "need": ["food"]}
        form = page(browser.get("/desk/new")).form(FORM)
        return form.fill(**(sheet | typed)).submit(browser)

    return enter


@pytest.fixture
def cases(desk):
    def cases():
        with desk.database.read_session() as session:
            return session.scalars(select(Case)).all()

    return cases


def test_the_questions_bear_the_numbers_of_the_sheet(desk):
    form = page(desk.at_work("Kari", lang="nb").get("/desk/new"))
    asked = [text_of(one).strip() for one in form.all(ASKED)]
    sheet = page(desk.new_browser().get("/nb/print")).all(".paper > li")
    on_paper = [text_of(one.find("strong") or one.find("li")).strip() for one in sheet]
    numbered = [f"{number}. {words}" for number, words in enumerate(on_paper, 1)]
    assert [words for words in asked if words[0].isdigit()] == numbered


def test_it_is_reached_from_every_page_of_the_desk(browser):
    assert page(browser.get("/desk/")).links["A form on paper"] == "/desk/new"


def test_a_sheet_is_a_case_of_the_readers_office(desk, enter, cases):
    answer = page(enter(phone="91234567", message="Тут холодно"))
    (case,) = cases()
    assert (case.channel, case.language, case.office_id) == (Channel.PAPER, "uk", desk.office_id)
    assert case.received_utc == desk.now - timedelta(hours=1)
    assert answer.heading == "Entered. Give the person their code"
    assert answer.response.headers["Cache-Control"] == "no-store"


def test_what_is_handed_over_is_in_the_sheets_language_and_has_the_code_once(enter, cases):
    answer = page(enter())
    part = answer.one("#for-person")
    code = answer.one("#code").get_text().replace(" ", "").strip()
    assert (part["lang"], len(code), code[:8]) == ("uk", 20, cases()[0].number)
    assert "localhost/uk/case" in part.get_text()
    assert part.select("a[href^='tel:']")


def test_the_same_form_again_is_one_case_without_the_code(desk, browser, cases):
    at = to_oslo(desk.now)
    form = page(browser.get("/desk/new")).form(FORM)
    form.fill(reads="nb", time=f"{at:%H:%M}", need=["food"]).submit(browser)
    again = page(form.submit(browser))
    assert not again.all("#code")
    assert again.heading == "You have entered this before"
    assert len(cases()) == 1
    changed = form.fill(name="Per").submit(browser)
    assert (changed.status_code, len(cases())) == (422, 1)


def test_what_is_wrong_is_told_in_the_order_of_the_page(enter):
    answer = enter(lang="", time="25", need=[], reach="call", email="a@b")
    shown = page(answer)
    summary = [link["href"] for link in shown.all("[role=alert] a")]
    assert (answer.status_code, summary) == (422, ["#reads", "#time", "#need", "#phone", "#email"])
    assert set(shown.errors) == {"reads", "time", "need", "phone", "email"}


@pytest.mark.parametrize("hours", [-1, 24 * 28])
def test_a_time_to_come_or_long_ago_is_asked_for_again(enter, cases, hours):
    answer = enter(hours=hours)
    assert (answer.status_code, set(page(answer).errors)) == (422, {"day"})
    assert not cases()


def test_a_day_of_last_year_needs_no_year(desk, cases):
    desk.clock.set(desk.now.replace(year=2027, month=1, day=4))
    browser = desk.at_work("Eli")
    form = page(browser.get("/desk/new")).form(FORM)
    form.fill(reads="nb", day="29.12", time="10", need=["food"]).submit(browser)
    assert [f"{to_oslo(case.received_utc):%Y-%m-%d %H}" for case in cases()] == ["2026-12-29 10"]


def test_an_acute_sheet_that_lay_is_late_and_says_so(enter, cases):
    answer = page(enter(hours=24 * 5, acute=["no_food_today"]))
    assert cases()[0].urgency == Urgency.ACUTE
    assert "The promise has run out already" in answer.text


@pytest.mark.parametrize(("say_who", "said"), [("no", "Do not send the page"), ("yes", "by post")])
def test_the_page_goes_by_post_only_where_we_may_be_named(enter, say_who, said):
    assert said in page(enter(say_who=say_who)).text


def test_it_may_go_where_the_place_on_the_sheet_leads(desk, enter, cases):
    with desk.database.unit_of_work() as session:
        centre = add_office(session, "contact-centre", OfficeKind.CONTACT_CENTRE)
    answer = enter(goes="by-place", acute=["power_cut"])
    assert (answer.status_code, set(page(answer).errors)) == (422, {"place"})
    enter(goes="by-place", place="Ukjentvik")
    assert [(case.office_id, case.flags) for case in cases()] == [(centre, ("place_unknown",))]


def test_whoever_signs_in_again_finds_the_sheet_as_it_was(desk, cases):
    email = desk.employ("Kari")
    browser = desk.sign_in(email)
    form = page(browser.get("/desk/new")).form(FORM)
    form.fill(reads="so", name="Ayaan", need=["letter"])
    desk.clock.advance(minutes=31)
    asked = page(form.submit(browser), lang="en")
    restored = page(desk.send_sign_in(browser, asked, email), lang="en").form(FORM)
    assert (restored.values["reads"], restored.values["name"]) == (["so"], ["Ayaan"])
    assert restored.values["need"] == ["letter"]
    assert not cases()


def test_a_sheet_that_could_not_be_stored_is_read_and_sent_again_later(enter, cases):
    with patch.object(Database, "unit_of_work", side_effect=DatabaseUnavailable):
        answer = page(enter(phone="91234567", message="Тут холодно"), lang="en")
    assert (answer.response.status_code, answer.heading) == (503, "Nothing can be stored right now")
    assert [one for one in ("Тут холодно", "91234567") if one not in answer.text] == []
    kept = [text_of(one) for one in answer.all("p.words")]
    assert kept[2:] == ["91234567", "Тут холодно"], kept
    assert answer.response.headers["Cache-Control"] == "no-store"
    assert cases() == []


def test_a_page_that_cannot_be_read_says_so_without_words_of_anybody(browser):
    with patch.object(Database, "read_session", side_effect=DatabaseUnavailable):
        answer = page(browser.get("/desk/new"), lang="en")
    assert answer.response.status_code == 503
    assert "Copy it" not in answer.text
