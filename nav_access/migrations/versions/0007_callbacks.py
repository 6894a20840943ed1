"""How offices ring people, the plan for each, and promises that ran out.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "call_policies",
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("fallback", sa.String(30), nullable=False),
        sa.Column("manager_after_minutes", sa.Integer(), nullable=False),
        sa.Column("contact_centre_after_minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_call_policies_office_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_call_policies")),
    )
    op.create_table(
        "call_plans",
        sa.Column("case_id", ROW_ID, nullable=False),
        sa.Column("state", sa.String(30), nullable=False),
        sa.Column("from_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("is_booked", sa.Boolean(), nullable=False),
        sa.Column("times_late", sa.Integer(), nullable=False),
        sa.Column("fallback", sa.String(30), nullable=True),
        sa.Column("fallback_staff_id", ROW_ID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_call_plans_case_id")),
        sa.ForeignKeyConstraint(
            ["fallback_staff_id"],
            ["staff_members.id"],
            name=op.f("fk_call_plans_fallback_staff_id"),
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_call_plans")),
    )
    op.create_index(
        "ix_call_plans_until",
        "call_plans",
        ["until_utc"],
        unique=False,
        postgresql_where=sa.text("state = 'planned'"),
        sqlite_where=sa.text("state = 'planned'"),
    )
    op.create_index(
        "ix_call_plans_named",
        "call_plans",
        ["fallback_staff_id"],
        unique=False,
        postgresql_where=sa.text("state = 'fallback'"),
        sqlite_where=sa.text("state = 'fallback'"),
    )
    op.create_table(
        "escalations",
        sa.Column("case_id", ROW_ID, nullable=False),
        sa.Column("deadline_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.String(30), nullable=False),
        sa.Column("stepped_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_utc", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_escalations_case_id")),
        sa.PrimaryKeyConstraint("case_id", "deadline_utc", name=op.f("pk_escalations")),
    )


def downgrade() -> None:
    """Take them away, dependants first."""
    op.drop_table("escalations")
    op.drop_table("call_plans")
    op.drop_table("call_policies")
