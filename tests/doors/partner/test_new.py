"""A request for a person: told in their language, within the agreement; the code given once."""

import re

import pytest
from sqlalchemy import select

from nav_access.intake.acting.models import Consent, Draft
from nav_access.intake.models import Case
from nav_access.offices.codes import OfficeKind
from tests.desk_factory import add_office
from tests.doors.partner.conftest import RIGHT, SEND
from tests.page import page
from tests.partner_factory import Agencies

CODE = re.compile(r"\d{4} \d{4} \d{4} \d{4} \d{4}")


def stored(agencies, kind):
    with agencies.database.read_session() as session:
        return session.scalars(select(kind)).all()


def test_a_request_is_sent_and_the_persons_code_stands_there_once(agencies, browser):
    sent = page(agencies.send_page(browser))
    (code,) = CODE.findall(sent.one("#code").text)
    (consent,) = stored(agencies, Consent)
    assert sent.heading == "Sent. Give the person their code"
    assert "You act for Kari Ås" in sent.text
    assert (consent.may_follow, consent.gets_messages, consent.is_called) == (True, True, False)
    for path in ("", f"cases/{code[:4]}{code[5:9]}", "new"):
        assert code not in browser.get(f"/partner/{path}").text


def test_sent_again_the_code_is_not_shown(agencies, browser):
    form = page(browser.get("/partner/new")).form(SEND).fill(**RIGHT)
    assert CODE.search(form.submit(browser, "send").text)
    again = page(form.submit(browser, "send"))
    assert again.heading == "You have sent this before"
    assert not CODE.search(again.text)
    assert len(stored(agencies, Case)) == 1


def test_what_is_missing_is_asked_for_at_its_place(agencies, browser):
    answer = agencies.send_page(browser, relation="", way="", told=[], need=[], message="")
    asked = page(answer).errors
    assert answer.status_code == 422
    assert {"need", "relation", "way", "told"} <= set(asked)
    assert stored(agencies, Case) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"place": "5003"}, "does not cover this place"),
        ({"need": ["money"]}, "does not cover all of these needs"),
        ({"place": "Ingensteds"}, "We do not know this place"),
    ],
)
def test_outside_the_agreement_there_is_a_way_on(agencies, browser, changes, said):
    shown = page(agencies.send_page(browser, **changes))
    assert said in shown.one("#outside").text
    assert shown.one("#outside a")["href"] == "/en/help"
    assert shown.one("#message").text.strip() == RIGHT["message"]
    assert stored(agencies, Case) == []


def test_a_place_with_several_offices_asks_for_the_district(agencies, browser):
    other = Agencies(agencies.database, agencies.keyring, agencies.now, suffix="-b")
    with agencies.database.unit_of_work() as session:
        add_office(session, "contact-centre", OfficeKind.CONTACT_CENTRE)
    asked = page(agencies.send_page(browser))
    assert stored(agencies, Case) == []
    chosen = asked.form(SEND).fill(office=other.slug)
    assert page(chosen.submit(browser, "send")).heading == "Sent. Give the person their code"
    assert [case.office_id for case in stored(agencies, Case)] == [other.office_id]


def test_the_person_is_told_and_written_to_in_their_language(agencies, browser):
    form = page(browser.get("/partner/new")).form(SEND).fill(**RIGHT, person_language="uk")
    asked = page(form.submit(browser, "send"))
    assert set(asked.errors) == {"told"}
    assert asked.one("#told-text")["lang"] == "uk"
    sent = page(asked.form(SEND).fill(told="yes").submit(browser, "send"))
    assert sent.one("#for-person")["lang"] == "uk"
    assert [case.language for case in stored(agencies, Case)] == ["uk"]


def test_the_text_is_shown_in_another_language_and_nothing_is_lost(browser):
    form = page(browser.get("/partner/new")).form(SEND).fill(**RIGHT, person_language="ar")
    shown = page(form.submit(browser, "language"))
    assert (shown.one("#told-text")["lang"], shown.one("#told-text")["dir"]) == ("ar", "rtl")
    assert shown.one("#name")["value"] == "Kari Ås"


def test_a_draft_is_the_writers_alone_and_gone_after_two_weeks(agencies, browser):
    form = page(browser.get("/partner/new")).form(SEND).fill(**RIGHT)
    assert form.submit(browser, "keep").headers["Location"] == "/partner/#drafts"
    (draft,) = stored(agencies, Draft)
    path = f"/partner/drafts/{draft.name}"
    assert page(browser.get(path)).one("#name")["value"] == "Kari Ås"
    assert [
        agencies.browser(who).get(path).status_code for who in (agencies.jon, agencies.eva)
    ] == [
        404,
        404,
    ]
    assert b"Kari" not in draft.typed_sealed
    agencies.clock.advance(days=14)
    assert agencies.browser().get(path).status_code == 404


def test_a_draft_is_sent_and_leaves_nothing(agencies, browser):
    page(browser.get("/partner/new")).form(SEND).fill(**RIGHT).submit(browser, "keep")
    (draft,) = stored(agencies, Draft)
    shown = page(browser.get(f"/partner/drafts/{draft.name}"))
    assert not shown.one("#told").has_attr("checked")
    assert shown.form(SEND).fill(told="yes").submit(browser, "send").status_code == 200
    assert stored(agencies, Draft) == []


def test_a_draft_is_saved_again_and_erased(agencies, browser):
    page(browser.get("/partner/new")).form(SEND).fill(**RIGHT).submit(browser, "keep")
    (draft,) = stored(agencies, Draft)
    path = f"/partner/drafts/{draft.name}"
    page(browser.get(path)).form(SEND).fill(name="Ola").submit(browser, "keep")
    shown = page(browser.get(path))
    assert shown.one("#name")["value"] == "Ola"
    assert shown.form(f'form[action="{path}"]').submit(browser).status_code == 303
    assert stored(agencies, Draft) == []


def test_a_letter_is_a_need_of_its_own_from_the_first_page(browser):
    home = page(browser.get("/partner/"))
    shown = page(home.follow(browser, "A letter the person does not understand"))
    assert shown.one('input[name="need"][value="letter"]').has_attr("checked")


def test_time_spent_is_counted(agencies, browser):
    agencies.send_page(browser, help_kind=["form", "letter"], minutes="30")
    (consent,) = stored(agencies, Consent)
    assert (consent.help_kinds, consent.help_minutes) == (("form", "letter"), 30)
