"""The database: one commit per request, writers that queue instead of colliding."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any, NoReturn, cast

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

__all__ = ["AtCommit", "Connection", "Database", "DatabaseUnavailable", "Session", "at_commit"]

PATIENCE_MS = 900
"""How long a request waits: the person must see the phone number within a second."""

_READING, _WRITING = "BEGIN", "BEGIN IMMEDIATE"

AtCommit = Callable[[Session], None]


class DatabaseUnavailable(Exception):
    """The database was away, busy too long, or could not store; nothing was kept."""


class Database:
    """One database, SQLite or PostgreSQL, behind a unit of work and a read session.

    Nothing else begins a transaction on SQLite: what uses `engine` itself is stored at once.
    """

    def __init__(
        self,
        url: str,
        *,
        patience_ms: int = PATIENCE_MS,
        info: Mapping[str, Any] | None = None,
    ) -> None:
        """Connect lazily to `url`; `info` is what every session carries (the keyring)."""
        self.engine = _make_engine(url, patience_ms)
        self._info = dict(info or {})
        self._patience_s = patience_ms / 1000
        self._turn = Lock() if url.startswith("sqlite") else None

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """Yield a session whose work is committed once, at the end, or not at all.

        The only commit in the project. What `at_commit` collected runs last, so that
        what is serialised between writers (the audit chain) is held the shortest time.
        Raises DatabaseUnavailable when the database cannot take the work.
        """
        with (
            self._in_turn(),
            _facts_from_the_driver(),
            self._begun(_WRITING) as connection,
            connection.begin(),
            self._session(connection) as session,
        ):
            yield session
            session.flush()
            for finish in session.info.pop("at_commit", ()):
                finish(session)
            session.flush()

    @contextmanager
    def rehearsal(self) -> Iterator[Session]:
        """Yield a session in which a change can be tried and looked at; nothing of it is kept.

        Nothing read in it may be remembered outside it, for it was never so.
        """
        with (
            self._in_turn(),
            _facts_from_the_driver(),
            self._begun(_WRITING) as connection,
            self._session(connection) as session,
        ):
            yield session
            session.rollback()

    @contextmanager
    def read_session(self) -> Iterator[Session]:
        """Yield a session for reading one consistent state; never commits."""
        with (
            _facts_from_the_driver(),
            self._begun(_READING) as connection,
            self._session(connection) as session,
        ):
            yield session

    @contextmanager
    def read_connection(self) -> Iterator[Connection]:
        """Yield a plain connection for reading rows, without the work a session is.

        For what is asked at every request; objects are read in a `read_session`.
        """
        with _facts_from_the_driver(), self._begun(_READING) as connection:
            yield connection

    @contextmanager
    def _begun(self, how: str) -> Iterator[Connection]:
        """Yield a connection; on SQLite, where the driver's own BEGIN is deferred, begin it.

        Not in a listener: SQLAlchemy would ask at every step of every connection who listens.
        """
        with self.engine.connect() as connection:
            if self._turn is not None:
                run_as_it_is(connection, how).close()
            yield connection

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Let this process's writers to SQLite queue here, where waiting costs no polling."""
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=self._patience_s):
            raise DatabaseUnavailable("busy")
        try:
            yield
        finally:
            self._turn.release()

    def _session(self, bind: Connection) -> Session:
        return Session(bind, expire_on_commit=False, info=dict(self._info))

    def leave_nothing_behind(self, *, is_rewritten: bool) -> bool:
        """Let what was deleted be gone from SQLite's files, too; say whether it is.

        What is deleted is overwritten with zeros where it lies (`secure_delete`), but older
        copies stand on in the log until it is cut, and in the gaps of pages that were split
        until the file is rewritten. Writers wait meanwhile. On PostgreSQL this does nothing.
        """
        if self._turn is None:
            return True
        with self._in_turn(), _facts_from_the_driver(), self.engine.connect() as connection:
            if is_rewritten:
                run_as_it_is(connection, "VACUUM").close()
            [(is_busy, *_)] = fetch_as_it_is(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
        return not is_busy

    def size_of_file(self) -> int:
        """Return the bytes of SQLite's file; 0 where there is none."""
        file = Path(self.engine.url.database or "")
        return file.stat().st_size if self._turn is not None and file.is_file() else 0

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def at_commit(session: Session, finish: AtCommit) -> None:
    """Run `finish(session)` as the last thing before this unit of work commits."""
    session.info.setdefault("at_commit", []).append(finish)


def let_side_files_be_written(engine: Engine) -> None:
    """Give the files beside an SQLite database its own mode.

    SQLite makes them as the database was when first opened: made while it could only be read,
    they would keep it from being written ever after.
    """
    database = Path(engine.url.database or "")
    for side in (Path(f"{database}-shm"), Path(f"{database}-wal")):
        # Another's files, or gone meanwhile: nothing is worse than it was.
        with suppress(OSError):
            side.chmod(database.stat().st_mode)


def run_as_it_is(connection: Connection, text: str, parameters: Any = ()) -> Any:
    """Hand a statement to the driver and return its cursor; errors come as SQLAlchemy's."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(text, parameters)
    except Exception as error:  # noqa: BLE001 - each driver has its own; told apart below
        # An open cursor keeps SQLite's connection, and the files beside it, from closing.
        cursor.close()
        _raise_as_sqlalchemy_does(connection, error, text)
    return cursor


def fetch_as_it_is(connection: Connection, text: str, parameters: Any = ()) -> list[Any]:
    """Hand a query to the driver and return all its rows."""
    cursor = run_as_it_is(connection, text, parameters)
    try:
        rows: list[Any] = cursor.fetchall()
    except Exception as error:  # noqa: BLE001 - as above
        _raise_as_sqlalchemy_does(connection, error, text)
    finally:
        cursor.close()
    return rows


def _raise_as_sqlalchemy_does(connection: Connection, error: Exception, text: str) -> NoReturn:
    """Raise the driver's error under SQLAlchemy's name; connections that are gone are let go."""
    dialect = connection.dialect
    base = cast(Any, dialect).dbapi.Error
    if not isinstance(error, base):
        raise error
    if "readonly" in str(error):
        let_side_files_be_written(connection.engine)
        connection.invalidate(error)
        # The others were opened then, too, and keep the files beside the database as they were.
        connection.engine.dispose()
    elif dialect.is_disconnect(cast(Any, error), connection.connection, None):
        connection.invalidate(error)
    # No values: nobody's words may stand in a log.
    raise DBAPIError.instance(text, None, error, base, hide_parameters=True, dialect=dialect)


@contextmanager
def _facts_from_the_driver() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, InternalError, PoolTimeout) as error:
        raise DatabaseUnavailable(type(error).__name__) from error


def _make_engine(url: str, patience_ms: int) -> Engine:
    if url.startswith("sqlite"):
        return _make_sqlite_engine(url, patience_ms)
    return create_engine(
        url,
        pool_pre_ping=True,
        # A worker's threads and what runs beside them each keep theirs; opening one is slow.
        pool_size=10,
        max_overflow=5,
        pool_timeout=patience_ms / 1000,
        connect_args={
            "connect_timeout": 2,
            # PgBouncer in transaction mode cannot carry prepared statements over.
            "prepare_threshold": None,
            "options": f"-c timezone=UTC -c lock_timeout={patience_ms} -c statement_timeout=5000",
        },
    )


def _make_sqlite_engine(url: str, patience_ms: int) -> Engine:
    engine = create_engine(url, connect_args={"timeout": patience_ms / 1000})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # The driver's own implicit BEGIN is deferred; we begin ourselves.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"busy_timeout={patience_ms}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "handle_error")
    def _give_up(context: ExceptionContext) -> None:
        # A connection opened while the file could only be read stays so: open another.
        if "readonly" in str(context.original_exception):
            let_side_files_be_written(engine)
            context.is_disconnect = True

    return engine
