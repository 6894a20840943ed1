"""Several workers from one load of the site: what is never written to is in memory once."""

import ctypes
import logging
import os
import signal
import time
from collections.abc import Callable
from types import FrameType

log = logging.getLogger(__name__)

PAUSE_S = 1.0
"""How long a worker's place stays empty: one that cannot live must not use up the machine."""

_M_ARENA_MAX = -8
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)

Work = Callable[[int], None]
"""What a worker does, given its number; the first one is 0."""


def use_one_heap() -> None:
    """Let all threads of this process share one heap, where the C library has several.

    Only one thread at a time runs Python; a heap for each holds memory and saves no waiting.
    """
    set_option = getattr(_LIBC, "mallopt", None)
    if set_option is not None:
        set_option(_M_ARENA_MAX, 1)


def stop_at_sigterm() -> None:
    """Let SIGTERM end this process as an exception in its main thread."""
    signal.signal(signal.SIGTERM, _finish)


def run_workers(count: int, work: Work) -> None:
    """Run `work` in so many processes until told to stop; begin anew what dies.

    This process only watches. It has no threads and no connections, so a worker can be
    forked from it at any time.
    """
    running: dict[int, int] = {}
    try:
        for number in range(count):
            running[_fork(number, work)] = number
        while True:
            pid, status = os.wait()
            number = running.pop(pid)
            log.error("Worker %d ended with %d. Another takes its place.", number, status)
            time.sleep(PAUSE_S)
            running[_fork(number, work)] = number
    finally:
        _end(running)


def _fork(number: int, work: Work) -> int:
    """Begin a worker and return its process id."""
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        _die_with(parent)
        stop_at_sigterm()
        work(number)
        code = 0
    except (SystemExit, KeyboardInterrupt):
        code = 0
    except Exception:
        log.exception("Worker %d cannot go on.", number)
    finally:
        # Not sys.exit: what the watching process has open is not this one's to close.
        os._exit(code)


def _die_with(parent: int) -> None:
    control = getattr(_LIBC, "prctl", None)
    if control is not None:
        control(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def _end(running: dict[int, int]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for pid in running:
        os.kill(pid, signal.SIGTERM)
    for pid in running:
        os.waitpid(pid, 0)


def _finish(_signal: int, _frame: FrameType | None) -> None:
    # waitress lets the requests it has begun end before it leaves.
    raise SystemExit(0)
