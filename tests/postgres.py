"""A PostgreSQL server of the tests: Debian's binaries, a private folder, a socket, no network."""

import contextlib
import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
SETTINGS = ("shared_buffers=64MB", "max_connections=300", "listen_addresses=", "timezone=UTC")


class NoPostgres(Exception):
    """PostgreSQL's server programs are not on this machine."""


def find_programs() -> Path:
    """Return the folder with `initdb` and `postgres`, the newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version, reverse=True)
    on_path = shutil.which("initdb")
    candidates = [*found, *([Path(on_path)] if on_path else [])]
    if not candidates:
        raise NoPostgres("apt-get install postgresql (its server programs are needed)")
    return candidates[0].parent


def _version(path: Path) -> int:
    return int(path.parent.parent.name)


class Server:
    """One running server. `is_durable` keeps fsync on, for the tests that pull the plug."""

    def __init__(self, folder: Path, *, is_durable: bool = False) -> None:
        self.folder = folder
        self.programs = find_programs()
        self.is_durable = is_durable

    def start(self) -> None:
        """Make the data folder and start; returns when the server answers."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self._run("initdb", "-D", "data", "-U", "nav", "-A", "trust", "-E", "UTF8", "--locale=C")
        options = [*SETTINGS, f"unix_socket_directories={self.folder}"]
        options += [] if self.is_durable else QUICK
        flags = " ".join(f"-c {option}" for option in options)
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", flags, "start")

    def stop(self) -> None:
        """Stop at once and remove the folder."""
        if (self.folder / "data/postmaster.pid").exists():
            self._run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def url(self, name: str) -> str:
        """Return the address of database `name` for SQLAlchemy."""
        return f"postgresql+psycopg://nav@/{name}?host={self.folder}"

    def run_sql(self, statement: str) -> None:
        """Run one statement outside any transaction, as the owner of the server."""
        with self.connect("postgres") as connection:
            connection.execute(statement.encode())

    def connect(self, name: str) -> psycopg.Connection:
        """Connect to database `name`; every statement stands alone."""
        return psycopg.connect(f"host={self.folder} user=nav dbname={name}", autocommit=True)

    def clone(self, template: str, name: str) -> None:
        """Copy database `template` to `name`."""
        # A copy of small files is four times as quick as one through the log.
        self.run_sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")

    def drop(self, name: str) -> None:
        """Remove database `name`, whoever is still connected."""
        self.run_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _run(self, program: str, *arguments: str) -> None:
        # The server refuses to run as root.
        as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run(
            [*as_owner, str(self.programs / program), *arguments],
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )


@contextlib.contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Let one test process at a time through."""
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def make_folder() -> Path:
    """Make a server's folder beside the run's own, which only we may enter.

    Short: a socket's path may have 107 bytes.
    """
    return Path(tempfile.mkdtemp(prefix="nav-pg-", dir=Path(tempfile.gettempdir()).parent))


def shared_server(folder: Path) -> Server:
    """Return the server every test process of this run shares, starting it for the first."""
    with only_one(folder / "postgres.lock"):
        note = folder / "postgres.folder"
        if note.exists():
            return Server(Path(note.read_text()))
        server = Server(make_folder())
        server.start()
        note.write_text(str(server.folder))
        return server


def stop_shared_server(folder: Path) -> None:
    """Stop what `shared_server` started, if it did."""
    note = folder / "postgres.folder"
    if note.exists() and Path(note.read_text()).exists():
        Server(Path(note.read_text())).stop()
