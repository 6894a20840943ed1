"""Statements compiled once in a test run: each test has a database of its own, asked the same."""

from sqlalchemy import Dialect, Engine
from sqlalchemy.util import LRUCache

from nav_access.core import db

MOST = 5000


class _Memory:
    """What one kind of database's statements compile to, and the dialect they are known by."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.compiled = LRUCache(MOST)

    def lend(self, engine: Engine) -> None:
        """Let an engine use it; a dialect knows its server only after the first connection."""
        if engine.dialect is self.dialect or self.dialect.server_version_info:
            engine.dialect = self.dialect
            engine._compiled_cache = self.compiled


def remember_statements() -> None:
    """Let every engine made from now on share what was compiled."""
    memories: dict[str, _Memory] = {}
    make = db._make_engine

    def make_with_memory(url: str, patience_ms: int) -> Engine:
        engine = make(url, patience_ms)
        memory = memories.setdefault(engine.dialect.name, _Memory(engine.dialect))
        memory.lend(engine)
        return engine

    db._make_engine = make_with_memory
