"""One case somebody acts in: its banner, what is shown within the consent, and its end."""

import pytest
from sqlalchemy import select
from zstandard import ZstdDecompressor

from nav_access.intake import handling
from nav_access.intake.acting import service
from nav_access.intake.acting.codes import Scope
from nav_access.intake.acting.models import Consent
from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import CloseReason, ContactOutcome
from nav_access.partners import service as partners
from nav_access.partners.codes import AgencyRole
from tests.doors.partner.conftest import RIGHT, SEND
from tests.page import page


@pytest.fixture
def number(agencies):
    """A case Ida acts in, with everything allowed."""
    return agencies.send().number


def open_page(browser, number):
    return page(browser.get(f"/partner/cases/{number}"))


def press(browser, number, button, **typed):
    form = open_page(browser, number).form(f'form:has(button[value="{button}"])')
    return form.fill(**typed).submit(browser, button)


def consent_id(agencies):
    with agencies.database.read_session() as session:
        return session.scalars(select(Consent.id).order_by(Consent.id.desc())).first()


def test_a_banner_says_whom_one_acts_for(agencies, browser, number):
    nameless = agencies.send(wishes=ContactWishes(phone="+4791234567")).number
    assert "Kari Ås" in open_page(browser, number).one("#acting").text
    shown = open_page(browser, nameless).one("#acting").text
    assert f"{nameless[:4]} {nameless[4:]}" in shown


def test_who_follows_reads_standing_attempts_and_what_they_sent(agencies, browser, number):
    turn = agencies.turn(number, seen=2)
    agencies.do(handling.log_contact, turn, ContactOutcome.NO_ANSWER, "Hemmelig.")
    agencies.do(handling.write_note, agencies.turn(number, 4), "Notat.")
    shown = open_page(browser, number).text
    assert "The office answers before" in shown
    assert "Nobody answered." in shown
    assert "Kjøleskapet er tomt" in shown
    assert "Hemmelig" not in shown
    assert "Notat" not in shown


def test_help_counted_twice_from_one_page_is_counted_once(agencies, browser, number):
    form = open_page(browser, number).form('form:has(button[value="help"])')
    form.fill(help_kind="letter", minutes="30")
    for _ in range(2):
        assert form.submit(browser, "help").status_code == 303
    with agencies.database.read_session() as session:
        assert session.scalars(select(Consent.help_minutes)).one() == 30


def test_without_follow_only_that_it_was_sent(agencies, browser):
    number = agencies.send(scope=frozenset()).number
    shown = open_page(browser, number).text
    assert "has not let you follow it" in shown
    assert "Kjøleskapet" not in shown
    assert "answers before" not in shown


def test_another_agency_and_an_unknown_number_are_the_same_404(agencies, number):
    browser = agencies.browser(agencies.eva)
    for path in (number, "12345674", "nonsense", number[::-1]):
        assert browser.get(f"/partner/cases/{path}").status_code == 404
    assert browser.get("/partner/").text.count(number) == 0


def test_what_is_gone_is_told_in_plain_words(agencies, browser, number):
    agencies.act(service.end_by_person, number, consent_id(agencies))
    shown = page(browser.get(f"/partner/cases/{number}"))
    assert "nobody at your agency acts for the person now" in shown.text
    assert shown.text == page(browser.get("/partner/cases/12345674")).text


def test_a_colleague_takes_over(agencies, browser, number):
    jon = agencies.browser(agencies.jon)
    shown = open_page(jon, number)
    assert "Ida acts for this person" in shown.text
    assert "Kari" not in shown.text
    assert press(jon, number, "take-over").status_code == 303
    assert "You act for Kari Ås" in open_page(jon, number).text
    assert "Jon acts for this person" in open_page(browser, number).text


@pytest.mark.parametrize("by", ["person", "office", "agreement", "member"])
def test_what_ends_it_ends_it_in_an_open_session_at_once(agencies, browser, number, by):
    form = open_page(browser, number).form('form:has(button[value="words"])')
    ending = {
        "person": lambda: agencies.act(service.end_by_person, number, consent_id(agencies)),
        "office": lambda: agencies.act(
            service.end_by_office, agencies.anne, number, consent_id(agencies)
        ),
        "agreement": lambda: administer(agencies, partners.end_agreement, agencies.agreement_id),
        "member": lambda: administer(
            agencies, partners.end_member, agencies.agency_id, agencies.ida.staff_id
        ),
    }
    ending[by]()
    wanted = 404 if by in ("person", "office") else 403
    assert browser.get(f"/partner/cases/{number}").status_code == wanted
    assert form.fill(words="Mer.").submit(browser, "words").status_code == wanted


@pytest.mark.parametrize("taken", ["zstd", "gzip, br, zstd"])
def test_what_is_gone_is_packed_once(agencies, browser, number, taken):
    agencies.act(service.end_by_person, number, consent_id(agencies))
    answer = browser.get(f"/partner/cases/{number}", headers={"Accept-Encoding": taken})
    assert answer.headers.getlist("Content-Encoding") == ["zstd"]
    assert ZstdDecompressor().decompress(answer.data).startswith(b"<!doctype html>")


@pytest.mark.parametrize("typed", ["Hun er <b>syk</b>.", "x" * 2001])
def test_what_was_written_when_it_had_ended_is_there_to_be_copied(agencies, browser, number, typed):
    form = open_page(browser, number).form('form:has(button[value="words"])').fill(words=typed)
    agencies.act(service.end_by_person, number, consent_id(agencies))
    answer = form.submit(browser, "words")
    assert answer.status_code == 404
    assert page(answer).one(".words").text == typed


def test_what_was_written_by_who_left_the_agency_is_there_to_be_copied(agencies, browser):
    form = page(browser.get("/partner/new")).form(SEND).fill(**RIGHT | {"message": "Syk & <b>"})
    administer(agencies, partners.end_agreement, agencies.agreement_id)
    answer = form.submit(browser, "send")
    assert answer.status_code == 403
    shown = [words.text for words in page(answer).all(".words")]
    assert shown == ["0150", "Kari Ås", "Syk & <b>"]


def test_a_case_closed_lately_is_still_found(agencies, browser, number):
    agencies.do(handling.close_case, agencies.turn(number, seen=2), CloseReason.DUPLICATE, None)
    shown = page(browser.get("/partner/"))
    assert number in shown.one("#closed + ul a")["href"]
    assert "has closed" in page(browser.get(f"/partner/cases/{number}")).text
    assert not page(agencies.browser(agencies.jon).get("/partner/")).all("#closed")
    agencies.clock.advance(days=29, hours=23)
    assert page(agencies.browser().get("/partner/")).all("#closed")
    agencies.clock.advance(hours=2)
    assert not page(agencies.browser().get("/partner/")).all("#closed")


def test_a_leader_alone_sees_who_the_members_are(agencies, browser):
    assert not page(browser.get("/partner/")).all("#members")
    administer(
        agencies,
        partners.add_member,
        agencies.agency_id,
        agencies.ida.staff_id,
        AgencyRole.LEADER,
    )
    shown = page(browser.get("/partner/")).one("#members + ul").text
    assert "Ida" in shown
    assert "Jon" in shown
    assert "Eva" not in shown


def administer(agencies, verb, *what):
    with agencies.database.unit_of_work() as session:
        verb(session, *what, actor="cli", now=agencies.now)


def test_a_consent_that_ran_out_is_a_404(agencies, number):
    agencies.clock.advance(days=31)
    assert agencies.browser().get(f"/partner/cases/{number}").status_code == 404


def test_more_is_sent_and_help_is_counted(browser, number):
    sent = press(browser, number, "words", words="Hun har fått et barn.")
    assert "It is sent to the office." in page(browser.get(sent.headers["Location"])).text
    counted = press(browser, number, "help", help_kind=["waiting"], minutes="60")
    assert "It is counted." in page(browser.get(counted.headers["Location"])).text
    shown = open_page(browser, number).text
    assert "Hun har fått et barn." in shown
    assert "Counted so far: 60 minutes." in shown


@pytest.mark.parametrize(("button", "field"), [("words", "words"), ("help", "minutes")])
def test_an_empty_form_is_asked_about(browser, number, button, field):
    answer = press(browser, number, button)
    assert answer.status_code == 422
    assert field in page(answer).errors


def test_whoever_lets_go_sees_it_no_more(browser, number):
    home = press(browser, number, "end").headers["Location"]
    assert "You do not act for the person any more." in page(browser.get(home)).text
    assert browser.get(f"/partner/cases/{number}").status_code == 404


def test_the_home_page_lists_what_may_be_known(agencies, browser):
    followed, sent = agencies.send().number, agencies.send(scope=frozenset({Scope.CALLED})).number
    shown = page(browser.get("/partner/")).text
    assert f"Case {followed[:4]} {followed[4:]}" in shown
    assert f"Case {sent[:4]} {sent[4:]}" in shown
    theirs = page(agencies.browser(agencies.jon).get("/partner/")).text
    assert theirs.count("Ida acts for the person.") == 2
    assert "before" not in theirs.partition("Your drafts")[0]
