"""What a page costs in CPU, as a ratio to Flask saying hello.

In this process, without sockets, and so without the server's share, which is the same for all.
The cached page is set against a bare WSGI app in `cached_page`, where the server counts.
"""

import gc
import time
from collections.abc import Callable
from itertools import count
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from benchmarks.sample_site import sample_site
from tests.pages import Visit
from tests.states.citizen import fill_help

ROUNDS = 5
GZIP = {"Accept-Encoding": "gzip"}
Environ = dict[str, Any]


def microseconds(application: Any, environs: Callable[[], list[Environ]]) -> float:
    """Return the CPU time of one request, the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        round_of = environs()
        gc.collect()
        before = time.process_time()
        for environ in round_of:
            run_wsgi_app(application, environ, buffered=True)
        best = min(best, (time.process_time() - before) / len(round_of) * 1e6)
    return best


def hello() -> Flask:
    """Return Flask's own first example."""
    app = Flask("hello")
    app.add_url_rule("/", "hello", lambda: "Hello")
    return app


def getting(path: str) -> Callable[[], list[Environ]]:
    """Return what makes requests for a page, as a phone would ask."""
    environ = EnvironBuilder(path, headers=GZIP).get_environ()
    return lambda: [dict(environ) for _ in range(400)]


def posting(path: str, data: Callable[[], Environ], times: int) -> Callable[[], list[Environ]]:
    """Return what makes requests that send a form, each from an address of its own."""
    numbers = count()

    def environ() -> Environ:
        number = next(numbers)
        origin = {"REMOTE_ADDR": f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"}
        one = EnvironBuilder(path, method="POST", data=data(), headers=GZIP, environ_base=origin)
        return one.get_environ()

    return lambda: [environ() for _ in range(times)]


def main() -> None:
    """Print one line a kind of request."""
    with sample_site() as app:
        base = microseconds(hello(), getting("/"))
        print(f"{'':<24}{'µs CPU':>8}{'speed':>8}  of hello")
        _row("Flask hello", base, base, "")
        _row("front page, cached", microseconds(app, getting("/nb/")), base, "")
        _row("blank form", microseconds(app, getting("/nb/help")), base, "aim ≥ 0.75")
        _posts(app, base)


def _posts(app: Flask, base: float) -> None:
    def good() -> Environ:
        # A new token each time, or the same receipt is shown again.
        return fill_help(Visit(app, app.test_client(use_cookies=False), "nb")).values

    faulty = good() | {"phone": ["12"]}
    redrawn = microseconds(app, posting("/nb/help", lambda: faulty, 50))
    _row("form with errors", redrawn, base, "aim ≥ 0.35")
    _row("request stored", microseconds(app, posting("/nb/help", good, 50)), base, "aim ≥ 0.29")


def _row(name: str, cost: float, base: float, aim: str) -> None:
    print(f"{name:<24}{cost:>8.0f}{base / cost:>8.2f}  {aim}")


if __name__ == "__main__":
    main()
