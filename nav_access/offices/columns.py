"""The column for a closed set of codes, stored as text."""

from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from nav_access.core.codes import code_type


def code_column(codes: type[StrEnum], **options: Any) -> Mapped[Any]:
    """Return a column that stores the value of a code as text."""
    return mapped_column(code_type(codes), **options)
