"""People at one terminal, in Chromium with a profile on disk: nothing of the first is left.

Looked at: the screen, Back and Forward beyond the first page, Reload, what the browser remembers
to fill in, every kind of storage of the page, the tab it restores, and each file of the profile.
That each of these would be seen is shown on pages for everybody, which do leave something.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Playwright, sync_playwright

from tests.checks.browser import ARGUMENTS, chromium_path
from tests.journeys.clients.base import without_spaces
from tests.live import LiveSite

pytestmark = [pytest.mark.audit, pytest.mark.timeout(900)]

CODE = re.compile(r"(?:\d{4} ){4}\d{4}")
KEEPS_PAGES = ["--disable-back-forward-cache", "--disable-field-trial-config"]
"""What the driver switches off, and a person's browser has."""
OFFICE = "9901"
PATIENCE_MS = 2000
TRIES = 50
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
            # What lies packed on the disk cannot be searched.
            extra_http_headers={"Accept-Encoding": "identity"},
        )
        self.context.set_default_timeout(10 * PATIENCE_MS)
        return self.context.pages[0]

    def start_restored(self) -> Page:
        """Start the browser with the tabs it had; return the one that was the terminal's."""
        blank = self.start("--restore-last-session")
        assert self.context is not None
        for _ in range(TRIES):
            for tab in self.context.pages:
                if tab.url.startswith(self.site.url):
                    tab.wait_for_load_state()
                    return tab
            blank.wait_for_timeout(100)
        raise AssertionError("the browser restored no tab")

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
        """Return which canaries a page holds, shown or in a field, however it groups digits."""
        assert self.context is not None
        session = self.context.new_cdp_session(tab)
        seen = json.dumps(
            session.send("DOMSnapshot.captureSnapshot", {"computedStyles": []}), ensure_ascii=False
        )
        session.detach()
        seen = without_spaces(seen)
        return [one for one in canaries if without_spaces(one) in seen]

    def comes_to(self, tab: Page, secrets: list[str], *, is_shown: bool) -> bool:
        """Say whether a page shows any, or none, within a while: a click does not wait for it."""
        for _ in range(TRIES):
            if bool(self.on_screen(tab, secrets)) is is_shown:
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

    def remembered(self) -> list[str]:
        """Return all that the browser would offer the next person; it keeps that in a database."""
        with closing(sqlite3.connect(self.profile / "Default" / "Web Data")) as kept:
            return [value for (value,) in kept.execute("SELECT value FROM autofill")]

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
            tab.wait_for_selector("[role=alert]")
            return
        self.type_help(tab)
        if act == "typed":
            return
        if act == "faulty":
            tab.check("[name=reach][value=email]")
        tab.click("main form button" + ("[value=more]" if act == "more" else ":not([name])"))
        if act == "faulty":
            tab.wait_for_selector("[role=alert]")
        if act in ("receipt", "case"):
            code = self.read_code(tab)
        if act == "case":
            tab.click("header button[value=over]")
            tab.click('a[href$="/case"]')
            tab.fill("[name=code]", code)
            tab.click("main form button")
            tab.wait_for_selector("main form", state="detached")

    def read_code(self, tab: Page) -> str:
        """Return the code on the receipt, once that is there; it is a secret from then on."""
        code = CODE.search(tab.inner_text("#code"))
        assert code
        self.secrets += [code[0], code[0][:9]]
        return code[0]

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
    ways = (tab.go_back, tab.reload, tab.go_forward, tab.reload)
    for step in (step for way in ways for step in [way] * (1 if way == tab.reload else STEPS)):
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
        assert reception.comes_to(tab, visitor.secrets, is_shown=True)
        visitor.leave(tab, reception.root, WAYS[other % len(WAYS)])
        gone += visitor.secrets
        assert reception.comes_to(tab, gone, is_shown=False)
        assert look_everywhere(reception, tab, gone) == []
        assert reception.stored(tab) == []
    reception.stop()
    assert reception.on_disk(gone) == []
    assert reception.remembered() == []
    tab = reception.start_restored()
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


def test_what_a_page_for_everybody_leaves_on_the_disk_is_found(reception: Reception) -> None:
    tab = reception.start()
    visitor = Visitor("nb")
    tab.goto(f"{reception.site.url}/nb/")
    visitor.type_help(tab)
    tab.fill("[name=place]", "0001")
    tab.click("main form button:not([name])")
    tab.goto(f"{reception.site.url}/nb/")
    reception.stop()
    assert reception.on_disk(visitor.secrets)
    assert set(visitor.secrets[1:]) <= set(reception.remembered())


def test_what_a_page_for_everybody_shows_again_is_found(reception: Reception) -> None:
    tab = reception.start()
    (canary, *_) = Visitor("nb").secrets
    tab.goto(f"{reception.site.url}/nb/offices")
    tab.fill("[name=q]", canary)
    tab.click("main form button")
    assert reception.comes_to(tab, [canary], is_shown=True)
    tab.goto(f"{reception.site.url}/nb/")
    assert look_everywhere(reception, tab, [canary])
    reception.stop()
    assert any("Cache_Data" in one for one in reception.on_disk([canary]))
    assert look_everywhere(reception, reception.start_restored(), [canary])


def test_what_a_page_stores_is_found(reception: Reception) -> None:
    tab = reception.start()
    tab.goto(f"{reception.site.url}/nb/")
    assert reception.context is not None
    session = reception.context.new_cdp_session(tab)
    where = {"securityOrigin": reception.site.url, "isLocalStorage": True}
    session.send("DOMStorage.enable")
    session.send("DOMStorage.setDOMStorageItem", {"storageId": where, "key": "k", "value": "v"})
    reception.context.add_cookies([{"name": "c", "value": "v", "url": reception.site.url}])
    assert reception.stored(tab) == ["k in storage", "c"]
