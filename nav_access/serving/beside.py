"""What runs beside the server: work on a clock, each in a thread of its own, in one process.

A piece of work is a function of the app and an event. It returns soon after the event is set,
and waits with `stop.wait(seconds)`, never with `time.sleep`.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread

from flask import Flask

from nav_access.serving.clocks import keep_clocks, keep_erasing, keep_sending

log = logging.getLogger(__name__)

Work = Callable[[Flask, Event], None]

BESIDE: tuple[Work, ...] = (keep_clocks, keep_sending, keep_erasing)
"""All work of a running site. It is begun in the first worker only."""

PAUSE_S = 10.0
"""How long work that failed rests before it begins again."""
PATIENCE_S = 5.0
"""How long a stopping server waits for work to end."""


@contextmanager
def running_beside(
    app: Flask, work: Sequence[Work] = BESIDE, *, pause_s: float = PAUSE_S
) -> Iterator[None]:
    """Run work for as long as the block lasts."""
    stop = Event()
    threads = [
        Thread(target=_keep_on, args=(each, app, stop, pause_s), name=each.__name__, daemon=True)
        for each in work
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(PATIENCE_S)


def _keep_on(work: Work, app: Flask, stop: Event, pause_s: float) -> None:
    while not stop.is_set():
        try:
            work(app, stop)
        except Exception as error:  # noqa: BLE001 - whatever it was, the clock must go on
            # Its type only: its text may be somebody's.
            log.error("%s failed with %s and begins again", work.__name__, type(error).__name__)
        stop.wait(pause_s)
