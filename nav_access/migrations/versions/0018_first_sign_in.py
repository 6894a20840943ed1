"""Who must choose credentials of their own, and what others at an office are told of it.

Revision ID: 0018
Revises: 0017
"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TO_CHOOSE_IN = timedelta(days=90)
"""Whoever made an account before this has seen its credentials. Its person is asked at the next
sign-in; long enough that nobody on leave is locked out."""


def upgrade() -> None:
    """Add the columns and the table; ask everybody who was handed credentials."""
    op.add_column(
        "staff_members",
        sa.Column("handed_out_until_utc", sa.DateTime(timezone=True), nullable=True),
    )
    members = sa.table(
        "staff_members", sa.column("handed_out_until_utc", sa.DateTime(timezone=True))
    )
    op.execute(members.update().values(handed_out_until_utc=datetime.now(UTC) + TO_CHOOSE_IN))
    op.add_column(
        "staff_sessions",
        sa.Column("is_first", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "agencies", sa.Column("edition", sa.Integer(), nullable=False, server_default="1")
    )
    op.create_table(
        "staff_notices",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("staff_id", ROW_ID, nullable=False),
        sa.Column("given_by", ROW_ID, nullable=True),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["given_by"], ["staff_members.id"], name=op.f("fk_staff_notices_given_by")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_staff_notices_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_members.id"], name=op.f("fk_staff_notices_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_notices")),
    )
    op.create_index("ix_staff_notices_office", "staff_notices", ["office_id", "at_utc"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_staff_notices_office", table_name="staff_notices")
    op.drop_table("staff_notices")
    op.drop_column("agencies", "edition")
    op.drop_column("staff_sessions", "is_first")
    op.drop_column("staff_members", "handed_out_until_utc")
