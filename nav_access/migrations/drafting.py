"""Writes the next migration from what the models say; a person reads and finishes it.

usage: python -m nav_access.migrations.drafting "Cases remember their channel"
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Enum
from sqlalchemy.types import TypeDecorator, TypeEngine

from nav_access.core.orm import CodeSet, RowId, UtcDateTime
from nav_access.migrations.running import HERE, configuration, upgrade


def draft(message: str) -> None:
    """Add a migration called `message`."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/drafting.sqlite3"
        upgrade(url)
        config = configuration(url)
        config.attributes["drafting"] = {
            "render_item": _render,
            # SQLite cannot change a table in place; alembic copies it.
            "render_as_batch": True,
        }
        command.revision(config, message, autogenerate=True, rev_id=_next_number())


def _next_number() -> str:
    return f"{len(list((HERE / 'versions').glob('*.py'))) + 1:04}"


def _render(kind: str, thing: Any, _context: AutogenContext) -> str | bool:
    # A migration must mean the same when our own types have changed: it names plain ones.
    return _plain_type(thing) if kind == "type" and isinstance(thing, TypeEngine) else False


def _plain_type(column_type: TypeEngine[Any]) -> str | bool:
    if column_type is RowId:
        return "ROW_ID"
    if isinstance(column_type, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(column_type, CodeSet):
        return f"sa.String({_length(column_type)})"
    if isinstance(column_type, Enum):
        return f"sa.String({column_type.length})"
    return False


def _length(column_type: TypeDecorator[Any]) -> int:
    length: int = column_type.impl_instance.length  # type: ignore[attr-defined]  # a String's
    return length


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1]:
        sys.exit(__doc__)
    draft(sys.argv[1])
    print(f"Read and finish the newest file in {Path(HERE, 'versions')}.")
