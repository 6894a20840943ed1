"""Terminals, walk-in tickets and check-ins of a reception.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IS_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Add the tables."""
    _add_terminals()
    _add_tickets()
    op.create_table(
        "check_ins",
        sa.Column("booking_id", ROW_ID, nullable=False),
        sa.Column("ticket_id", ROW_ID, nullable=False),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["bookings.id"],
            name=op.f("fk_check_ins_booking_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_check_ins_ticket_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_check_ins")),
    )
    op.create_index(op.f("ix_check_ins_ticket_id"), "check_ins", ["ticket_id"])


def _add_terminals() -> None:
    op.create_table(
        "terminals",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(32), nullable=True),
        sa.Column("code_until_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("secret_digest", sa.LargeBinary(32), nullable=True),
        sa.Column("visit", sa.String(32), nullable=False),
        sa.Column("kept_token", sa.Text(), nullable=True),
        sa.Column("created_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_utc", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_terminals_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terminals")),
        sa.UniqueConstraint("office_id", "name", name=op.f("uq_terminals_office_id_name")),
    )
    op.create_index("uq_terminals_code", "terminals", ["code_digest"], unique=True)
    op.create_index("uq_terminals_secret", "terminals", ["secret_digest"], unique=True)


def _add_tickets() -> None:
    op.create_table(
        "ticket_days",
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_ticket_days_office_id")
        ),
        sa.PrimaryKeyConstraint("office_id", "day", name=op.f("pk_ticket_days")),
    )
    op.create_table(
        "tickets",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("state", sa.String(30), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_once", sa.LargeBinary(32), nullable=False),
        sa.Column("called_once", sa.LargeBinary(32), nullable=True),
        sa.Column("taken_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_utc", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_tickets_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sa.UniqueConstraint(
            "office_id", "day", "number", name=op.f("uq_tickets_office_id_day_number")
        ),
    )
    op.create_index("uq_tickets_asked", "tickets", ["asked_once"], unique=True)
    op.create_index("uq_tickets_called", "tickets", ["called_once"], unique=True)
    op.create_index(
        "ix_tickets_waiting",
        "tickets",
        ["office_id", "day", "number"],
        postgresql_where=IS_WAITING,
        sqlite_where=IS_WAITING,
    )
    op.create_index("ix_tickets_served", "tickets", ["office_id", "ended_utc"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("check_ins")
    op.drop_table("tickets")
    op.drop_table("ticket_days")
    op.drop_table("terminals")
