"""The mapped base class and the column types that mean the same on SQLite and PostgreSQL."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql import ClauseElement

from nav_access.core.prepared import Prepared

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

RowId = BigInteger().with_variant(Integer, "sqlite")
"""A surrogate key; SQLite only auto-numbers the plain INTEGER type."""


class Base(DeclarativeBase):
    """Every table of the project, with constraint names that migrations can rely on."""

    metadata = MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Refuses naive values, hands back aware UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        instant: datetime = value
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


class CodeSet(TypeDecorator[tuple[str, ...]]):
    """A small set of codes, stored sorted and space-separated, handed back as a tuple."""

    impl = String
    cache_ok = True

    def __init__(self, length: int = 200) -> None:
        super().__init__(length)

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> str:
        return " ".join(sorted(set(value or ())))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple((value or "").split())


def insert_unless_taken(
    session: Session, model: type[Base], values: Mapping[str, Any]
) -> int | None:
    """Insert one row and return its key, or None when a unique value is taken.

    Waits for a competing writer on PostgreSQL, so that None means «it is there».
    """
    row = _inserting(table_of(model), tuple(values)).find(session, values)
    return row[0] if row else None


def table_of(model: type[Base]) -> Table:
    """Return the table of a mapped class."""
    return cast(Table, model.__table__)


@cache
def _inserting(table: Table, columns: tuple[str, ...]) -> Prepared:
    def make(dialect: str) -> ClauseElement:
        insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
        return insert(table).on_conflict_do_nothing().returning(*table.primary_key)

    return Prepared(make, columns)
