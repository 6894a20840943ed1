"""Look-ups, transfers, and messages between the contact centre and an office.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
IS_UNREAD = sa.text("acknowledged_utc IS NULL")


def upgrade() -> None:
    """Add the tables."""
    _add_look_ups()
    _add_transfers()
    _add_messages()


def downgrade() -> None:
    """Take them away, dependants first."""
    for table in (
        "centre_answers",
        "centre_messages",
        "centre_transfers",
        "centre_looked_up",
        "centre_look_ups",
    ):
        op.drop_table(table)


def _of(
    table: str, column: str, other: str, *, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def _add_look_ups() -> None:
    op.create_table(
        "centre_look_ups",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("staff_id", ROW_ID, nullable=False),
        sa.Column("at_utc", INSTANT, nullable=False),
        sa.Column("looked_by", sa.String(30), nullable=False),
        sa.Column("reason", sa.String(30), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("submission", sa.LargeBinary(32), nullable=False),
        _of("centre_look_ups", "staff_id", "staff_members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_look_ups")),
        sa.UniqueConstraint("name", name=op.f("uq_centre_look_ups_name")),
        sa.UniqueConstraint("submission", name=op.f("uq_centre_look_ups_submission")),
    )
    op.create_index(op.f("ix_centre_look_ups_at_utc"), "centre_look_ups", ["at_utc"])
    op.create_index("ix_centre_look_ups_operator", "centre_look_ups", ["staff_id", "at_utc"])
    op.create_table(
        "centre_looked_up",
        sa.Column("look_up_id", ROW_ID, nullable=False),
        sa.Column("case_id", ROW_ID, nullable=False),
        _of("centre_looked_up", "look_up_id", "centre_look_ups", ondelete="CASCADE"),
        _of("centre_looked_up", "case_id", "cases"),
        sa.PrimaryKeyConstraint("look_up_id", "case_id", name=op.f("pk_centre_looked_up")),
    )
    op.create_index(op.f("ix_centre_looked_up_case_id"), "centre_looked_up", ["case_id"])


def _add_transfers() -> None:
    op.create_table(
        "centre_transfers",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("case_id", ROW_ID, nullable=True),
        sa.Column("staff_id", ROW_ID, nullable=False),
        sa.Column("at_utc", INSTANT, nullable=False),
        sa.Column("audience", sa.String(30), nullable=False),
        sa.Column("outcome", sa.String(30), nullable=False),
        sa.Column("submission", sa.LargeBinary(32), nullable=False),
        _of("centre_transfers", "office_id", "offices"),
        _of("centre_transfers", "case_id", "cases"),
        _of("centre_transfers", "staff_id", "staff_members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_transfers")),
        sa.UniqueConstraint("submission", name=op.f("uq_centre_transfers_submission")),
    )
    op.create_index(op.f("ix_centre_transfers_case_id"), "centre_transfers", ["case_id"])
    op.create_index("ix_centre_transfers_office", "centre_transfers", ["office_id", "at_utc"])


def _add_messages() -> None:
    op.create_table(
        "centre_messages",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("case_id", ROW_ID, nullable=False),
        sa.Column("staff_id", ROW_ID, nullable=False),
        sa.Column("sent_utc", INSTANT, nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("deadline_utc", INSTANT, nullable=False),
        sa.Column("due_utc", INSTANT, nullable=False),
        sa.Column("reach", sa.String(30), nullable=False),
        sa.Column("best_time", sa.String(30), nullable=False),
        sa.Column("needs_interpreter", sa.Boolean(), nullable=False),
        sa.Column("reach_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("promised_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("step", sa.String(30), nullable=True),
        sa.Column("stepped_utc", INSTANT, nullable=True),
        sa.Column("next_utc", INSTANT, nullable=True),
        sa.Column("acknowledged_by", ROW_ID, nullable=True),
        sa.Column("acknowledged_utc", INSTANT, nullable=True),
        _of("centre_messages", "case_id", "cases"),
        _of("centre_messages", "staff_id", "staff_members"),
        _of("centre_messages", "acknowledged_by", "staff_members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_messages")),
        sa.UniqueConstraint("name", name=op.f("uq_centre_messages_name")),
    )
    op.create_index(op.f("ix_centre_messages_case_id"), "centre_messages", ["case_id"])
    op.create_index(
        "ix_centre_messages_next",
        "centre_messages",
        ["next_utc"],
        postgresql_where=IS_UNREAD,
        sqlite_where=IS_UNREAD,
    )
    op.create_index("ix_centre_messages_sender", "centre_messages", ["staff_id", "sent_utc"])
    op.create_table(
        "centre_answers",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("message_id", ROW_ID, nullable=False),
        sa.Column("staff_id", ROW_ID, nullable=False),
        sa.Column("at_utc", INSTANT, nullable=False),
        sa.Column("is_from_centre", sa.Boolean(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        _of("centre_answers", "message_id", "centre_messages"),
        _of("centre_answers", "staff_id", "staff_members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_answers")),
        sa.UniqueConstraint("name", name=op.f("uq_centre_answers_name")),
    )
    op.create_index(op.f("ix_centre_answers_message_id"), "centre_answers", ["message_id"])
