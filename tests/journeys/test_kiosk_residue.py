"""Two people at one terminal, in Chromium with a profile on disk: nothing of the first is left."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Playwright, sync_playwright

from tests.checks.browser import ARGUMENTS, chromium_path
from tests.live import LiveSite

pytestmark = pytest.mark.audit

CODE = re.compile(r"(?:\d{4} ){4}\d{4}")
KEEPS_PAGES = ["--disable-back-forward-cache", "--disable-field-trial-config"]
"""What the driver switches off, and a person's browser has."""
OFFICE = "9901"
PATIENCE_MS = 2000
STEPS = 6


@dataclass
class Reception:
    """A terminal's browser, started again and again on one profile."""

    playwright: Playwright
    profile: Path
    site: LiveSite
    context: BrowserContext | None = None
    root: str = ""

    def start(self, *more: str) -> Page:
        """Start the browser and return its first tab."""
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=chromium_path(),
            args=[*ARGUMENTS, *more],
            ignore_default_args=KEEPS_PAGES,
            java_script_enabled=False,
        )
        tab = self.context.pages[0]
        tab.set_default_timeout(PATIENCE_MS)
        return tab

    def stop(self) -> None:
        """End it, so that all it keeps is on the disk."""
        if self.context is not None:
            self.context.close()
        self.context = None

    def register(self, tab: Page) -> None:
        """Make it a terminal."""
        code = self.site.run("kiosk", "register", OFFICE, token_hex(4)).split()[-1]
        tab.goto(f"{self.site.url}/kiosk/register")
        tab.fill("[name=code]", code)
        tab.click("main form button")
        self.root = tab.url

    def on_screen(self, tab: Page, canaries: list[str]) -> list[str]:
        """Return which canaries a page holds, shown or in a field."""
        assert self.context is not None
        session = self.context.new_cdp_session(tab)
        seen = json.dumps(
            session.send("DOMSnapshot.captureSnapshot", {"computedStyles": []}), ensure_ascii=False
        )
        session.detach()
        return [one for one in canaries if one in seen]

    def on_disk(self, canaries: list[str]) -> list[str]:
        """Return which canaries stand in which file of the profile."""
        forms = [(one, one.encode(way)) for one in canaries for way in ("utf-8", "utf-16-le")]
        return [
            f"{one} in {path.relative_to(self.profile)}"
            for path in self.profile.rglob("*")
            if path.is_file()
            for one, written in forms
            if written in path.read_bytes()
        ]


@pytest.fixture
def reception(live: LiveSite, tmp_path: Path) -> Iterator[Reception]:
    with sync_playwright() as playwright:
        reception = Reception(playwright, tmp_path / "profile", live)
        yield reception
        reception.stop()


def type_help(tab: Page, root: str, canaries: list[str]) -> None:
    """Open the form in Bokmål and write in it."""
    tab.goto(f"{root}nb/")
    tab.click('a[href$="/help"]')
    for name, canary in zip(("message", "phone", "name"), canaries, strict=True):
        tab.fill(f"[name={name}]", canary)
    tab.check("[name=need][value=food]")


def leave(tab: Page, root: str, way: str) -> None:
    """Leave by one of the ways out; `cleared` is what the screen does by itself."""
    if way == "cleared":
        tab.goto(f"{root}nb/still")
        tab.goto(root)
        return
    tab.click(f"header button[value={way}]")


def look_everywhere(reception: Reception, tab: Page, canaries: list[str]) -> list[str]:
    """Return what is seen by Back and Forward, many times, and by loading again."""
    found = reception.on_screen(tab, canaries)
    for step in [tab.go_back] * STEPS + [tab.go_forward] * STEPS + [tab.reload]:
        # The first page has nothing before it; the driver then waits in vain.
        with suppress(Error):
            step(timeout=PATIENCE_MS)
        found += reception.on_screen(tab, canaries)
    return found


def do(tab: Page, root: str, act: str, canaries: list[str]) -> list[str]:
    """Do one thing a person does; return what must not be found, code and case number too."""
    type_help(tab, root, canaries)
    if act == "typed":
        return canaries
    if act == "faulty":
        tab.uncheck("[name=need][value=food]")
    tab.click("main form button:not([name])")
    code = CODE.search(tab.content())
    if act == "case" and code:
        tab.click("header button[value=over]")
        tab.click('a[href$="/case"]')
        tab.fill("[name=code]", code[0])
        tab.click("main form button")
    return [*canaries, code[0], code[0][:9]] if code else canaries


@pytest.mark.parametrize("way", ["finish", "over", "cleared"])
@pytest.mark.parametrize("act", ["typed", "faulty", "receipt", "case"])
def test_the_next_person_finds_nothing(reception: Reception, act: str, way: str) -> None:
    tab = reception.start()
    reception.register(tab)
    canaries = [f"kanari{token_hex(4)}", f"4{int(token_hex(3), 16) % 10**7:07d}", token_hex(6)]
    gone = do(tab, reception.root, act, canaries)
    assert reception.on_screen(tab, gone)
    leave(tab, reception.root, way)
    assert look_everywhere(reception, tab, gone) == []
    type_help(tab, reception.root, ["ny", "41000000", "annen"])
    assert reception.on_screen(tab, gone) == []
    reception.stop()
    assert reception.on_disk(gone) == []
    tab = reception.start("--restore-last-session")
    assert look_everywhere(reception, tab, gone) == []
