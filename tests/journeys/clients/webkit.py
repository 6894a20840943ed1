"""WebKitGTK, the engine nearest to the browser of telephones with iOS."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.journeys.clients.base import PATIENCE_S
from tests.journeys.clients.packages import package
from tests.journeys.clients.screen import Screen
from tests.journeys.clients.webdriver import RefusedError, WebDriver
from tests.live import free_port

COMMANDS = {
    "Navigate": ("POST", "/url"),
    "Back": ("POST", "/back"),
    "Forward": ("POST", "/forward"),
    "Refresh": ("POST", "/refresh"),
    "SetWindowRect": ("POST", "/window/rect"),
    "TakeScreenshot": ("GET", "/screenshot"),
    "GetPageSource": ("GET", "/source"),
    "FindElement": ("POST", "/element"),
    "FindElements": ("POST", "/elements"),
    "GetElementText": ("GET", "/element/{id}/text"),
    "GetElementTagName": ("GET", "/element/{id}/name"),
    "GetElementProperty": ("GET", "/element/{id}/property/{name}"),
    "IsElementSelected": ("GET", "/element/{id}/selected"),
    "ElementClick": ("POST", "/element/{id}/click"),
    "ElementClear": ("POST", "/element/{id}/clear"),
    "ElementSendKeys": ("POST", "/element/{id}/value"),
    "Quit": ("DELETE", ""),
}
"""The method and the address behind each name of the standard."""
# As root it has no sandbox; and it draws by itself, for there is no graphics card.
PLAIN = {
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
    "LIBGL_ALWAYS_SOFTWARE": "1",
}


class WebKit(WebDriver):
    """WebKitGTK's own small browser on a screen of its own, script off."""

    program = package("webkit2gtk-driver")

    def start(self) -> None:
        """Start its driver, and through it the browser."""
        self._screen = Screen(600, 1200)
        port = free_port()
        self._url = f"http://127.0.0.1:{port}"
        self._process = subprocess.Popen(
            ["WebKitWebDriver", f"--port={port}"],
            env={**os.environ, **PLAIN, "HOME": str(self.home), "DISPLAY": self._screen.name},
        )
        options = {"binary": str(_browser()), "args": ["--automation", "--enable-javascript=false"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self._url += f"/session/{self._open_session(wanted)}"

    def tell(self, command: str, **values: Any) -> Any:
        """Send a command of the standard and return its value."""
        method, address = COMMANDS[command]
        return self._ask(method, address.format(**values), values)

    def close(self) -> None:
        """Quit the browser, its driver and the screen."""
        self.tell("Quit")
        self._process.terminate()
        self._process.wait(PATIENCE_S)
        self._screen.close()

    @contextmanager
    def showing_another(self) -> Iterator[None]:
        """Look at the screen instead: asked while one page gives way to another, it hangs."""
        before = self._screen.look()
        yield
        until = monotonic() + PATIENCE_S
        while self._screen.look() == before:
            assert monotonic() < until, "the page that came is not shown"
            sleep(0.1)
        self._screen.settle()

    def _open_session(self, wanted: dict[str, Any]) -> str:
        until = monotonic() + PATIENCE_S
        while True:
            try:
                return str(self._ask("POST", "/session", {"capabilities": wanted})["sessionId"])
            except URLError:
                assert monotonic() < until, "WebKitWebDriver never listened"
                sleep(0.1)

    def _ask(self, method: str, address: str, values: dict[str, Any]) -> Any:
        body = json.dumps(values).encode() if method == "POST" else None
        request = Request(self._url + address, body, {"Content-Type": "application/json"})
        request.method = method
        try:
            with urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except HTTPError as refusal:
            raise RefusedError(f"{address}: {refusal.read().decode()}") from refusal


def _browser() -> Path:
    return next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
