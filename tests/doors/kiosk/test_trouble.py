"""What goes wrong at a terminal: never a way out of it, never a page in answer to a form."""

import pytest

from nav_access.core.db import DatabaseUnavailable
from nav_access.intake import service
from nav_access.web.kiosk.trouble import KNOWN
from tests.doors.kiosk.conftest import Kiosk
from tests.page import page


def assert_stays(shown, kiosk, status):
    """It has a number, one large way to the terminal's start, and goes there by itself."""
    assert shown.response.status_code == status
    assert shown.phone_numbers
    assert shown.one("a.main")["href"] == kiosk.home
    links = {link["href"] for link in shown.all("a")} - {kiosk.home}
    assert all(link.startswith("tel:") for link in links)
    assert shown.response.headers["Refresh"].endswith(f"url={kiosk.root[:-1]}/")


@pytest.mark.parametrize("status", sorted(KNOWN))
def test_every_trouble_stays_at_the_terminal(kiosk, status):
    assert_stays(kiosk.get(f"trouble/{status}"), kiosk, status)


@pytest.mark.parametrize("lang", ["nb", "ar", "ti"])
def test_what_is_not_there_is_said_in_the_same_language(in_language, lang):
    kiosk = in_language(lang)
    shown = kiosk.get("nothing")
    assert_stays(shown, kiosk, 404)
    assert shown.lang == lang


def test_a_language_we_do_not_speak_leads_to_the_terminals_start(kiosk):
    shown = page(kiosk.client.get(f"{kiosk.root}xx/help"))
    assert_stays(shown, Kiosk(kiosk.client, kiosk.desk, "nb"), 404)


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("help/1f", {"data": "x" * 70_000}, 413),
        ("help/1f", {"data": "{}", "content_type": "application/json"}, 415),
        ("office", {"data": ""}, 405),
    ],
)
def test_a_form_that_went_wrong_is_answered_with_a_redirect(kiosk, path, sent, status):
    form = {"content_type": "application/x-www-form-urlencoded", **sent}
    answer = kiosk.client.post(kiosk.home + path, **form)
    assert (answer.status_code, answer.location) == (303, f"{kiosk.home}trouble/{status}")
    assert "v=" in answer.headers["Set-Cookie"]
    assert_stays(page(kiosk.client.get(answer.location)), kiosk, status)


def test_trouble_of_a_terminal_is_not_there_in_another_browser(client, kiosk):
    for path in ("trouble/503", "nothing"):
        shown = page(client.get(kiosk.home + path))
        assert shown.response.status_code == 404
        assert shown.all(f'a[href="/{shown.lang}/"]')


def fail(*_args, **_kwargs):
    raise DatabaseUnavailable("away")


@pytest.mark.parametrize("path", ["", "help", "office"])
def test_while_the_database_is_away_the_number_is_there(kiosk, monkeypatch, path):
    monkeypatch.setattr(type(kiosk.desk.database), "read_session", fail)
    assert_stays(kiosk.get(path), kiosk, 503)


def test_the_screen_of_the_waiting_room_comes_back_to_itself(kiosk, monkeypatch):
    with monkeypatch.context() as away:
        away.setattr(type(kiosk.desk.database), "read_session", fail)
        shown = kiosk.get("screen").response
    assert (shown.status_code, shown.headers["Refresh"]) == (503, f"60; url={kiosk.home}screen")
    assert kiosk.get("screen").response.status_code == 200


def test_the_end_is_one_while_the_database_takes_nothing(kiosk, monkeypatch):
    receipt = page(kiosk.ask_help())
    code = receipt.all("#code")[0].text
    with monkeypatch.context() as away:
        away.setattr(type(kiosk.desk.database), "unit_of_work", fail)
        ended = kiosk.finish(receipt)
    assert "v=" in ended.headers["Set-Cookie"]
    assert code not in kiosk.send(kiosk.get("still")).text
    assert kiosk.send(kiosk.get("still")).location != kiosk.root


def test_what_could_not_be_stored_is_shown_once_and_may_be_sent_again(kiosk, monkeypatch):
    on = kiosk.get("help")
    with monkeypatch.context() as away:
        away.setattr(service, "receive", fail)
        sent = on.form("main form").fill(need=["food"], message="Kanarifugl").submit(kiosk.client)
        shown = page(kiosk.client.get(sent.location))
    assert "Kanarifugl" not in sent.headers["Set-Cookie"]
    assert (shown.response.status_code, "Kanarifugl" in shown.response.text) == (503, True)
    assert kiosk.client.get(sent.location).status_code == 303
    assert page(kiosk.send(shown)).all("#code")


@pytest.mark.parametrize("act", ["more", None])
def test_what_was_sent_last_is_shown_and_not_what_was_sent_before(kiosk, monkeypatch, act):
    before = page(kiosk.send(kiosk.get("help"), act, reach="call", message="Kanarifugl"))
    filled = before.form("main form").fill(reach="", message="Papegøye")
    with monkeypatch.context() as away:
        away.setattr(service, "receive", fail)
        shown = page(kiosk.client.get(filled.submit(kiosk.client).location))
    assert (shown.response.status_code, "Papegøye" in shown.response.text) == (503, True)
    assert "Papegøye" in kiosk.send(kiosk.get("still")).text


def test_what_the_browser_carried_ends_with_the_visit(kiosk, monkeypatch):
    on = kiosk.get("help")
    monkeypatch.setattr(service, "receive", fail)
    sent = on.form("main form").fill(need=["food"], message="Kanarifugl").submit(kiosk.client)
    kiosk.finish(on)
    assert kiosk.client.get(sent.location).location == kiosk.root


def test_a_terminal_that_was_ended_leads_nobody_to_the_site(kiosk):
    kiosk.client.set_cookie("kiosk", "another", path=kiosk.root)
    shown = kiosk.get("help")
    assert shown.response.status_code == 403
    assert shown.phone_numbers
    assert not shown.all("a.main")
