"""Stores a closed set of codes as short text, the same on SQLite and PostgreSQL."""

from enum import StrEnum

from sqlalchemy import Enum


def code_type(kind: type[StrEnum], *, length: int = 30) -> Enum:
    """Return the column type of a StrEnum: its values as text, unknown ones refused."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=length,
        values_callable=lambda codes: [code.value for code in codes],
    )
