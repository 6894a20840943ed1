"""Conversations by SMS, texts already heard, and who wants no more texts.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "incoming_texts",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("name", sa.LargeBinary(length=32), nullable=False),
        sa.Column("heard_utc", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_texts")),
        sa.UniqueConstraint("name", name=op.f("uq_incoming_texts_name")),
    )
    op.create_index("ix_incoming_texts_heard_utc", "incoming_texts", ["heard_utc"], unique=False)
    op.create_table(
        "text_dialogues",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("phone_index", sa.LargeBinary(length=64), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=True),
        sa.Column("needs", sa.String(200), nullable=False),
        sa.Column("acute", sa.String(200), nullable=False),
        sa.Column("is_acute_told", sa.Boolean(), nullable=False),
        sa.Column("says_today", sa.Boolean(), nullable=False),
        sa.Column("cries_for_help", sa.Boolean(), nullable=False),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("lag_ms", sa.Integer(), nullable=True),
        sa.Column("began_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_utc", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_dialogues")),
        sa.UniqueConstraint("name", name=op.f("uq_text_dialogues_name")),
        sa.UniqueConstraint("phone_index", name=op.f("uq_text_dialogues_phone_index")),
    )
    op.create_index("ix_text_dialogues_due_utc", "text_dialogues", ["due_utc"], unique=False)
    op.create_table(
        "text_stops",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("phone_index", sa.LargeBinary(length=64), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("since_utc", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_stops")),
        sa.UniqueConstraint("name", name=op.f("uq_text_stops_name")),
        sa.UniqueConstraint("phone_index", name=op.f("uq_text_stops_phone_index")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("text_stops")
    op.drop_table("text_dialogues")
    op.drop_table("incoming_texts")
