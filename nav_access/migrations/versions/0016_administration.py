"""Changes that wait for a second person, and what a manager has written down.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IS_OPEN = sa.text("state IN ('pending', 'confirmed')")


def upgrade() -> None:
    """Add the tables and the office's edition."""
    op.add_column("offices", sa.Column("edition", sa.Integer(), nullable=False, server_default="1"))
    _add_pending_changes()
    _add_kept_days()
    _add_kept_words()
    _add_measures()


def _add_pending_changes() -> None:
    op.create_table(
        "pending_changes",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(30), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("asked_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_utc", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> asked_by",
            name=op.f("ck_pending_changes_two_people"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_changes")),
    )
    op.create_index(
        "ix_pending_changes_open",
        "pending_changes",
        ["kind", "subject"],
        unique=True,
        postgresql_where=IS_OPEN,
        sqlite_where=IS_OPEN,
    )


def _add_kept_days() -> None:
    op.create_table(
        "office_kept_days",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("reception_id", ROW_ID, nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(weekday IS NULL) <> (on_date IS NULL)",
            name=op.f("ck_office_kept_days_weekday_xor_date"),
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_office_kept_days_weekday")),
        sa.ForeignKeyConstraint(
            ["reception_id"],
            ["office_receptions.id"],
            name=op.f("fk_office_kept_days_reception_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_kept_days")),
        sa.UniqueConstraint(
            "reception_id", "on_date", name=op.f("uq_office_kept_days_reception_id_on_date")
        ),
        sa.UniqueConstraint(
            "reception_id", "weekday", name=op.f("uq_office_kept_days_reception_id_weekday")
        ),
    )


def _add_kept_words() -> None:
    op.create_table(
        "office_kept_reasons",
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("told_reason", sa.Text(), nullable=True),
        sa.Column("told_way", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_office_kept_reasons_office_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_office_kept_reasons")),
    )
    op.create_table(
        "office_kept_lines",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("told", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_office_kept_lines_office_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_kept_lines")),
        sa.UniqueConstraint(
            "office_id", "phone", name=op.f("uq_office_kept_lines_office_id_phone")
        ),
    )


def _add_measures() -> None:
    op.create_table(
        "office_measures",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("until_date", sa.Date(), nullable=True),
        sa.Column("written_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "until_date IS NULL OR from_date <= until_date", name=op.f("ck_office_measures_days")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_office_measures_office_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_measures")),
    )
    op.create_index(
        "ix_office_measures_office", "office_measures", ["office_id", "from_date"], unique=False
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("office_measures")
    op.drop_table("office_kept_lines")
    op.drop_table("office_kept_reasons")
    op.drop_table("office_kept_days")
    op.drop_table("pending_changes")
    op.drop_column("offices", "edition")
