"""Chromium with scripts off in the page, and still a way for a checker to look at it."""

import functools
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, Route, sync_playwright
from werkzeug.test import TestResponse

ROOT = Path(__file__).parents[2]
NODE_MODULES = ROOT / "tests/browser/node_modules"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
HEIGHT = 480
ADDRESS = "http://localhost/page"


@functools.cache
def chromium_path() -> str:
    """Return the Chromium of this machine."""
    finder = ROOT / "deploy/setup/find-chromium.sh"
    found = subprocess.run(["sh", finder], capture_output=True, text=True, check=True)
    return found.stdout.strip()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium for a while."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Window:
    """One window in which pages load without script and are then looked at with it."""

    tab: Page
    session: CDPSession

    def show(self, response: TestResponse) -> None:
        """Load an answer, headers and all, as a browser without script would."""
        self._allow_script(is_allowed=False)
        # Our own session, because Playwright's switch would stop the checkers' timers too.
        self.tab.unroute_all()
        self.tab.route("**/*", functools.partial(_answer, response))
        self.tab.goto(ADDRESS)
        self._allow_script(is_allowed=True)

    def resize(self, width: int) -> None:
        """Make the window this wide."""
        self.tab.set_viewport_size({"width": width, "height": HEIGHT})

    def run(self, script: str, argument: object = None) -> Any:
        """Evaluate a function in the page; its content policy does not apply to us."""
        return self.tab.evaluate(script, argument)

    def _allow_script(self, *, is_allowed: bool) -> None:
        self.session.send("Emulation.setScriptExecutionDisabled", {"value": not is_allowed})


def _answer(response: TestResponse, route: Route) -> None:
    if route.request.url != ADDRESS:
        route.abort()
        return
    headers = {name: value for name, value in response.headers if name != "Content-Length"}
    route.fulfill(status=response.status_code, headers=headers, body=response.get_data())


@contextmanager
def window(browser: Browser, *, width: int = 320, height: int = HEIGHT) -> Iterator[Window]:
    """Open a window of this size."""
    context = browser.new_context(viewport={"width": width, "height": height})
    tab = context.new_page()
    tab.set_default_timeout(30_000)
    yield Window(tab, context.new_cdp_session(tab))
    context.close()
