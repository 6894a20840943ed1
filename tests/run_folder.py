"""The folder the processes of one test run share, and what became of runs that were killed."""

import os
import shutil
import tempfile
from pathlib import Path

from tests.postgres import stop_shared_server

PREFIX = "nav-tests-"
OWNER = "owner.pid"
MEMORY = Path("/dev/shm")
ROOMY = 4 * 1024**3


def make() -> Path:
    """Make this run's folder; clear away after runs whose process is gone.

    What the run puts aside lies in it, in memory where there is plenty: waiting for a disk to
    keep what is thrown away at once is most of what the tests' databases would cost.
    """
    place = MEMORY if _is_roomy(MEMORY) else Path(tempfile.gettempdir())
    _clear_away(place)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    (folder / OWNER).write_text(str(os.getpid()))
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    return folder


def remove(folder: Path) -> None:
    """Stop the run's database server and remove the folder."""
    stop_shared_server(folder)
    shutil.rmtree(folder, ignore_errors=True)


def _is_roomy(place: Path) -> bool:
    if not os.access(place, os.W_OK):
        return False
    found = os.statvfs(place)
    return found.f_bavail * found.f_frsize >= ROOMY


def _clear_away(place: Path) -> None:
    for note in place.glob(f"{PREFIX}*/{OWNER}"):
        if not Path(f"/proc/{note.read_text()}").exists():
            remove(note.parent)
