"""A real HTTP gateway for tests: it notes each text, and answers as it is told to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True)
class Taken:
    """One text as it came to the gateway."""

    once: str
    fields: dict[str, str]


class GatewayServer(ThreadingHTTPServer):
    """`decide` is told of each text and gives the status to answer with; None: no answer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.taken: list[Taken] = []
        self.unanswered: set[str] = set()
        self.decide: Callable[[Taken], int | None] = lambda _: 202

    @property
    def url(self) -> str:
        return f"http://nav:p%40ss@127.0.0.1:{self.server_address[1]}/cgi-bin/sendsms"


class _Request(BaseHTTPRequestHandler):
    server: GatewayServer

    def do_GET(self) -> None:
        fields = {name: each[0] for name, each in parse_qs(urlsplit(self.path).query).items()}
        taken = Taken(unquote(self.headers["Idempotency-Key"]), fields)
        self.server.taken.append(taken)
        status = self.server.decide(taken)
        if status is None:
            self.server.unanswered.add(taken.once)
            return
        self.send_response(status)
        self.end_headers()
        self.wfile.write(b"0: Accepted for delivery")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def gateway_server() -> Iterator[GatewayServer]:
    """Serve until the block ends."""
    with GatewayServer() as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
