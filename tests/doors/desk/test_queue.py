"""The office's queue as a page."""

import gzip
import re

import brotli
import pytest
import zstandard
from sqlalchemy import select

from nav_access.intake import handling
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import AcuteStatement, Channel, ContactOutcome, Flag, Need
from nav_access.staff import service
from nav_access.staff.models import StaffMember
from nav_access.web.desk import queue as queue_page
from tests.page import page, text_of, without_token

ACUTE = frozenset({AcuteStatement.NO_FOOD_TODAY})


def rows(shown):
    return [text_of(row) for row in shown.all("tbody tr")]


def test_the_most_pressing_stands_first_in_words(desk, browser):
    desk.receive(needs=frozenset({Need.LETTER}))
    acute = desk.receive(acute=ACUTE, has_children=True).number
    first, second = rows(page(browser.get("/desk/"), lang="en"))
    for words in (acute, "Acute", "before 10:30 today", "no money for food today", "Children"):
        assert words in first
    assert "Ordinary" in second


def test_nobodys_name_or_phone_is_in_the_queue(desk, browser):
    desk.receive()
    text = browser.get("/desk/").text
    for secret in ("Kari Ås", "91234567", "912 34 567", "kari@example.org", "Kjøleskapet"):
        assert secret not in text


def test_what_came_by_text_says_so(desk, browser):
    desk.receive(channel=Channel.SMS, flags=frozenset({Flag.UNVERIFIED_SENDER}))
    (row,) = rows(page(browser.get("/desk/")))
    assert "Unverified sender: it came by text." in row


def test_overdue_is_said_in_words(desk, browser):
    desk.receive(acute=ACUTE)
    for minutes in (25, 29, 29, 29, 20):
        desk.clock.advance(minutes=minutes)
        browser.get("/desk/")
    (row,) = rows(page(browser.get("/desk/")))
    assert "Overdue: promised before 11:30 today" in row
    assert "Unanswered for 2 hours, since 09:30 today" in row


def test_a_row_says_language_interpreter_attempts_and_who_has_it(desk, browser):
    wishes = ContactWishes(phone="+4791234567", spoken_language="so", needs_interpreter=True)
    number = desk.receive(wishes=wishes).number
    desk.do(handling.claim, desk.turn(number, who=desk.bo))
    desk.do(handling.log_contact, desk.turn(number, 2), ContactOutcome.BUSY, None)
    (row,) = rows(page(browser.get("/desk/")))
    for words in ("Somali", "Needs an interpreter", "Tried 1 time", "Taken by Bo"):
        assert words in row


def test_an_empty_queue_says_so(browser):
    assert "Nothing here now." in page(browser.get("/desk/")).text


@pytest.mark.parametrize("show", ["waiting", "mine", "answered", "closed", "nonsense", ""])
def test_every_list_can_be_opened(desk, browser, show):
    desk.receive()
    assert len(page(browser.get(f"/desk/?show={show}")).all("[aria-current=page]")) == 1


def test_a_need_filters(desk, browser):
    desk.receive()
    shown = page(browser.get("/desk/"))
    found = shown.form('form:has(select[name="need"])').fill(need="housing").submit(browser)
    assert "Nothing here now." in page(found).text


def test_a_typed_case_number_opens_the_case(desk, browser):
    number = desk.receive().number
    grouped = f"{number[:4]} {number[4:]}"
    shown = page(browser.get("/desk/"))
    sent = shown.form('form:has(input[name="case"])').fill(case=grouped).submit(browser)
    assert sent.location == f"/desk/cases/{number}"


def test_a_mistyped_case_number_is_asked_for_again(browser):
    assert "Check each digit" in page(browser.get("/desk/?case=12345")).text


def test_pages_follow_each_other(desk, browser, monkeypatch):
    monkeypatch.setattr(queue_page.list_queue, "__kwdefaults__", SMALL)
    expected = {desk.receive().number for _ in range(5)}
    shown = page(browser.get("/desk/"))
    found = set()
    for _ in range(2):
        found |= {link for link in shown.links if link in expected}
        shown = page(shown.follow(browser, "Next page"))
    found |= {link for link in shown.links if link in expected}
    assert found == expected
    assert "Next page" not in shown.links


SMALL = {"need": None, "after": None, "size": 2}


@pytest.mark.parametrize("after", ["x", "0.1.1'", "9" * 200, "0.99999999999999999.1"])
def test_a_broken_cursor_is_no_trouble(desk, browser, after):
    desk.receive()
    assert page(browser.get("/desk/", query_string={"after": after}))


def test_somebody_at_two_offices_chooses(desk):
    two = desk.at_work("Tor", desk.office_id, desk.other_id)
    shown = page(two.get("/desk/"))
    assert "Nav Eikevik" in shown.text
    assert "Nav Granvik" in page(shown.follow(two, "Nav Granvik")).one("main").get_text()


def test_another_office_is_as_unknown_as_one_that_is_not(browser):
    other, unknown = (
        browser.get(f"/desk/?office={slug}") for slug in ("nav-granvik", "nav-xyzvik")
    )
    # The links to other languages repeat what was asked for.
    asked = without_token(unknown).replace(b"nav-xyzvik", b"nav-granvik")
    assert (other.status_code, without_token(other)) == (404, asked)


def test_somebody_without_an_office_is_told(desk):
    nobody = desk.at_work("Per")
    with desk.database.unit_of_work() as session:
        office_id, staff_id = desk.office_id, nobody.who.staff_id
        service.leave_office(session, staff_id, office_id, actor="system", now=desk.now)
    assert "do not belong to an office" in page(nobody.get("/desk/")).text


def test_the_queue_is_for_those_signed_in(client):
    sent = client.get("/desk/?show=mine")
    assert sent.location == "/desk/sign-in?next=%2Fdesk%2F%3Fshow%3Dmine"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_another_method_is_refused(browser, method):
    assert getattr(browser, method)("/desk/").status_code == 405


@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_the_queue_in_norwegian(desk, lang):
    desk.receive(acute=ACUTE)
    browser = desk.at_work("Eli", lang=lang)
    shown = page(browser.get("/desk/"), lang=lang)
    assert "11:30" in shown.text
    for english in ("Acute", "before", "Unanswered", "minutes", "Waiting", "Show only"):
        assert english not in shown.text


def test_waiting_is_counted_in_the_unit_that_fits(desk, browser):
    desk.receive()
    for step, words in ((5, "5 minutes"), (25, "30 minutes"), (29, "59 minutes"), (1, "1 hour")):
        desk.clock.advance(minutes=step)
        assert f"Unanswered for {words}," in page(browser.get("/desk/")).text


@pytest.mark.parametrize(
    ("takes", "gets"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, br", "gzip"),
        ("zstd;q=0, gzip", "gzip"),
        ("br", "br"),
        ("", None),
    ],
)
def test_a_page_is_packed_quickly_as_the_browser_takes_it(desk, browser, takes, gets):
    desk.receive()
    plain = browser.get("/desk/").data
    packed = browser.get("/desk/", headers={"Accept-Encoding": takes})
    assert packed.headers.get("Content-Encoding") == gets
    unpacked = UNPACKERS[gets](packed.data)
    assert TOKEN.sub(b"", unpacked) == TOKEN.sub(b"", plain)
    assert int(packed.headers["Content-Length"]) == len(packed.data)


UNPACKERS = {
    None: bytes,
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "zstd": zstandard.ZstdDecompressor().decompress,
}
TOKEN = re.compile(rb'name="token" value="[^"]+"')


def test_a_row_is_drawn_anew_when_its_case_or_the_hour_or_the_reader_changes(desk, browser):
    number = desk.receive(acute=ACUTE).number
    other = desk.at_work("Ola")
    assert "before 11:30 today" in rows(page(browser.get("/desk/")))[0]
    desk.do(handling.claim, desk.turn(number, who=browser.who))
    assert "Taken by me" in rows(page(browser.get("/desk/")))[0]
    assert "Taken by Eli" in rows(page(other.get("/desk/")))[0]
    for _ in range(5):
        desk.clock.advance(minutes=29)
        assert browser.get("/desk/").status_code == 200
    assert "Overdue: promised before 11:30 today" in rows(page(browser.get("/desk/")))[0]
    with desk.database.unit_of_work() as session:
        session.scalars(select(StaffMember).where(StaffMember.name == "Eli")).one().name = "Eli <b>"
    other = desk.at_work("Per")
    assert "Taken by Eli <b>" in rows(page(other.get("/desk/")))[0]


def test_a_case_answered_and_asked_about_again_waits_since_then(desk, browser):
    number = desk.receive().number
    desk.do(handling.log_contact, desk.turn(number), ContactOutcome.ANSWERED, None)
    desk.now = desk.clock.advance(minutes=20)
    desk.do(handling.reopen_case, desk.turn(number, 2), None)
    desk.clock.advance(minutes=5)
    assert "Unanswered for 5 minutes, since 09:50" in rows(page(browser.get("/desk/")))[0]
