"""The column for a closed set of codes, stored as text."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Enum
from sqlalchemy.orm import Mapped, mapped_column


def code_column(codes: type[StrEnum], **options: Any) -> Mapped[Any]:
    """Return a column that stores the value of a code as text."""
    kind = Enum(
        codes, native_enum=False, values_callable=lambda all_: [c.value for c in all_], length=30
    )
    return mapped_column(kind, **options)
