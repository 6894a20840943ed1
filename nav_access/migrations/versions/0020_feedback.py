"""What people write about the pages, and what they are answered.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITS = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "feedback",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("once", sa.String(64), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("received_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(30), nullable=False),
        sa.Column("told_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", ROW_ID, nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["staff_members.id"], name=op.f("fk_feedback_settled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("once", name=op.f("uq_feedback_once")),
    )
    op.create_index(
        "ix_feedback_waiting",
        "feedback",
        ["received_utc"],
        postgresql_where=WAITS,
        sqlite_where=WAITS,
    )
    op.create_index(op.f("ix_feedback_settled_utc"), "feedback", ["settled_utc"])


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("feedback")
