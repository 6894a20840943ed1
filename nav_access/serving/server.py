"""waitress as this site needs it: what lies ready goes at once, and errors say whom to ring."""

import socket
import threading
import time
from collections.abc import Iterable
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import MultiSocketServer, TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher, WSGITask

from nav_access.serving.plain_errors import plain_error

CONNECTIONS = 4000
OPTIONS: dict[str, Any] = {
    "threads": 8,
    "connection_limit": CONNECTIONS,
    # Without poll it dies above 1,024 open connections.
    "asyncore_use_poll": True,
    # Longer than a phone on 2G thinks between two pages: a new connection costs it three seconds.
    "channel_timeout": 90,
    "max_request_header_size": 16 * 1024,
    # Well above the site's own limit, whose answer has a phone number and the right language.
    "max_request_body_size": 1024 * 1024,
    "ident": None,
    # The site itself decides which proxy is believed; waitress would drop what it says.
    "clear_untrusted_proxy_headers": False,
}
LINGER_S = 2.0
"""How long a client that was refused may go on sending before the connection is cut."""


class OnePieceTask(WSGITask):  # type: ignore[misc]  # waitress has no types
    """Sends headers and body together: one packet on the way instead of two."""

    wrote_header: bool = False

    def write(self, data: bytes) -> None:
        """Send part of an answer, the headers first."""
        is_whole = data and not self.wrote_header and self.content_length == len(data)
        if not (is_whole and self.complete and self.has_body):
            super().write(data)
            return
        head = self.build_response_header()
        self.wrote_header = True
        self.content_bytes_written = len(data)
        self.channel.write_soon(head + data)


class RefusalTask(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """Answers what is no request with a page that has the number to ring."""

    def execute(self) -> None:
        """Send the page and end the connection."""
        status, headers, body = plain_error(self.request.error.code, self.request.error.reason)
        self.status = status
        self.response_headers.extend(headers)
        self.set_close_on_finish()
        self.content_length = len(body)
        self.channel.has_refused = True
        self.write(body)


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """One connection."""

    task_class = OnePieceTask
    error_task_class = RefusalTask
    has_refused = False
    is_reading = False
    is_ready = False
    lingers_until = 0.0

    def handle_read(self) -> None:
        """Read what came; answer here and now what needs no waiting."""
        if self.lingers_until:
            self.recv(self.adj.recv_bytes)
            return
        self.is_reading = True
        try:
            super().handle_read()
        finally:
            self.is_reading = False
        if self.is_ready:
            self.is_ready = False
            self.service()

    def handle_close(self) -> None:
        """Close, but let somebody who was refused read why.

        Closing while they still send would reset the connection and take the answer away.
        """
        if self.has_refused and not self.lingers_until and self._stop_sending():
            self.lingers_until = time.monotonic() + LINGER_S
            self.will_close = self.close_when_flushed = False
            return
        super().handle_close()

    def readable(self) -> bool:
        """Say whether anything more is read from here."""
        if self.lingers_until and time.monotonic() > self.lingers_until:
            self.will_close = True
        return bool(super().readable())

    def _stop_sending(self) -> bool:
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            return False
        return True


class Server(TcpWSGIServer):  # type: ignore[misc]  # waitress has no types
    """Hands requests to threads, but for those whose answer lies ready.

    An app may have `has_ready(method, path, query, find_header)`. What it says yes to is
    answered by the thread that reads, whatever the other threads are waiting for.
    """

    channel_class = Channel

    def __init__(self, app: Any, *args: Any, **options: Any) -> None:
        self._has_ready = getattr(app, "has_ready", None)
        self._reader = threading.main_thread().ident
        super().__init__(app, *args, **options)

    def add_task(self, task: Channel) -> None:
        """Have the next request of a connection answered."""
        if task.is_reading and self._is_ready(task.requests[0]):
            task.is_ready = True
        else:
            super().add_task(task)

    def pull_trigger(self) -> None:
        """Wake the thread that reads, unless it is the one that asks."""
        if threading.get_ident() != self._reader:
            super().pull_trigger()

    def _is_ready(self, request: Any) -> bool:
        if request.error or self._has_ready is None:
            return False
        found = request.headers.get
        return bool(self._has_ready(request.command, request.path, request.query, found))


def open_sockets(address: str) -> list[socket.socket]:
    """Return sockets bound to HOST:PORT, or to several with spaces between."""
    return [_bind(*place) for place in Adjustments(listen=address).listen]


def make_server(app: Any, sockets: Iterable[socket.socket]) -> MultiSocketServer:
    """Return a server for bound sockets; its `run()` serves `app` until told to stop."""
    # The sockets are open; waitress would look up its own default address all the same.
    options = Adjustments(**OPTIONS, listen="127.0.0.1:0")
    threads = ThreadedTaskDispatcher()
    threads.set_thread_count(options.threads)
    everything: dict[int, wasyncore.dispatcher] = {}
    for each in sockets:
        place = (each.family, each.type, each.proto, each.getsockname())
        Server(
            app,
            everything,
            _sock=each,
            dispatcher=threads,
            adj=options,
            sockinfo=place,
            bind_socket=False,
        )
    return MultiSocketServer(everything, options, [], threads)


def _bind(family: int, kind: int, protocol: int, address: Any) -> socket.socket:
    made = socket.socket(family, kind, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    made.bind(address)
    return made
