"""A small app behind the site's own server, on a real socket."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from waitress import wasyncore

from nav_access.serving.server import make_server, open_sockets


@dataclass(frozen=True)
class Served:
    """A server that runs in a thread."""

    port: int

    def connect(self) -> socket.socket:
        """Open a connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=5)

    def say(self, *parts: bytes) -> bytes:
        """Send these bytes and return all that comes until the server closes."""
        with self.connect() as connection:
            for part in parts:
                connection.sendall(part)
            return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    """Serve an app until the test ends."""
    stop = threading.Event()
    threads = []

    def begin(app) -> Served:
        sockets = open_sockets("127.0.0.1:0")
        server = make_server(app, sockets)

        def run() -> None:
            while not stop.is_set():
                wasyncore.loop(timeout=0.05, use_poll=True, map=server.map, count=1)
            server.close()

        threads.append(threading.Thread(target=run))
        threads[-1].start()
        return Served(sockets[0].getsockname()[1])

    yield begin
    stop.set()
    for thread in threads:
        thread.join()
