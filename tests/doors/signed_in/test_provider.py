"""Signing in with a work account, at a real provider."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from nav_access.core.audit_tables import AuditEntry
from nav_access.core.settings import Settings
from nav_access.factory import create_app
from nav_access.partners import service as partners
from nav_access.staff import service, sessions
from nav_access.staff.models import StaffIdentity, StaffMember
from nav_access.web.desk.urls import DOOR as DESK
from nav_access.web.partner.urls import DOOR as PARTNER
from tests.conftest import FixedClock
from tests.identity_provider import ORGANISATION, PUBLIC_URL, run_provider
from tests.page import page


@pytest.fixture(scope="module")
def provider():
    with run_provider() as running:
        yield running


@pytest.fixture
def clock():
    """The provider looks at the machine's clock, so the site does too."""
    return FixedClock(datetime.now(UTC))


@pytest.fixture
def changes():
    """Settings other than usual."""
    return {}


@pytest.fixture
def app(database_url, keys_file, tmp_path, clock, provider, changes):
    environ = {
        "NAV_INSTANCE": str(tmp_path),
        "NAV_DATABASE_URL": database_url,
        "NAV_KEYS_FILE": str(keys_file),
        "NAV_TRUSTED_HOSTS": "localhost",
    }
    changes = {name: text.format(port=provider.port) for name, text in changes.items()}
    settings = Settings.from_environment(environ | provider.settings(**changes))
    app = create_app(settings, clock=clock)
    app.testing = True
    yield app
    app.extensions["nav_access"].database.dispose()


@pytest.fixture
def people(people, database, clock):
    with database.unit_of_work() as session:
        given = {"actor": "system", "now": clock()}
        partners.set_organisation(session, people.agency_id, ORGANISATION, **given)
    return people


@pytest.fixture
def browser(people, new_browser):
    people.add("partner")
    return new_browser()


def begin(browser, door=PARTNER, wanted=""):
    """Press the button; return the address that the browser is sent on to."""
    query = f"?next={wanted}" if wanted else ""
    shown = page(browser.get(f"{door.sign_in}{query}", headers={"Accept-Language": "en"}))
    sent = shown.form(f'form[action="{door.sign_in}/provider"]').submit(browser)
    assert (sent.status_code, sent.headers["Cache-Control"]) == (200, "no-store")
    address = page(sent).one("main a")["href"]
    assert sent.headers["Refresh"] == f"0;url={address}"
    return address


def why(database):
    """Return what the audit says was wrong with the last sign-in."""
    with database.read_session() as session:
        newest = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)
        entry = session.scalars(newest).one()
    return (entry.action, json.loads(entry.detail or "{}").get("why"))


def refused(browser, answer, status=403):
    """Say that an answer of the provider signs nobody in."""
    shown = browser.get(answer)
    assert shown.status_code == status
    assert page(shown).form(f'form[action="{PARTNER.sign_in}"]')
    return browser.get(PARTNER.home).status_code == 303


def test_somebody_of_an_agency_signs_in_and_out(browser, provider):
    address = begin(browser)
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["acr_values"] == ["high"]
    back = browser.get(provider.walk(address, "partner"))
    assert (back.status_code, back.headers["Refresh"]) == (200, "0;url=/partner/")
    home = page(browser.get("/partner/"))
    stolen = browser.get_cookie("partner", path="/partner").value
    out = home.form('form[action="/partner/sign-out"]').submit(browser)
    gone = urlsplit(page(out).one("main a")["href"])
    assert gone.netloc == urlsplit(provider.issuer).netloc
    returns = parse_qs(gone.query)["post_logout_redirect_uri"]
    assert returns == [f"{PUBLIC_URL}/partner/sign-in?done=yes"]
    browser.set_cookie("partner", stolen, path="/partner")
    assert browser.get("/partner/").status_code == 303


def test_it_leads_to_the_page_that_was_wanted(browser, provider):
    answer = provider.walk(begin(browser, wanted="/partner/?a=b"), "partner")
    assert browser.get(answer).headers["Refresh"] == "0;url=/partner/?a=b"


def test_an_office_can_take_its_word_too(browser, people, provider):
    people.add("desk")
    answer = provider.walk(begin(browser, DESK), "desk")
    assert browser.get(answer).status_code == 200
    assert browser.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    ("login", "reason"),
    [
        ("weak", "level"),
        ("elsewhere", "organisation"),
        ("homeless", "organisation"),
        ("stranger", "unknown"),
        ("unverified", "unknown"),
        ("nobody-known", "cancelled"),
    ],
)
def test_who_is_not_let_in(browser, provider, database, login, reason):
    assert refused(browser, provider.walk(begin(browser), login))
    assert why(database) == ("staff.sign_in_refused", reason)


def test_the_next_try_asks_the_provider_who_one_is(browser, provider):
    shown = page(browser.get(provider.walk(begin(browser), "weak")))
    # Its session lives on: asked as before, it says the same at once.
    assert refused(browser, provider.go_on(begin(browser), None))
    sent = shown.form('form[action="/partner/sign-in/provider"]').submit(browser)
    address = page(sent).one("main a")["href"]
    asked = parse_qs(urlsplit(address).query)
    assert (asked["prompt"], asked["acr_values"]) == (["login"], ["high"])
    assert browser.get(provider.go_on(address, "weak, with two steps")).status_code == 200
    assert browser.get("/partner/").status_code == 200


def test_a_colleague_who_is_signed_in_there_is_asked_for(browser, provider):
    shown = page(browser.get(provider.walk(begin(browser), "stranger")))
    assert shown.one('input[name="anew"]')["value"] == "yes"


def test_only_who_was_refused_is_asked_anew(browser):
    assert "prompt" not in parse_qs(urlsplit(begin(browser)).query)
    over = browser.get("/partner/sign-in/answer")
    assert 'name="anew"' not in over.text


def test_who_the_provider_vouches_for_chooses_no_password(browser, people, provider, clock):
    with people.database.unit_of_work() as session:
        how = {"actor": "system", "keyring": people.keyring, "now": clock()}
        service.reset(session, people.add("partner").staff_id, **how)
    assert browser.get(provider.walk(begin(browser), "partner")).status_code == 200
    assert browser.get("/partner/").status_code == 200


def test_nobody_is_added_on_a_providers_word(browser, provider, database):
    with database.read_session() as session:
        before = session.scalar(select(func.count(StaffMember.id)))
    browser.get(provider.walk(begin(browser), "stranger"))
    with database.read_session() as session:
        assert session.scalar(select(func.count(StaffMember.id))) == before
        assert session.scalar(select(func.count(StaffIdentity.id))) == 0


def test_an_answer_works_once(browser, provider, database):
    answer = provider.walk(begin(browser), "partner")
    kept = browser.get_cookie("partner_way", path="/partner/sign-in").value
    assert browser.get(answer).status_code == 200
    assert refused(browser.application.test_client(), answer, 400)
    other = browser.application.test_client()
    other.set_cookie("partner_way", kept, path="/partner/sign-in")
    assert refused(other, answer)
    assert why(database) == ("staff.sign_in_refused", "code")


def test_an_answer_is_for_the_browser_that_asked(browser, new_browser, provider, database):
    answer = provider.walk(begin(browser), "partner")
    other = new_browser()
    begin(other)
    assert refused(other, answer)
    assert why(database) == ("staff.sign_in_refused", "state")


@pytest.mark.parametrize(
    ("part", "value", "reason"),
    [("nonce", "another", "nonce"), ("client_id", "another-site", "code")],
)
def test_what_another_asked_for_is_no_answer(browser, provider, database, part, value, reason):
    address = begin(browser)
    old = parse_qs(urlsplit(address).query)[part][0]
    answer = provider.walk(address.replace(f"{part}={old}", f"{part}={value}"), "partner")
    assert refused(browser, answer)
    assert why(database) == ("staff.sign_in_refused", reason)


def test_another_issuers_answer_is_none(browser, provider, database):
    answer = provider.walk(begin(browser), "partner")
    issuer = parse_qs(urlsplit(answer).query)["iss"][0]
    assert issuer == provider.issuer
    assert refused(browser, answer.replace("127.0.0.1", "127.0.0.2"))
    assert why(database) == ("staff.sign_in_refused", "issuer")


def test_an_identity_belongs_to_one_person_for_good(browser, new_browser, provider, database):
    assert browser.get(provider.walk(begin(browser), "partner")).status_code == 200
    other = new_browser()
    assert refused(other, provider.walk(begin(other), "namesake"))
    assert why(database) == ("staff.sign_in_refused", "somebody_elses")
    again = new_browser()
    assert again.get(provider.walk(begin(again), "partner")).status_code == 200


def test_somebody_disabled_stays_out(browser, people, provider, database, clock):
    with database.unit_of_work() as session:
        staff_id = people.add("partner").staff_id
        service.disable(session, staff_id, actor="system", now=clock())
    assert refused(browser, provider.walk(begin(browser), "partner"))
    assert why(database) == ("staff.sign_in_refused", "disabled")


def test_a_way_that_took_too_long_is_over(browser, provider, clock):
    answer = provider.walk(begin(browser), "partner")
    clock.advance(minutes=10)
    assert refused(browser, answer, 400)


def test_what_was_typed_goes_along(browser, people, provider, database, clock):
    desk = people.desk
    people.add("desk")
    browser.get(provider.walk(begin(browser, DESK), "desk"))
    path = f"/desk/cases/{desk.receive().number}"
    note = page(browser.get(path)).form('form:has(input[name="do"][value="note"])')
    token = browser.get_cookie("desk", path="/desk").value.partition(".")[2]
    with database.unit_of_work() as session:
        sessions.sign_out(session, token, now=clock())
    locked = page(note.fill(note="Ring søsteren.").submit(browser))
    sent = locked.form('form[action="/desk/sign-in/provider"]').submit(browser)
    answer = provider.walk(page(sent).one("main a")["href"], "desk")
    assert "Ring søsteren." in page(browser.get(answer)).one("textarea#note").get_text()


def test_the_password_is_still_a_way_when_the_provider_is_down(people, new_browser):
    browser = new_browser()
    shown = page(browser.get(f"{PARTNER.sign_in}?lang=en", follow_redirects=True))
    here = browser.application.extensions["nav_access"].provider
    here._documents._kept.clear()
    here._documents._issuer = "http://127.0.0.1:9"
    sent = shown.form('form[action="/partner/sign-in/provider"]').submit(browser)
    assert sent.status_code == 503
    assert "does not answer" in page(sent, lang="en").text
    assert people.sign_in(browser, PARTNER, "partner").status_code == 303


@pytest.mark.parametrize("changes", [{"NAV_OIDC_DOORS": "partner"}])
@pytest.mark.usefixtures("changes")
def test_a_door_that_is_not_named_takes_no_ones_word(browser):
    assert "provider" not in browser.get(DESK.sign_in).text
    assert browser.get("/desk/sign-in/answer").status_code == 404
    assert "/partner/sign-in/provider" in browser.get(PARTNER.sign_in).text


@pytest.mark.parametrize("changes", [{"NAV_OIDC_ISSUER": "http://localhost:{port}"}])
@pytest.mark.usefixtures("changes")
def test_a_provider_that_says_it_is_another_is_not_believed(browser):
    shown = page(browser.get(PARTNER.sign_in))
    sent = shown.form('form[action="/partner/sign-in/provider"]').submit(browser)
    assert sent.status_code == 503


HOSTILE = ("", "\x00", "å" * 300, "%", "'\"><script>", "\r\nX: 1", "{{7*7}}", "\ud7ff", "1" * 5000)


@pytest.mark.parametrize("part", ["code", "state", "iss", "error"])
def test_an_answer_with_anything_in_it_is_no_fault(browser, provider, part):
    answer = provider.walk(begin(browser), "partner")
    query = {name: values[0] for name, values in parse_qs(urlsplit(answer).query).items()}
    kept = browser.get_cookie("partner_way", path="/partner/sign-in").value
    for value in HOSTILE:
        browser.set_cookie("partner_way", kept, path="/partner/sign-in")
        sent = browser.get("/partner/sign-in/answer", query_string=query | {part: value})
        assert sent.status_code == 403, value
        assert browser.get(PARTNER.home).status_code == 303
    browser.set_cookie("partner_way", "x" * 100, path="/partner/sign-in")
    assert browser.get(answer).status_code == 400
