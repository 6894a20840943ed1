"""Chromium with scripts off in the page, and still a way for a checker to look at it."""

import functools
import json
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


def version_of(package: str) -> str:
    """Return which version of a package from npm is installed."""
    described = (NODE_MODULES / package / "package.json").read_text()
    return str(json.loads(described)["version"])


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium for a while."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Window:
    """One window in which pages load without script and are then looked at with it."""

    tab: Page
    session: CDPSession
    shown: TestResponse | None = None

    def show(self, response: TestResponse) -> None:
        """Load an answer, headers and all, as a browser without script would."""
        self._allow_script(is_allowed=False)
        self.shown = response
        self.tab.goto(ADDRESS)
        self._allow_script(is_allowed=True)

    def resize(self, width: int) -> None:
        """Make the window this wide."""
        self.tab.set_viewport_size({"width": width, "height": HEIGHT})

    def run(self, script: str, argument: object = None) -> Any:
        """Evaluate a function in the page; its content policy does not apply to us."""
        return self.tab.evaluate(script, argument)

    def answer(self, route: Route) -> None:
        """Give the tab the page it asks for, and nothing else."""
        if self.shown is None or route.request.url != ADDRESS:
            route.abort()
            return
        headers = {name: value for name, value in self.shown.headers if name != "Content-Length"}
        route.fulfill(status=self.shown.status_code, headers=headers, body=self.shown.get_data())

    def _allow_script(self, *, is_allowed: bool) -> None:
        # Our own session, because Playwright's switch would stop the checkers' timers too.
        self.session.send("Emulation.setScriptExecutionDisabled", {"value": not is_allowed})


@contextmanager
def window(browser: Browser, *, width: int = 320, height: int = HEIGHT) -> Iterator[Window]:
    """Open a window of this size."""
    context = browser.new_context(viewport={"width": width, "height": height})
    tab = context.new_page()
    tab.set_default_timeout(30_000)
    opened = Window(tab, context.new_cdp_session(tab))
    tab.route("**/*", opened.answer)
    yield opened
    context.close()
