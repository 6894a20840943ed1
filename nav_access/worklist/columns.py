"""Column types for lists: what the same few values look like is worked out once and shared."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Dialect, TypeDecorator, type_coerce
from sqlalchemy.types import TypeEngine

REMEMBERED = 4096
"""Values of a column kept for the next look: a queue is read again and again, mostly unchanged."""

Reader = Callable[[Any], Any]


class Remembered(TypeDecorator[Any]):
    """A type that reads each value from the database once; for values that cannot change."""

    cache_ok = True

    def __init__(self, kind: TypeEngine[Any]) -> None:
        self.impl = kind
        self.kind = kind

    def result_processor(self, dialect: Dialect, coltype: object) -> Reader | None:
        """Return the reader of `kind` with a memory; its answers are immutable, so shared."""
        read: Reader | None = self.kind.dialect_impl(dialect).result_processor(dialect, coltype)
        return lru_cache(REMEMBERED)(read) if read else None


def remembered(column: Any) -> ColumnElement[Any]:
    """Return a column whose values are read with a memory."""
    return type_coerce(column, Remembered(column.type))
