"""Firefox, told what to do through its own remote control, Marionette."""

import json
import os
import socket
import subprocess
from itertools import count
from time import monotonic, sleep
from typing import Any

from tests.journeys.clients.base import PATIENCE_S
from tests.journeys.clients.webdriver import RefusedError, WebDriver
from tests.live import free_port

REFUSE_ALL_COOKIES = 2
PREFERENCES = {
    "javascript.enabled": False,
    "network.cookie.cookieBehavior": REFUSE_ALL_COOKIES,
    # It asks nobody but the site.
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "browser.search.update": False,
    "browser.startup.homepage": "about:blank",
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
}


class Firefox(WebDriver):
    """Firefox with a profile of its own, no window, script off, cookies refused."""

    program = ("firefox-esr", "--version")
    preferences: dict[str, object] = PREFERENCES
    """What its profile begins with."""

    def start(self) -> None:
        """Start it on the profile; what an earlier start kept on the disk is still there."""
        profile = self.home / "profile"
        profile.mkdir(exist_ok=True)
        port = free_port()
        chosen = self.preferences | {"marionette.port": port}
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in chosen.items()]
        (profile / "user.js").write_text("".join(lines))
        self._process = subprocess.Popen(
            ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", profile],
            env={**os.environ, "HOME": str(self.home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._numbers = count(1)
        self._line = self._connect(port)
        self._answers = self._line.makefile("rb")
        self._hear()
        self.tell("NewSession")

    def tell(self, command: str, **values: Any) -> Any:
        """Send a command of the standard and return its value."""
        return self._say(f"WebDriver:{command}", values)

    def close(self) -> None:
        """Quit, so that all it keeps is on the disk."""
        self._say("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._answers.close()
        self._line.close()
        self._process.wait(PATIENCE_S)

    def _connect(self, port: int) -> socket.socket:
        until = monotonic() + PATIENCE_S * 3
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port))
            except ConnectionRefusedError:
                assert self._process.poll() is None, "Firefox ended at once"
                assert monotonic() < until, "Firefox never listened"
                sleep(0.1)

    def _say(self, command: str, values: dict[str, Any]) -> Any:
        message = json.dumps([0, next(self._numbers), command, values]).encode()
        self._line.sendall(b"%d:%s" % (len(message), message))
        _, _, refusal, answer = self._hear()
        if refusal:
            raise RefusedError(f"{command}: {refusal['message']}")
        if isinstance(answer, dict) and set(answer) == {"value"}:
            return answer["value"]
        return answer

    def _hear(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._answers.read(1)
        return json.loads(self._answers.read(int(length[:-1])))
