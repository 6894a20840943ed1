"""Chromium without script on the smallest screen we serve."""

from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import ViewportSize

from tests.checks.browser import ROOT, chromium
from tests.journeys.clients.base import Client
from tests.journeys.clients.recorder import Recorder
from tests.journeys.clients.screen import shrink


class Chrome(Client):
    """A tab of Chromium with script off; the recorder refuses its cookies."""

    portrait_kind = "png"

    program = ("sh", "-c", f'"$(sh {ROOT}/deploy/setup/find-chromium.sh)" --version')

    def __init__(self, recorder: Recorder, home: Path) -> None:
        super().__init__(recorder, home)
        self._running = ExitStack()
        browser = self._running.enter_context(chromium())
        viewport = ViewportSize(width=240, height=320)
        self.context = browser.new_context(java_script_enabled=False, viewport=viewport)
        self.tab = self.context.new_page()

    def open(self, path: str) -> None:
        """Go to an address."""
        self.tab.goto(self.recorder.url + path)

    def fill(self, name: str, value: str) -> None:
        """Write in the field."""
        self.tab.fill(f'[name="{name}"]', value)

    def choose(self, name: str, value: str) -> None:
        """Make the choice."""
        self.tab.check(f'[name="{name}"][value="{value}"]')

    def press(self, words: str) -> None:
        """Press the button with the keyboard."""
        self.tab.get_by_role("button", name=words).press("Enter")

    def follow(self, words: str) -> None:
        """Follow the link."""
        self.tab.get_by_role("link", name=words).first.click()

    @property
    def text(self) -> str:
        """The text of the page as laid out."""
        return self.tab.inner_text("body")

    def portrait(self, path: str) -> bytes:
        """Return a picture of what the screen shows of an address."""
        self.open(path)
        return shrink(self.tab.screenshot())

    def close(self) -> None:
        """Close the tab and the browser."""
        self.context.close()
        self._running.close()
