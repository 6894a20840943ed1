"""Statements compiled once: those that every request runs, handed to the driver as they are.

SQLAlchemy finds a statement's text anew each time it runs, works out what its parameters and its
rows are like, and tells whoever listens: ten times the work that SQLite then does. What is
prepared here is written in SQLAlchemy all the same, for either database, and its values become
what their columns store. `all` reads what comes back as its columns' types do; `find` returns it as
the driver gives it, so ask it for numbers, texts and bytes only.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Column, Connection, Dialect, Select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from nav_access.core.db import fetch_as_it_is, run_as_it_is

Values = Mapping[str, Any]
Row = tuple[Any, ...]
Process = Callable[[Any], Any]
Parts = Sequence[tuple[str, Process | None]]
"""The parameters of a statement, and what makes each of them what its column stores."""


class Prepared:
    """A statement for every dialect it meets; `make` builds it from a dialect's name."""

    def __init__(self, make: Callable[[str], ClauseElement], columns: Sequence[str] = ()) -> None:
        """`columns` are those an INSERT is given; another's default must be a plain value."""
        self._make = make
        self._columns = list(columns) or None
        self._by_dialect: dict[str, _Compiled] = {}

    def run(self, session: Session, values: Values | None = None) -> None:
        """Execute the statement with values for all its parameters."""
        self._execute(session, values or {}).close()

    def find(self, session: Session, values: Values | None = None) -> Row | None:
        """Execute the statement and return its first row, None when it has none."""
        cursor = self._execute(session, values or {})
        row: Row | None = cursor.fetchone()
        cursor.close()
        return row

    def all(self, connection: Connection, values: Values) -> list[Row]:
        """Execute the query and return its rows, their values as the columns' types read them."""
        compiled = self._find_compiled(connection.dialect)
        rows = fetch_as_it_is(connection, compiled.text, compiled.parameters(values))
        return compiled.read(rows)

    def _execute(self, session: Session, values: Values) -> Any:
        connection = session.bind
        if not isinstance(connection, Connection):
            connection = session.connection()
        compiled = self._find_compiled(connection.dialect)
        return run_as_it_is(connection, compiled.text, compiled.parameters(values))

    def _find_compiled(self, dialect: Dialect) -> "_Compiled":
        return self._by_dialect.get(dialect.name) or self._compile(dialect)

    def _compile(self, dialect: Dialect) -> "_Compiled":
        statement = self._make(dialect.name)
        return self._by_dialect.setdefault(
            dialect.name, _Compiled(statement, dialect, self._columns)
        )


class _Compiled:
    """The text of a statement for one driver, and how values become its parameters."""

    def __init__(
        self, statement: ClauseElement, dialect: Dialect, columns: list[str] | None
    ) -> None:
        compiled = cast(SQLCompiler, statement.compile(dialect=dialect, column_keys=columns))
        self.text = str(compiled)
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self._fixed |= {column.key: _plain_default(column) for column in compiled.insert_prefetch}
        processes = dict(_processes(compiled, dialect))
        positions = compiled.positiontup
        names = compiled.bind_names.values() if positions is None else positions
        self._parts = [(name, processes.get(name)) for name in names]
        self._gather = _by_name if positions is None else _in_order
        self._readers = _readers(statement, dialect)

    def parameters(self, values: Values) -> Any:
        """Return what the driver takes: positions or names, as it likes them."""
        return self._gather(self._parts, {**self._fixed, **values} if self._fixed else values)

    def read(self, rows: list[Row]) -> list[Row]:
        """Return rows of the driver as the types of their columns read them, column by column."""
        columns = zip(*rows, strict=True)
        read = (
            map(reader, column) if reader else column
            for reader, column in zip(self._readers, columns, strict=False)
        )
        return list(zip(*read, strict=True))


def _plain_default(column: Column[Any]) -> Any:
    if not isinstance(column.default, ScalarElementColumnDefault):
        raise TypeError(f"the default of {column} is not a plain value")
    return column.default.arg


def _in_order(parts: Parts, values: Values) -> list[Any]:
    return [process(values[name]) if process else values[name] for name, process in parts]


def _by_name(parts: Parts, values: Values) -> dict[str, Any]:
    return {name: process(values[name]) if process else values[name] for name, process in parts}


def _processes(compiled: SQLCompiler, dialect: Dialect) -> Iterator[tuple[str, Process]]:
    for bind, name in compiled.bind_names.items():
        process = bind.type.dialect_impl(dialect).bind_processor(dialect)
        if process is not None:
            yield name, process


def _readers(statement: ClauseElement, dialect: Dialect) -> list[Process | None]:
    """Return what makes the values of a query's columns those of their types."""
    columns = statement.selected_columns if isinstance(statement, Select) else ()
    types = [column.type.dialect_impl(dialect) for column in columns]
    return [kind.result_processor(dialect, None) for kind in types]
