"""People at one terminal, in Chromium with a profile on disk: nothing of the first is left.

Looked at: the screen, Back and Forward beyond the first page, Reload, what the browser offers to
fill in, every kind of storage of the page, the session it restores, and each file of the profile.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Playwright, sync_playwright

from tests.checks.browser import ARGUMENTS, chromium_path
from tests.live import LiveSite

pytestmark = [pytest.mark.audit, pytest.mark.timeout(900)]

CODE = re.compile(r"(?:\d{4} ){4}\d{4}")
KEEPS_PAGES = ["--disable-back-forward-cache", "--disable-field-trial-config"]
"""What the driver switches off, and a person's browser has."""
OFFICE = "9901"
PATIENCE_MS = 2000
STEPS = 6
WAYS = ("finish", "over", "cleared")
ACTS = ("typed", "faulty", "receipt", "case", "check-in", "more")
COOKIES = {"kiosk", "v"}
ROWS = [(way, act) for way in range(len(WAYS)) for act in range(len(ACTS))]
TOTAL_S = 130
"""A page stands 75 seconds, the question after it 30."""


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
        tab.set_default_timeout(10 * PATIENCE_MS)
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

    def comes_up(self, tab: Page, secrets: list[str]) -> bool:
        """Say whether a page shows any of them within a while: a click does not wait for it."""
        for _ in range(50):
            if self.on_screen(tab, secrets):
                return True
            tab.wait_for_timeout(100)
        return False

    def stored(self, tab: Page) -> list[str]:
        """Return the kinds of storage in which the site has anything, and cookies not its own."""
        assert self.context is not None
        session = self.context.new_cdp_session(tab)
        used = session.send("Storage.getUsageAndQuota", {"origin": self.site.url})
        kept = [one["storageType"] for one in used["usageBreakdown"] if one["usage"]]
        session.send("DOMStorage.enable")
        for is_local in (True, False):
            where = {"securityOrigin": self.site.url, "isLocalStorage": is_local}
            with suppress(Error):
                items = session.send("DOMStorage.getDOMStorageItems", {"storageId": where})
                kept += [f"{name} in storage" for name, _ in items["entries"]]
        session.detach()
        cookies = {one.get("name", "") for one in self.context.cookies()}
        return kept + sorted(cookies - COOKIES)

    def offered(self, tab: Page, canaries: list[str]) -> list[str]:
        """Return which canaries the browser offers where the next person types."""
        assert self.context is not None
        found = []
        for box in tab.locator("main input.text").all():
            box.click()
            for key in ("ArrowDown", "ArrowDown", "Tab"):
                tab.keyboard.press(key)
            found += [one for one in canaries if one in box.input_value()]
        return found + self.on_screen(tab, canaries)

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


@dataclass
class Visitor:
    """Somebody at the terminal, in a language, with words nobody else has."""

    lang: str
    secrets: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        digits = int(token_hex(3), 16) % 10**5
        self.secrets = [f"kanari{token_hex(4)}", f"948{digits:05d}", token_hex(6)]

    def do(self, tab: Page, root: str, act: str) -> None:
        """Do one thing a person does; code and case number are secrets of theirs from then on."""
        tab.goto(f"{root}{self.lang}/")
        if act == "check-in":
            tab.click('a[href$="/check-in"]')
            tab.fill("[name=time]", "10:30")
            tab.fill("[name=number]", self.secrets[1])
            tab.click("main form button")
            return
        self.type_help(tab)
        if act == "typed":
            return
        if act == "faulty":
            tab.uncheck("[name=need][value=food]")
        tab.click("main form button" + ("[value=more]" if act == "more" else ":not([name])"))
        if code := CODE.search(tab.content()):
            self.secrets += [code[0], code[0][:9]]
        if act == "case":
            assert code
            tab.click("header button[value=over]")
            tab.click('a[href$="/case"]')
            tab.fill("[name=code]", code[0])
            tab.click("main form button")

    def type_help(self, tab: Page) -> None:
        """Open the form from the first page and write in it."""
        tab.click('a[href$="/help"]')
        for name, canary in zip(("message", "phone", "name"), self.secrets, strict=False):
            tab.fill(f"[name={name}]", canary)
        tab.check("[name=need][value=food]")

    def leave(self, tab: Page, root: str, way: str) -> None:
        """Leave by one of the ways out; `cleared` is where the screen goes by itself."""
        if way == "cleared":
            tab.goto(f"{root}{self.lang}/still")
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


@pytest.mark.parametrize(("way", "act"), ROWS)
def test_two_in_a_row_leave_nothing_to_the_third(reception: Reception, way: int, act: int) -> None:
    tab = reception.start()
    reception.register(tab)
    gone: list[str] = []
    # Every act with every way out, every way after every other, in both directions of writing.
    for one, other, lang in ((act, way, "nb"), (act + 3, way + act, "ar")):
        visitor = Visitor(lang if (way + act) % 2 else {"nb": "ar", "ar": "nb"}[lang])
        visitor.do(tab, reception.root, ACTS[one % len(ACTS)])
        assert reception.comes_up(tab, visitor.secrets)
        visitor.leave(tab, reception.root, WAYS[other % len(WAYS)])
        gone += visitor.secrets
        assert look_everywhere(reception, tab, gone) == []
        assert reception.stored(tab) == []
    tab.goto(f"{reception.root}nb/help")
    assert reception.offered(tab, gone) == []
    reception.stop()
    assert reception.on_disk(gone) == []
    tab = reception.start("--restore-last-session")
    assert look_everywhere(reception, tab, gone) == []


def test_a_terminal_left_alone_asks_and_clears_itself(reception: Reception) -> None:
    tab = reception.start()
    reception.register(tab)
    visitor = Visitor("ar")
    visitor.do(tab, reception.root, "receipt")
    tab.wait_for_url("**/still", timeout=TOTAL_S * 1000)
    assert reception.on_screen(tab, visitor.secrets) == []
    tab.wait_for_url(reception.root, timeout=TOTAL_S * 1000)
    assert look_everywhere(reception, tab, visitor.secrets) == []
    reception.stop()
    assert reception.on_disk(visitor.secrets) == []


def test_the_search_finds_what_a_page_for_everybody_leaves_on_the_disk(
    reception: Reception,
) -> None:
    tab = reception.start()
    visitor = Visitor("nb")
    tab.goto(f"{reception.site.url}/nb/")
    visitor.type_help(tab)
    tab.fill("[name=place]", "0001")
    tab.click("main form button:not([name])")
    tab.goto(f"{reception.site.url}/nb/")
    reception.stop()
    assert reception.on_disk(visitor.secrets)
