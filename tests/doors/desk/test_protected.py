"""Protected persons at the desk: marked, hidden, opened in an emergency, taken note of."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import update

from nav_access.core.references import is_case_number
from nav_access.intake import handling
from nav_access.intake.protected import service
from nav_access.intake.protected.codes import ProtectionReason
from nav_access.staff.codes import StaffRole
from nav_access.staff.models import Membership
from tests.page import page

PAGES = (
    "/desk/",
    "/desk/?show=mine",
    "/desk/?show=answered",
    "/desk/tasks",
    "/desk/diary",
    "/desk/letters",
    "/desk/messages",
    "/desk/offers",
    "/desk/outbox",
    "/desk/protected",
)
HERE = "/desk/protected"


@pytest.fixture
def keeper(desk):
    """A browser with Kaia, who sees protected persons at the first office."""
    browser = desk.at_work("Kaia")
    with desk.database.unit_of_work() as session:
        hers = update(Membership).where(Membership.staff_id == browser.who.staff_id)
        session.execute(hers.values(sees_protected=True))
    return browser


@pytest.fixture
def number(desk):
    return desk.receive().number


@pytest.fixture
def protected(keeper, number):
    """A case Kaia has protected."""
    form = page(keeper.get(f"/desk/cases/{number}/protection")).form("form:has([name=seen])")
    form.values["protect_reason"] = ["protected_address"]
    assert form.submit(keeper).headers["Location"] == f"/desk/cases/{number}"
    return number


def glass(browser, number, **changes):
    form = page(browser.get(HERE)).form("form:has([name=glass_text])")
    typed = {"number": number, "glass_text": "Det brenner."} | changes
    form.values["glass_reason"] = ["danger"]
    return form.fill(**typed).submit(browser)


def test_who_looks_in_an_emergency_is_offered_no_hand_over(desk, protected):
    browser = desk.at_work("Eli")
    glass(browser, protected)
    shown = page(browser.get(f"/desk/cases/{protected}/sides")).text
    assert "How far is the work?" in shown
    assert "Hand over within the office" not in shown
    assert "Hand the whole case over" not in shown


def told(answer, number):
    """What an answer says, apart from tokens and the number asked for."""
    text = re.sub(r'name="(token|draft)" value="[^"]*"', "", answer.get_data(as_text=True))
    return answer.status_code, text.replace(number, "00000000")


def test_others_pages_are_as_if_it_were_not_there(desk, keeper):
    browser = desk.at_work("Eli")
    before = {path: told(browser.get(path), "-") for path in PAGES}
    number = desk.receive().number
    assert told(browser.get("/desk/"), "-") != before["/desk/"]
    mark(desk, keeper, number)
    assert {path: told(browser.get(path), "-") for path in PAGES} == before


def mark(desk, keeper, number, seen=1):
    kept = replace(keeper.who, protected_office_ids=keeper.who.office_ids)
    turn = desk.turn(number, seen, kept)
    desk.do(service.protect, turn, ProtectionReason.THREATENED, None)


def test_its_own_pages_answer_as_for_a_number_that_is_none(browser, protected):
    absent = next(n for n in map("{:08}".format, range(10**7)) if is_case_number(n))
    for rest in ("", "/call", "/booking", "/protection", "/sides", "/plan", "/helpers"):
        for ask in (browser.get, browser.post):
            hidden = told(ask(f"/desk/cases/{protected}{rest}"), protected)
            assert hidden == told(ask(f"/desk/cases/{absent}{rest}"), absent), rest
            assert hidden[0] == 404 or ask == browser.post, rest


def test_whoever_marks_it_says_why(keeper, number):
    form = page(keeper.get(f"/desk/cases/{number}/protection")).form("form:has([name=seen])")
    assert set(page(form.submit(keeper)).errors) == {"protect_reason"}
    form.values["protect_reason"] = ["other"]
    assert set(page(form.submit(keeper)).errors) == {"protect_text"}


def test_the_case_says_that_the_person_is_protected(keeper, protected):
    text = page(keeper.get(f"/desk/cases/{protected}"), lang="en").text
    assert "This person is protected" in text
    assert "The person has a protected address" in text


def test_who_had_taken_it_is_told_what_letting_go_means(desk, browser, keeper, number):
    desk.do(handling.claim, desk.turn(number, 1, browser.who))
    mark(desk, keeper, number, seen=2)
    assert "When you let go of it" in page(browser.get(f"/desk/cases/{number}")).text
    assert "When you let go of it" not in page(keeper.get(f"/desk/cases/{number}")).text


def test_it_ends_after_a_second_look(browser, keeper, protected):
    address = f"/desk/cases/{protected}/protection"
    form = page(keeper.get(address)).form("form:has([name=seen])")
    form.values["end_reason"] = ["mistake"]
    assert set(page(form.submit(keeper)).errors) == {"sure"}
    form.values["sure"] = ["yes"]
    assert form.submit(keeper).status_code == 303
    assert page(browser.get(f"/desk/cases/{protected}")).response.status_code == 200


def test_a_look_opens_it_and_says_until_when(browser, clock, protected):
    assert glass(browser, protected).headers["Location"] == f"/desk/cases/{protected}"
    text = page(browser.get(f"/desk/cases/{protected}")).text
    assert "You opened this case in an emergency. It is open to you until 10:00 today" in text
    statuses = []
    for minutes in (29, 1):
        clock.advance(minutes=minutes)
        statuses.append(browser.get(f"/desk/cases/{protected}").status_code)
    assert statuses == [200, 404]


def test_a_look_needs_a_number_a_reason_and_words(browser):
    form = page(browser.get(HERE)).form("form:has([name=glass_text])")
    assert set(page(form.submit(browser)).errors) == {"number", "glass_reason", "glass_text"}


def test_a_number_that_hides_nothing_is_one_answer_and_six_are_too_many(desk, browser):
    answers = [glass(browser, desk.receive().number) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert "Wait an hour" in page(answers[-1]).text


def test_right_numbers_are_not_counted(browser, protected):
    for _ in range(7):
        assert glass(browser, protected).status_code == 303


def test_those_with_the_role_are_told_and_take_note(browser, keeper, protected):
    glass(browser, protected)
    assert "1 protected case was opened in an emergency" in page(keeper.get("/desk/tasks")).text
    shown = page(keeper.get(HERE))
    assert "Eli opened it in an emergency" in shown.text
    assert shown.form("form:has([name=glass])").submit(keeper).status_code == 303
    assert "Kaia took note of it" in page(keeper.get(HERE)).text
    assert "in an emergency" not in page(keeper.get("/desk/tasks")).text.replace("case in an", "")


def test_a_look_taken_note_of_twice_is_told(browser, keeper, protected):
    glass(browser, protected)
    form = page(keeper.get(HERE)).form("form:has([name=glass])")
    form.submit(keeper)
    assert form.submit(keeper).status_code == 409


def test_words_typed_when_the_session_is_over_are_kept(browser):
    form = page(browser.get(HERE)).form("form:has([name=glass_text])")
    browser.set_cookie("desk", "en.", path="/desk")
    assert "Det brenner." in page(form.fill(glass_text="Det brenner.").submit(browser)).text


def test_a_manager_without_the_role_sees_how_many_and_nothing_else(desk, protected):
    boss = desk.at_work("Mona")
    with desk.database.unit_of_work() as session:
        session.execute(update(Membership).values(sees_protected=False))
        hers = update(Membership).where(Membership.staff_id == boss.who.staff_id)
        session.execute(hers.values(role=StaffRole.MANAGER))
    for path in (HERE, "/desk/tasks"):
        text = page(boss.get(path)).text
        assert "1 case needs somebody with the role" in text
        assert protected not in text
