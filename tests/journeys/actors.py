"""The site on a clock of its own, and people with Chromium without script in front of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Thread

from flask import Flask
from playwright.sync_api import Browser, Locator, Page
from werkzeug.serving import make_server

from nav_access.cli.sample_staff import PASSWORD, PEOPLE
from nav_access.core.settings import Settings
from nav_access.factory import create_app
from nav_access.intake.clocks import run_clocks
from nav_access.staff.rules import code_at
from nav_access.web.shared.installation import Installation
from tests.conftest import FixedClock

NARROW = {"width": 320, "height": 480}


@dataclass
class Stage:
    """The site, the time it believes in, and the browser everybody's windows are of."""

    app: Flask
    url: str
    clock: FixedClock
    browser: Browser

    @property
    def parts(self) -> Installation:
        """What the site is put together from."""
        parts: Installation = self.app.extensions["nav_access"]
        return parts

    def at(self, instant: datetime) -> None:
        """Let it be this time, and let the clocks do what is due by then."""
        self.clock.set(instant)
        self.run_clocks()

    def run_clocks(self) -> None:
        """Do what is due now; nothing may go wrong."""
        report = run_clocks(self.parts.database, self.parts.keyring, now=self.clock())
        assert not report.trouble

    def enter(self, first_name: str = "") -> "Actor":
        """Let somebody come: one of the sample's people, or the person it is all about."""
        context = self.browser.new_context(
            java_script_enabled=False, viewport=NARROW, locale="en-GB"
        )
        return Actor(self, first_name, context.new_page())


@dataclass
class Actor:
    """Somebody in front of a window as narrow as the narrowest we promise staff."""

    stage: Stage
    first_name: str
    tab: Page

    def sign_in(self) -> "Actor":
        """Sign in at the door of one's own, with password and one-time code."""
        person = next(one for one in PEOPLE if one.name.startswith(self.first_name))
        self.open(f"{person.door}sign-in")
        self.write(email=person.email, password=PASSWORD)
        self.write(code=code_at(person.secret, self.stage.clock()))
        self.press("Sign in")
        return self

    def open(self, path: str) -> int:
        """Go to an address; return the status."""
        answer = self.tab.goto(self.stage.url + path)
        assert answer is not None
        return answer.status

    def write(self, **fields: str) -> "Actor":
        """Write in fields, by their names."""
        for name, words in fields.items():
            self.tab.fill(f'[name="{name}"]:visible', words)
        return self

    def choose(self, **choices: str) -> "Actor":
        """Make choices, by the names of their fields."""
        for name, value in choices.items():
            self.tab.check(f'[name="{name}"][value="{value}"]')
        return self

    def press(self, words: str) -> "Actor":
        """Press a button with the keyboard."""
        self.button(words).first.press("Enter")
        return self

    def button(self, words: str) -> Locator:
        """Return the buttons with these words, none but these."""
        return self.tab.get_by_role("button", name=words, exact=True)

    def follow(self, words: str) -> "Actor":
        """Follow the first link whose words begin so."""
        self.tab.get_by_role("link", name=re.compile(f"^{re.escape(words)}")).first.click()
        return self

    def sees(self, *words: str) -> bool:
        """Say whether all these words are on the page."""
        text = self.text
        return all(one in text for one in words)

    @property
    def text(self) -> str:
        """The page as it is laid out, on one line."""
        return " ".join(self.tab.inner_text("body").split())


@contextmanager
def open_stage(folder: Path, url: str, browser: Browser, clock: FixedClock) -> Iterator[Stage]:
    """Serve the sample on a database until the block ends."""
    environment = {"NAV_SAMPLE": "1", "NAV_INSTANCE": str(folder), "NAV_DATABASE_URL": url}
    app = create_app(Settings.from_environment(environment), clock=clock)
    done = app.test_cli_runner().invoke(args=["sample", "load"])
    assert done.exit_code == 0, done.output
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Stage(app, f"http://127.0.0.1:{server.server_port}", clock, browser)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["nav_access"].database.dispose()
