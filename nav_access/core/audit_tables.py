"""The audit's two tables, and the triggers that let the first only grow."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from nav_access.core.orm import Base, UtcDateTime


class AuditEntry(Base):
    """One thing that was done. `mac` covers every other column and the entry before."""

    __tablename__ = "audit_entries"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at_utc: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    detail: Mapped[str] = mapped_column(Text)
    key_id: Mapped[str] = mapped_column(String(4))
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditHead(Base):
    """The one row that says where the chain begins and ends, so that neither end can be cut.

    `first` is the first entry kept and `before_mac` the mac of the one before it: entries
    past their time are let go of from the start.
    """

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first: Mapped[int] = mapped_column(BigInteger)
    before_mac: Mapped[bytes] = mapped_column(LargeBinary(32))
    last: Mapped[int] = mapped_column(BigInteger)
    last_mac: Mapped[bytes] = mapped_column(LargeBinary(32))
    key_id: Mapped[str] = mapped_column(String(4))
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))


ENTRIES = Base.metadata.tables[AuditEntry.__tablename__]
HEAD = Base.metadata.tables[AuditHead.__tablename__]

_KEPT = "OLD.number >= COALESCE((SELECT first FROM audit_head), 0)"
"""Only entries the head has let go of may be deleted."""

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'audit_entries only grows'); END"
_GUARD = f"""
CREATE FUNCTION audit_entries_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT ({_KEPT}) THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'audit_entries only grows';
END $$
"""
_EACH_ROW = "FOR EACH ROW EXECUTE FUNCTION audit_entries_only_grow()"
_WHOLE = "FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_only_grow()"

APPEND_ONLY_DDL: Mapping[str, tuple[str, ...]] = {
    "sqlite": (
        f"CREATE TRIGGER audit_entries_keep BEFORE UPDATE ON audit_entries {_REFUSE}",
        f"CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries WHEN {_KEPT} {_REFUSE}",
    ),
    "postgresql": (
        _GUARD,
        f"CREATE TRIGGER audit_entries_keep BEFORE UPDATE OR DELETE ON audit_entries {_EACH_ROW}",
        f"CREATE TRIGGER audit_entries_stay BEFORE TRUNCATE ON audit_entries {_WHOLE}",
    ),
}
"""Statements a migration runs after making the tables, by dialect."""

APPEND_ONLY_DROP: Mapping[str, tuple[str, ...]] = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS audit_entries_keep",
        "DROP TRIGGER IF EXISTS audit_entries_stay",
    ),
    "postgresql": (
        "DROP TRIGGER IF EXISTS audit_entries_keep ON audit_entries",
        "DROP TRIGGER IF EXISTS audit_entries_stay ON audit_entries",
        "DROP FUNCTION IF EXISTS audit_entries_only_grow()",
    ),
}
"""Statements that take the triggers away again, before the tables are dropped."""
