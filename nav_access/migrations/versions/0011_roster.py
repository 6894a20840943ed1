"""Shifts on duty lines, cover by other offices, and one policy for direct numbers.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    _add_shifts()
    _add_covers()
    op.create_table(
        "office_rosters",
        sa.Column("office_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submission", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_office_rosters_office_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_office_rosters")),
    )
    _add_direct_numbers()


def _add_shifts() -> None:
    op.create_table(
        "office_duty_shifts",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("line_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("first_date", sa.Date(), nullable=False),
        sa.Column("last_date", sa.Date(), nullable=True),
        sa.Column("starts_minute", sa.Integer(), nullable=True),
        sa.Column("ends_minute", sa.Integer(), nullable=True),
        sa.Column("covers_holidays", sa.Boolean(), nullable=False),
        sa.Column("on_duty", sa.String(60), nullable=True),
        sa.CheckConstraint(
            "(kind = 'weekly') = (weekday IS NOT NULL)",
            name=op.f("ck_office_duty_shifts_weekly_has_weekday"),
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_office_duty_shifts_weekday")),
        sa.CheckConstraint(
            "starts_minute >= 0 AND starts_minute < ends_minute AND ends_minute <= 1440",
            name=op.f("ck_office_duty_shifts_ordered_minutes"),
        ),
        sa.CheckConstraint(
            "(starts_minute IS NULL) = (ends_minute IS NULL)",
            name=op.f("ck_office_duty_shifts_both_minutes"),
        ),
        sa.CheckConstraint(
            "kind = 'absent' OR starts_minute IS NOT NULL",
            name=op.f("ck_office_duty_shifts_has_minutes"),
        ),
        sa.CheckConstraint(
            "kind = 'weekly' OR last_date IS NOT NULL", name=op.f("ck_office_duty_shifts_ends")
        ),
        sa.CheckConstraint(
            "first_date <= last_date", name=op.f("ck_office_duty_shifts_ordered_dates")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["office_duty_lines.id"],
            name=op.f("fk_office_duty_shifts_line_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_duty_shifts")),
    )
    op.create_index("ix_office_duty_shifts_line_id", "office_duty_shifts", ["line_id"])


def _add_covers() -> None:
    op.create_table(
        "office_duty_covers",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("line_id", ROW_ID, nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("by_line_id", ROW_ID, nullable=True),
        sa.Column("first_date", sa.Date(), nullable=False),
        sa.Column("last_date", sa.Date(), nullable=False),
        sa.Column("state", sa.String(30), nullable=False),
        sa.CheckConstraint(
            "first_date <= last_date", name=op.f("ck_office_duty_covers_ordered_dates")
        ),
        sa.CheckConstraint(
            "state <> 'accepted' OR by_line_id IS NOT NULL",
            name=op.f("ck_office_duty_covers_accepted_has_line"),
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["office_duty_lines.id"],
            name=op.f("fk_office_duty_covers_line_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_office_duty_covers_office_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_line_id"],
            ["office_duty_lines.id"],
            name=op.f("fk_office_duty_covers_by_line_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_duty_covers")),
    )
    for column in ("line_id", "office_id", "by_line_id"):
        op.create_index(f"ix_office_duty_covers_{column}", "office_duty_covers", [column])


def _add_direct_numbers() -> None:
    op.create_table(
        "direct_number_policies",
        sa.Column("office_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("split", sa.String(30), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submission", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_direct_number_policies_office_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_direct_number_policies")),
    )
    op.create_table(
        "direct_number_lines",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("line_id", ROW_ID, nullable=False),
        sa.Column("needs", sa.String(200), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "first_day >= 1 AND first_day <= last_day AND last_day <= 31",
            name=op.f("ck_direct_number_lines_days"),
        ),
        sa.CheckConstraint(
            "(first_day IS NULL) = (last_day IS NULL)",
            name=op.f("ck_direct_number_lines_both_days"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["direct_number_policies.office_id"],
            name=op.f("fk_direct_number_lines_office_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["office_duty_lines.id"],
            name=op.f("fk_direct_number_lines_line_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_direct_number_lines")),
        sa.UniqueConstraint(
            "office_id", "line_id", name=op.f("uq_direct_number_lines_office_id_line_id")
        ),
    )
    op.create_index("ix_direct_number_lines_line_id", "direct_number_lines", ["line_id"])
    op.create_table(
        "direct_numbers",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("case_id", ROW_ID, nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("line_id", ROW_ID, nullable=True),
        sa.Column("given_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_direct_numbers_case_id")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_direct_numbers_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["office_duty_lines.id"],
            name=op.f("fk_direct_numbers_line_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_direct_numbers")),
        sa.UniqueConstraint(
            "case_id", "office_id", name=op.f("uq_direct_numbers_case_id_office_id")
        ),
    )
    op.create_index("ix_direct_numbers_line_id", "direct_numbers", ["line_id"])


def downgrade() -> None:
    """Take them away."""
    for table in (
        "direct_numbers",
        "direct_number_lines",
        "direct_number_policies",
        "office_rosters",
        "office_duty_covers",
        "office_duty_shifts",
    ):
        op.drop_table(table)
