"""When a case was erased, and how those whose time is over are found.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KEPT = sa.text("erased_utc IS NULL")
TAKEN_BACK = sa.text("status = 'withdrawn' AND erased_utc IS NULL")
ERASED = sa.text("erased_utc IS NOT NULL")
INDEXES = (
    ("ix_cases_kept", ["received_utc", "id"], KEPT),
    ("ix_cases_taken_back", ["id"], TAKEN_BACK),
    ("ix_cases_erased_utc", ["erased_utc"], ERASED),
)


def upgrade() -> None:
    """Add the column and its indexes."""
    op.add_column("cases", sa.Column("erased_utc", sa.DateTime(timezone=True), nullable=True))
    for name, columns, where in INDEXES:
        op.create_index(name, "cases", columns, postgresql_where=where, sqlite_where=where)


def downgrade() -> None:
    """Remove them; what was erased stays erased."""
    for name, _, _ in reversed(INDEXES):
        op.drop_index(name, table_name="cases")
    op.drop_column("cases", "erased_utc")
