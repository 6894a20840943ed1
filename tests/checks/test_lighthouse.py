"""Lighthouse gives the main pages 100 for accessibility, best practices and speed on a phone."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from tests.checks import lighthouse
from tests.checks.looking import must_be_nothing
from tests.live import LiveSite, live_site
from tests.pages import BOTH_WAYS
from tests.tested import Tested

pytestmark = [pytest.mark.audit, pytest.mark.alone, pytest.mark.timeout(1800)]

OFFICE, NUMBER = "nav-eksempel-grunerhaven", "9901"
PAGES = (
    "",
    "help",
    "offices",
    f"offices/{OFFICE}",
    "callback",
    f"callback?office={OFFICE}",
    "case",
    "duty",
    "rights",
    "print",
)
"""Those that can be asked for by their address; the receipt of a form cannot."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """The site as it is served."""
    with live_site(tmp_path_factory.mktemp("lighthouse")) as site:
        yield site


@pytest.fixture(scope="module")
def terminal(browser: Browser, site: LiveSite) -> tuple[str, str]:
    """The address of a terminal in a reception, and the cookies that make it one."""
    code = site.run("kiosk", "register", NUMBER, "Lighthouse").split()[-1]
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{site.url}/kiosk/register")
    tab.fill("[name=code]", code)
    tab.click("main form button")
    tab.wait_for_selector("[name=code]", state="detached")
    root = tab.url
    cookies = [f"{one.get('name')}={one.get('value')}" for one in context.cookies(root)]
    context.close()
    return root, "; ".join(cookies)


@pytest.mark.parametrize("lang", BOTH_WAYS)
def test_lighthouse_gives_the_main_pages_all_it_can(
    site: LiveSite, terminal: tuple[str, str], lang: str, tested: Tested, tmp_path: Path
) -> None:
    root, cookie = terminal
    visits = [(f"{site.url}/{lang}/{path}", "") for path in PAGES]
    visits += [(f"{root}{lang}/", cookie), (f"{root}{lang}/help", cookie)]
    found = [
        f"{address}: {said}"
        for address, cookie in visits
        for said in lighthouse.complaints(address, tmp_path, cookie)
    ]
    must_be_nothing(found, tested, lighthouse, lang=lang, pages=len(visits))


@pytest.fixture
def bad_site() -> Iterator[str]:
    """The address of a page without language, title or width, and of one that leads to it."""
    bad = Response("<!doctype html><p style='color:#aaa'>Hjelp</p>", content_type="text/html")
    answer = Request.application(lambda asked: redirect("/") if asked.path == "/led" else bad)
    server = make_server("127.0.0.1", 0, answer, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_lighthouse_sees_faults_and_being_led_elsewhere(
    bad_site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lighthouse, "TRIES", 1)
    found = " ".join(lighthouse.complaints(bad_site, tmp_path))
    assert {"accessibility", "html-has-lang", "color-contrast"} <= set(found.split())
    with pytest.raises(AssertionError, match="led to another page"):
        lighthouse.complaints(f"{bad_site}led", tmp_path)
