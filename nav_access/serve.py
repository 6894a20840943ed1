"""Serves the site with waitress: many slow phones at once, each allowed its time."""

import os
import resource
import signal
from types import FrameType
from typing import Any

from waitress.server import create_server

from nav_access.factory import create_app

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


def serve() -> None:
    """Serve until told to stop, on NAV_BIND or the PORT of this machine alone."""
    _allow_many_connections()
    address = os.environ.get("NAV_BIND") or f"127.0.0.1:{os.environ.get('PORT', '8000')}"
    server = create_server(create_app(), listen=address, **OPTIONS)
    signal.signal(signal.SIGTERM, _finish)
    print(f"The site answers at http://{address.split()[0]}/", flush=True)
    server.run()
    server.close()


def _allow_many_connections() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + 200
    if soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _finish(_signal: int, _frame: FrameType | None) -> None:
    # waitress lets the requests it has begun end before it leaves.
    raise SystemExit(0)


if __name__ == "__main__":
    serve()
