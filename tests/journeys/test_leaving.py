"""Leaving quickly in Chromium with its memory of pages on: Back shows nothing that was written."""

import json
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import BrowserContext, Error, Page, sync_playwright

from nav_access.core.facts import load_facts
from tests.checks.browser import ARGUMENTS, chromium_path
from tests.live import LiveSite

pytestmark = pytest.mark.audit

KEEPS_PAGES = ["--disable-back-forward-cache", "--disable-field-trial-config"]
"""What the driver switches off, and a person's browser has."""
PATIENCE_MS = 3000
STEPS = 5
TYPED = {"message": "kanarimelding", "phone": "41234567", "name": "kanarinavn", "place": "0150"}
CODE = re.compile(r"(?:\d{4} ){4}\d{4}")


class Weather(BaseHTTPRequestHandler):
    """The page one is led to."""

    def do_GET(self) -> None:
        """Show it."""
        body = b"<!doctype html><title>Weather</title>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def weather(folder: Path) -> Iterator[int]:
    """Serve it over TLS, as it is served; yield the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Weather)
    server.daemon_threads = True
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(certify(folder / "weather.pem"))
    server.socket = trust.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def certify(path: Path) -> Path:
    """Write a key and a certificate nobody vouches for."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "weather")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    signed = made.sign(key, hashes.SHA256())
    path.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Page]:
    """A tab of a browser with a profile on disk, for which the weather is a page of ours."""
    host = urlsplit(load_facts().leave_address).netloc
    with weather(tmp_path) as port, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / "profile"),
            executable_path=chromium_path(),
            args=[*ARGUMENTS, f"--host-resolver-rules=MAP {host}:443 127.0.0.1:{port}"],
            ignore_https_errors=True,
            ignore_default_args=KEEPS_PAGES,
            java_script_enabled=False,
            # A person of their own: the site counts how much comes from one address.
            extra_http_headers={"X-Forwarded-For": "198.51.100.77"},
        )
        found = context.pages[0]
        found.set_default_timeout(PATIENCE_MS)
        yield found
        context.close()


def on_screen(context: BrowserContext, tab: Page, canaries: list[str]) -> list[str]:
    """Return which canaries a page holds, shown or in a field, and which needs are ticked."""
    session = context.new_cdp_session(tab)
    seen = json.dumps(
        session.send("DOMSnapshot.captureSnapshot", {"computedStyles": []}), ensure_ascii=False
    )
    session.detach()
    ticked = [one for one in tab.query_selector_all("[name=need]") if one.is_checked()]
    return [one for one in canaries if one in seen] + ["need"] * len(ticked)


def look_back(tab: Page, canaries: list[str]) -> list[str]:
    """Return what is seen by Back and Forward, several times."""
    found = []
    for step in [tab.go_back] * STEPS + [tab.go_forward] * STEPS + [tab.go_back] * STEPS:
        # The first page has nothing before it; the driver then waits in vain.
        with suppress(Error):
            step(timeout=PATIENCE_MS)
        found += on_screen(tab.context, tab, canaries)
    return found


def write(tab: Page, url: str) -> list[str]:
    """Write in the form; return what must not be seen again."""
    tab.goto(f"{url}/nb/")
    tab.goto(f"{url}/nb/help")
    for name, value in TYPED.items():
        tab.fill(f"[name={name}]", value)
    tab.check("[name=need][value=food]")
    return [value for name, value in TYPED.items() if name != "place"]


def send(tab: Page) -> list[str]:
    """Send it; return the code."""
    tab.click("main form button:not([name])")
    code = CODE.search(tab.inner_text("#code"))
    assert code
    return [code[0], code[0][:9]]


def leave(tab: Page) -> None:
    """Press the way out, and see the weather."""
    tab.click('header a[href$="/leave"]')
    tab.wait_for_url(f"{load_facts().leave_address}**")
    assert tab.title() == "Weather"


def test_what_was_being_written_is_gone(tab: Page, live: LiveSite):
    canaries = write(tab, live.url)
    leave(tab)
    assert look_back(tab, canaries) == []


def test_what_was_sent_is_gone(tab: Page, live: LiveSite):
    canaries = write(tab, live.url) + send(tab)
    leave(tab)
    assert look_back(tab, canaries) == []


def test_a_form_that_was_refused_is_gone(tab: Page, live: LiveSite):
    canaries = write(tab, live.url)
    tab.uncheck("[name=need][value=food]")
    tab.fill("[name=message]", "")
    tab.click("main form button:not([name])")
    tab.wait_for_selector("[role=alert]")
    leave(tab)
    assert look_back(tab, canaries) == []


def test_an_open_case_is_gone(tab: Page, live: LiveSite):
    canaries = write(tab, live.url)
    codes = send(tab)
    tab.goto(f"{live.url}/nb/case")
    tab.fill("[name=code]", codes[0])
    tab.click("main form button")
    tab.wait_for_selector("[name=code]", state="detached")
    leave(tab)
    assert look_back(tab, canaries + codes) == []


def test_the_browser_does_keep_pages(tab: Page, live: LiveSite):
    """Else the tests above would see nothing whatever leaving did."""
    canaries = write(tab, live.url)
    tab.click('header a[href$="/nb/"]')
    with suppress(Error):
        tab.go_back(timeout=PATIENCE_MS)
    assert on_screen(tab.context, tab, canaries) == [*canaries, "need"]
