"""A terminal: what can be done at it, and that nothing of it is there for the next person."""

import gzip
import re
from urllib.parse import urljoin

import pytest
from sqlalchemy import select

from nav_access.core.i18n.locales import OFFERED
from nav_access.intake.codes import Channel
from nav_access.intake.models import Case
from nav_access.kiosk.codes import TicketState
from nav_access.kiosk.models import Terminal
from nav_access.kiosk.tickets import Step, move
from nav_access.offices.models import Office
from tests.doors.kiosk.conftest import book_for
from tests.page import page
from tests.page_checks import HEADER_BYTES, STYLE_BYTES

FORMS = ["help", "case", "check-in"]
PAGES = ["", *FORMS, "office", "still", "screen"]


def row(desk, model=Terminal):
    with desk.database.read_session() as session:
        return session.scalars(select(model)).one()


def test_a_browser_that_is_no_terminal_gets_a_number_and_the_site(client, desk):
    for path in ("", "en/", "en/help", "en/screen", "en/help/1f"):
        shown = page(client.get(f"/kiosk/{desk.slug}/{path}"))
        assert shown.response.status_code == 403
        assert shown.phone_numbers
        assert shown.all(f'a[href="/{shown.lang}/"]')


def test_a_wrong_code_makes_no_terminal(client):
    form = page(client.get("/kiosk/register")).form().fill(code="ABCD")
    refused = page(form.submit(client))
    assert refused.response.status_code == 422
    assert "Set-Cookie" not in refused.response.headers


def test_the_secret_is_for_the_terminals_own_pages_alone(kiosk):
    cookie = kiosk.client.get_cookie("kiosk", path=kiosk.root)
    assert (cookie.http_only, cookie.same_site) == (True, "Strict")
    assert cookie.value not in repr(vars(row(kiosk.desk)))


def test_every_end_of_a_visit_lets_the_terminal_be_one_for_longer(kiosk):
    ended = kiosk.finish(kiosk.get("help"))
    cookies = ended.headers.getlist("Set-Cookie")
    assert [one.split("=")[0] for one in cookies] == ["v", "kiosk"]
    assert "Max-Age=34560000" in cookies[1]


def test_every_language_is_offered_by_its_own_name(kiosk):
    start = page(kiosk.client.get(kiosk.root))
    links = [link["href"] for link in start.all(f'a[href^="{kiosk.root}"]')]
    assert len(links) == len(OFFERED)
    for link in links:
        assert page(kiosk.client.get(link)).all(f'a[href="{link}help"]')


@pytest.mark.parametrize("path", PAGES)
def test_every_page_goes_away_by_itself_and_is_not_kept(kiosk, path):
    shown = kiosk.get(path)
    seconds, _, to = shown.response.headers["Refresh"].partition("; url=")
    assert int(seconds) <= 300
    led = urljoin(shown.response.request.path, to)
    assert kiosk.client.get(led).status_code == 200
    assert shown.response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", FORMS)
def test_nothing_typed_is_offered_again(kiosk, path):
    first, second = (kiosk.get(path) for _ in range(2))
    assert not first.all('input[autocomplete]:not([autocomplete="off"])')
    actions = [one.all("form[autocomplete=off]")[0]["action"] for one in (first, second)]
    assert actions[0] != actions[1]


def test_a_request_is_stored_as_from_a_terminal_and_the_code_is_large(kiosk):
    receipt = page(kiosk.ask_help())
    assert re.fullmatch(r"(\d{4} ){4}\d{4}", receipt.all("#code")[0].text.strip())
    assert row(kiosk.desk, Case).channel is Channel.KIOSK


def test_errors_keep_what_was_typed(kiosk):
    again = page(kiosk.send(kiosk.get("help"), message="Kanarifugl", reach="call", need=["food"]))
    assert again.response.status_code == 422
    assert "Kanarifugl" in again.response.text


def test_more_time_keeps_what_was_typed(kiosk):
    again = page(kiosk.send(kiosk.get("help"), "more", message="Kanarifugl"))
    assert (again.response.status_code, "Kanarifugl" in again.response.text) == (200, True)


@pytest.mark.parametrize("act", ["finish", "over"])
def test_after_the_end_nothing_opens_again(kiosk, act):
    on = kiosk.get("help")
    receipt = page(kiosk.send(on, need=["food"], message="Kanarifugl"))
    ended = kiosk.finish(receipt, act)
    assert ended.location in (kiosk.root, kiosk.home)
    assert "v=" in ended.headers["Set-Cookie"]
    again = kiosk.send(on, need=["food"], message="Kanarifugl")
    assert (again.status_code, again.location) == (303, kiosk.root)
    assert row(kiosk.desk).kept_token is None


def test_the_clocks_end_a_visit_that_nobody_ended(app, clock, kiosk):
    on = kiosk.get("help")
    kiosk.ask_help()
    clock.advance(minutes=10)
    done = app.test_cli_runner().invoke(args=["clocks", "run"])
    assert "1 visits" in done.output
    assert row(kiosk.desk).kept_token is None
    assert kiosk.send(on, message="Kanarifugl").location == kiosk.root


def test_a_page_of_somebodys_is_shown_once(kiosk):
    sent = kiosk.get("help").form("main form").fill(need=["food"], message="Kanarifugl")
    shown = sent.submit(kiosk.client).location
    assert page(kiosk.client.get(shown)).all("#code")
    assert kiosk.client.get(shown).location == f"{kiosk.home}still"


def test_the_question_leads_back_once_while_the_visit_goes_on(kiosk):
    code = page(kiosk.ask_help()).all("#code")[0].text
    asked = kiosk.get("still")
    assert code not in asked.response.text
    assert code in kiosk.send(asked).text
    kiosk.client.get(kiosk.root)
    assert kiosk.send(asked).location == kiosk.root
    assert kiosk.send(kiosk.get("still?page=case")).location == f"{kiosk.home}case"


def test_what_was_sent_once_of_a_form_is_there_after_the_question(kiosk):
    kiosk.send(kiosk.get("help"), "more", message="Kanarifugl", place="Vågsund")
    shown = page(kiosk.send(kiosk.get("still")))
    assert "Kanarifugl" in shown.response.text
    assert "Vågsund" in shown.response.text


def test_a_page_of_somebodys_asked_for_by_its_address_is_the_start(kiosk):
    for path in ("help", "case", "check-in", "ticket", "still", "finish", "shown"):
        assert kiosk.client.get(f"{kiosk.home}{path}/1f").location == kiosk.root


def test_the_code_shows_where_the_case_stands_and_nothing_else(kiosk):
    received = kiosk.desk.receive()
    entry = kiosk.get("case")
    shown = page(kiosk.send(entry, code=received.number + received.key))
    assert "Somebody will contact you before" in shown.text
    assert "Kari" not in shown.text
    assert "tomt" not in shown.text


def test_who_has_an_appointment_reads_it_and_not_the_older_promise(kiosk):
    received = kiosk.desk.receive()
    book_for(kiosk.desk, received.number)
    shown = page(kiosk.send(kiosk.get("case"), code=received.number + received.key))
    assert "Come to the office at 10:30 today." in shown.text
    assert "Somebody will contact you" not in shown.text


@pytest.mark.parametrize("typed", ["", "1234", "00000000000000000000"])
def test_a_wrong_code_opens_nothing(kiosk, typed):
    assert page(kiosk.send(kiosk.get("case"), code=typed)).response.status_code == 422


def test_a_number_is_taken_once(kiosk):
    home = kiosk.get()
    shown = [page(kiosk.send(home)) for _ in range(2)]
    assert [one.all(".huge")[0].text.strip() for one in shown] == ["1", "1"]
    assert "We do not know how long it takes." in shown[0].text
    assert "2" in page(kiosk.send(kiosk.get())).all(".huge")[0].text


def test_who_has_an_appointment_is_in_no_line_and_reads_when_it_is(kiosk):
    number = kiosk.book()
    kiosk.send(kiosk.get())
    shown = page(kiosk.send(kiosk.get("check-in"), time="10.30", number=number))
    assert shown.all(".huge")[0].text.strip() == "2"
    assert "10:30 today" in shown.text
    assert "People before you" not in shown.text
    assert "Kari" not in shown.text


def test_two_who_check_in_on_one_page_wait_with_a_number_each(kiosk):
    first, second = kiosk.book(), kiosk.book()
    on = kiosk.get("check-in")
    shown = [page(kiosk.send(on, time="10:30", number=one)) for one in (first, second, second)]
    assert [one.all(".huge")[0].text.strip() for one in shown] == ["1", "2", "2"]


def test_who_was_called_reads_where_to_go(kiosk):
    number = kiosk.book()
    kiosk.send(kiosk.get("check-in"), time="10:30", number=number)
    with kiosk.desk.database.unit_of_work() as session:
        step = Step(1, 1, TicketState.PRIVATE_ROOM, 7)
        move(session, kiosk.desk.office_id, step, now=kiosk.desk.now)
    kiosk.get()
    shown = page(kiosk.send(kiosk.get("check-in"), time="10:30", number=number))
    assert "Room 7" in shown.text


def test_who_is_noted_as_gone_is_not_told_to_wait(kiosk):
    kiosk.send(kiosk.get())
    with kiosk.desk.database.unit_of_work() as session:
        move(session, kiosk.desk.office_id, Step(1, 1, TicketState.GONE), now=kiosk.desk.now)
    shown = page(kiosk.send(kiosk.get("still")))
    assert shown.all(".huge")[0].text.strip() == "1"
    assert "when it is your turn" not in shown.text


def test_a_ticket_says_on_paper_where_and_when(kiosk):
    shown = page(kiosk.send(kiosk.get()))
    assert "Nav Eikevik" in shown.text
    assert "09:30 on Monday 23 November" in shown.text


def test_nothing_an_office_writes_leads_out_of_the_terminal(kiosk):
    with kiosk.desk.database.unit_of_work() as session:
        office = session.get(Office, kiosk.desk.office_id)
        office.other_way_in = "{Les mer: https://www.nav.no/eikevik}"
    shown = kiosk.get("office")
    assert "Les mer" in shown.text
    assert not [one for one in shown.all("a") if not one["href"].startswith(("tel:", kiosk.root))]


@pytest.mark.parametrize(
    ("time", "number"), [("", ""), ("25:99", "1234"), ("10:30", "12345674"), ("x", "x")]
)
def test_who_is_not_expected_is_sent_to_the_staff(kiosk, time, number):
    refused = page(kiosk.send(kiosk.get("check-in"), time=time, number=number))
    assert refused.response.status_code == 422


@pytest.mark.parametrize("lang", ["nb", "ar", "ti"])
def test_the_pages_are_small(in_language, lang):
    kiosk = in_language(lang)
    for path in PAGES:
        shown = kiosk.get(path)
        style = "".join(tag.get_text() for tag in shown.all("style"))
        assert len(gzip.compress(style.encode(), 6, mtime=0)) <= STYLE_BYTES
        most = 4096 if lang == "nb" else 5120
        assert len(gzip.compress(shown.response.get_data(), 6, mtime=0)) <= most, path
        headers = shown.response.headers.items()
        assert sum(len(": ".join(one)) + 2 for one in headers) <= HEADER_BYTES
