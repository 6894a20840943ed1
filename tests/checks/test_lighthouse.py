"""Lighthouse gives the main pages 100 for accessibility, best practices and speed on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

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
    cookies = [f"{one.get('name')}={one.get('value')}" for one in context.cookies(tab.url)]
    return tab.url, "; ".join(cookies)


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
