"""The folder the processes of one test run share, and what became of runs that were killed."""

import os
import shutil
import tempfile
from pathlib import Path

from tests.postgres import stop_shared_server

PREFIX = "nav-tests-"
OWNER = "owner.pid"


def make() -> Path:
    """Make this run's folder; clear away after runs whose process is gone."""
    _clear_away()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    (folder / OWNER).write_text(str(os.getpid()))
    return folder


def remove(folder: Path) -> None:
    """Stop the run's database server and remove the folder."""
    stop_shared_server(folder)
    shutil.rmtree(folder, ignore_errors=True)


def _clear_away() -> None:
    for note in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{OWNER}"):
        if not Path(f"/proc/{note.read_text()}").exists():
            remove(note.parent)
