"""Statements compiled once: those that every request runs, handed to the driver as they are.

SQLAlchemy finds a statement's text anew each time it runs, works out what its parameters and its
rows are like, and tells whoever listens: ten times the work that SQLite then does. What is
prepared here is written in SQLAlchemy all the same, for either database, and its values become
what their columns store; rows come back as the driver gives them, so ask for numbers, texts and
bytes only.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, cast

from sqlalchemy import Column, Connection, Dialect
from sqlalchemy.orm import Session
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from nav_access.core.db import run_as_it_is

Values = Mapping[str, Any]
Row = tuple[Any, ...]


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

    def _execute(self, session: Session, values: Values) -> Any:
        connection = session.bind
        if not isinstance(connection, Connection):
            connection = session.connection()
        compiled = self._by_dialect.get(connection.dialect.name)
        if compiled is None:
            compiled = self._compile(connection.dialect)
        return run_as_it_is(connection, compiled.text, compiled.parameters(values))

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
        self._processes = [*_processes(compiled, dialect)]
        positions = compiled.positiontup
        self._order = partial(_in_order, positions) if positions is not None else dict

    def parameters(self, values: Values) -> Any:
        """Return what the driver takes: positions or names, as it likes them."""
        stored = {**self._fixed, **values}
        for name, process in self._processes:
            stored[name] = process(stored[name])
        return self._order(stored)


def _plain_default(column: Column[Any]) -> Any:
    if not isinstance(column.default, ScalarElementColumnDefault):
        raise TypeError(f"the default of {column} is not a plain value")
    return column.default.arg


def _in_order(names: Sequence[str], values: Values) -> list[Any]:
    return [values[name] for name in names]


def _processes(
    compiled: SQLCompiler, dialect: Dialect
) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    for bind, name in compiled.bind_names.items():
        process = bind.type.dialect_impl(dialect).bind_processor(dialect)
        if process is not None:
            yield name, process
