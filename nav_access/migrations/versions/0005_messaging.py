"""The outbox: what is to be said to whom by when.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "outbox_messages",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("once", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("case_id", ROW_ID, nullable=True),
        sa.Column("recipient_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("channel", sa.String(30), nullable=True),
        sa.Column("state", sa.String(30), nullable=False),
        sa.Column("created_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wanted_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("give_up_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(length=60), nullable=True),
        sa.Column("sent_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_utc", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_outbox_messages_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_messages")),
        sa.UniqueConstraint("once", name=op.f("uq_outbox_messages_once")),
    )
    op.create_index("ix_outbox_messages_case_id", "outbox_messages", ["case_id"], unique=False)
    op.create_index(
        "ix_outbox_messages_due",
        "outbox_messages",
        ["due_utc", "id"],
        unique=False,
        postgresql_where=sa.text("state IN ('waiting', 'sending')"),
        sqlite_where=sa.text("state IN ('waiting', 'sending')"),
    )


def downgrade() -> None:
    """Take them away, dependants first."""
    op.drop_table("outbox_messages")
