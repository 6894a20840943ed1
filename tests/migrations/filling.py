"""One row in every table, made from what the columns are."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Engine, Enum, Table

from nav_access.core.orm import CodeSet, UtcDateTime
from nav_access.migrations.tables import METADATA

BY_TYPE: dict[type, Any] = {
    UtcDateTime: datetime(2026, 11, 23, tzinfo=UTC),
    CodeSet: (),
}
BY_PYTHON_TYPE: dict[type, Any] = {
    int: 1,
    bool: False,
    bytes: b"1",
    object: {},
    date: date(2026, 11, 23),
    str: "1",
}


def fill_every_table(engine: Engine) -> None:
    """Put one row in each table."""
    with engine.begin() as connection:
        for table in METADATA.sorted_tables:
            _fill(connection, table)


def _fill(connection: Connection, table: Table) -> None:
    values = {column.name: plain_value(column) for column in table.columns if not column.nullable}
    if "weekday" in table.columns:
        values["weekday"] = 0
    if "ends_minute" in table.columns:
        values |= {"starts_minute": 1, "ends_minute": 2}
    connection.execute(table.insert().values(**values))


def plain_value(column: Column[Any]) -> Any:
    """Return something a column may hold."""
    if column.foreign_keys:
        return plain_value(next(iter(column.foreign_keys)).column)
    if isinstance(column.type, Enum):
        codes = list(column.type.enum_class or ())
        # A closed day needs no times; the other kinds of opening do.
        return next((code for code in codes if code == "closed"), codes[0])
    if type(column.type) in BY_TYPE:
        return BY_TYPE[type(column.type)]
    return BY_PYTHON_TYPE[column.type.python_type]
