"""Stands between a browser and the site: refuses cookies, and keeps what the browser was shown.

Knowing the page's source is what lets a driver press the right keys in a browser that has no
names for its fields, only an order.
"""

import http.client
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Self
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup

_people = count(1)

ICON = "/favicon.ico"
"""What some browsers ask for besides the page they show."""
STAYS_BEHIND = {"connection", "transfer-encoding", "set-cookie", "content-length", "date"}


@dataclass(frozen=True)
class Answer:
    """What the site answered."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Recorder:
    """A forwarding server on a port of its own; use as a context manager."""

    def __init__(self, site: str) -> None:
        self.site = urlsplit(site)
        self.pages: list[str] = []
        self.sent: list[dict[str, list[str]]] = []
        self.cookies_offered: list[str] = []
        number = next(_people)
        self.person = f"198.18.{number // 250}.{number % 250 + 1}"
        """The address the site is told: each person comes from a network of their own."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The address browsers are sent to."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def source(self) -> BeautifulSoup:
        """The page shown last."""
        return BeautifulSoup(self.pages[-1], "html5lib")

    def forward(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """Ask the site and remember the page it answers with."""
        if body:
            self.sent.append(parse_qs(body.decode(), keep_blank_values=True))
        connection = http.client.HTTPConnection(self.site.hostname or "", self.site.port)
        ours = {"Accept-Encoding": "identity", "X-Forwarded-For": self.person}
        connection.request(method, path, body or None, headers | ours)
        response = connection.getresponse()
        answer = Answer(response.status, response.getheaders(), response.read())
        connection.close()
        self.cookies_offered += [value for name, value in answer.headers if name == "Set-Cookie"]
        # Without an icon the site leads on to a page that says so, under the same name.
        is_icon = path.startswith(ICON)
        is_page = response.headers.get_content_type() == "text/html" and not is_icon
        if is_page and not 300 <= response.status < 400:
            self.pages.append(answer.body.decode())
        return answer

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._forward()

            def do_POST(self) -> None:
                self._forward()

            def _forward(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                kept = {k: v for k, v in self.headers.items() if k.lower() != "cookie"}
                answer = recorder.forward(self.command, self.path, kept, body)
                self.send_response_only(answer.status)
                for name, value in answer.headers:
                    if name.lower() not in STAYS_BEHIND:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler
