"""Signing in to the desk."""

import pytest

from nav_access.staff import service
from nav_access.web.desk.urls import DOOR
from nav_access.web.shared.signed_in.returning import safe_next
from tests.page import page


def test_a_caseworker_signs_in_and_comes_where_they_were_going(desk, new_browser):
    email, number = desk.employ("Eli"), desk.receive().number
    browser = new_browser()
    asked = browser.get(f"/desk/cases/{number}")
    assert (asked.status_code, asked.headers["Cache-Control"]) == (303, "no-store")
    shown = page(browser.get(asked.location))
    sent = desk.send_sign_in(browser, shown, email)
    assert (sent.status_code, sent.location) == (303, f"/desk/cases/{number}")


def test_the_cookie_is_guarded(desk, new_browser):
    email, browser = desk.employ("Eli"), new_browser()
    sent = desk.send_sign_in(browser, page(browser.get("/desk/sign-in")), email)
    cookie = sent.headers["Set-Cookie"]
    for part in ("desk=", "HttpOnly", "SameSite=Strict", "Path=/desk"):
        assert part in cookie
    assert "Secure" not in cookie
    assert "Expires" not in cookie


def test_behind_tls_the_cookie_is_secure(new_browser):
    browser = new_browser()
    browser.environ_base["wsgi.url_scheme"] = "https"
    sent = browser.get("/desk/sign-in?lang=nn", base_url="https://localhost")
    assert "Secure" in sent.headers["Set-Cookie"]


@pytest.mark.parametrize("wrong", [{"password": "wrong"}, {"code": "000000"}])
def test_what_does_not_fit_is_said_without_saying_what(desk, new_browser, wrong):
    email, browser = desk.employ("Eli"), new_browser()
    sent = desk.send_sign_in(browser, page(browser.get("/desk/sign-in")), email, **wrong)
    shown = page(sent)
    assert list(shown.errors) == ["password"]
    assert desk.credentials[email].password not in sent.text


def test_a_code_works_once(desk, new_browser):
    email = desk.employ("Eli")
    desk.sign_in(email)
    browser = new_browser()
    sent = desk.send_sign_in(browser, page(browser.get("/desk/sign-in")), email)
    assert page(sent).errors


def test_an_empty_form_says_what_to_write(new_browser):
    browser = new_browser()
    shown = page(browser.get("/desk/sign-in"))
    sent = page(shown.form().submit(browser))
    assert set(sent.errors) == {"email", "password", "code"}


def test_many_tries_pause(desk, new_browser):
    email, browser = desk.employ("Eli"), new_browser()
    shown = page(browser.get("/desk/sign-in"))
    sent = [desk.send_sign_in(browser, shown, email, password="no") for _ in range(11)]
    assert [one.status_code for one in sent] == [422] * 10 + [429]
    assert "15 minut" in page(sent[-1]).text


def test_a_form_of_another_browser_is_not_taken(desk, new_browser):
    email, other = desk.employ("Ola"), new_browser()
    other.set_cookie("desk", "en.somebody-elses", path="/desk")
    shown = page(other.get("/desk/sign-in"))
    sent = desk.send_sign_in(new_browser(), shown, email)
    assert sent.status_code == 422


def test_signing_out_ends_the_session_everywhere(browser):
    stolen = browser.get_cookie("desk", path="/desk").value
    shown = page(browser.get("/desk/"))
    out = shown.form('form[action="/desk/sign-out"]').submit(browser)
    assert "You are signed out." in page(browser.get(out.location)).text
    browser.set_cookie("desk", stolen, path="/desk")
    assert browser.get("/desk/").status_code == 303


@pytest.mark.parametrize("away", [{"minutes": 31}, {"hours": 11}])
def test_a_forgotten_desk_locks_itself(desk, browser, away):
    desk.clock.advance(**away)
    assert browser.get("/desk/").status_code == 303


def test_work_keeps_a_desk_open_but_not_for_ever(desk, browser):
    for _ in range(29):
        desk.clock.advance(minutes=20)
        assert browser.get("/desk/").status_code == 200
    desk.clock.advance(minutes=25)
    assert browser.get("/desk/").status_code == 303


def test_somebody_disabled_is_out_at_once(desk, browser):
    staff_id = browser.who.staff_id
    with desk.database.unit_of_work() as session:
        service.disable(session, staff_id, actor="system", now=desk.now)
    assert browser.get("/desk/").status_code == 303


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_the_desk_speaks_the_language_chosen(desk, lang):
    browser = desk.sign_in(desk.employ("Eli"), lang)
    assert page(browser.get("/desk/"), lang=lang)


def test_a_link_changes_the_language_and_stays_on_the_page(browser):
    there = browser.get("/desk/?show=mine&lang=nn")
    assert (there.status_code, there.location) == (303, "/desk/?show=mine")
    assert page(browser.get(there.location), lang="nn")


def test_a_language_without_staff_words_is_not_offered(browser):
    assert page(browser.get("/desk/?lang=ar"), lang="en")


def test_a_post_from_another_site_is_refused(browser):
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    assert browser.post("/desk/sign-out", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "/desk//evil.example",
        "/desk/../nb/",
        "/desk/cases/12345678\r\nX: 1",
        "/\\evil.example",
        "/desk/sign-out",
        "",
    ],
)
def test_only_the_desks_own_pages_come_next(app, address):
    with app.test_request_context():
        assert safe_next(DOOR, address) == "/desk/"


@pytest.mark.parametrize("address", ["/desk/?show=mine&office=a-b", "/desk/cases/12345678"])
def test_the_desks_pages_come_next(app, address):
    with app.test_request_context():
        assert safe_next(DOOR, address) == address


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_another_method_is_refused(client, method):
    assert getattr(client, method)("/desk/sign-in").status_code == 405
