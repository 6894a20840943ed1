"""Needs with an owning side, hand-overs, and the plan the person sees.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IS_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "case_needs",
        sa.Column("case_id", ROW_ID, nullable=False),
        sa.Column("need", sa.String(20), nullable=False),
        sa.Column("side", sa.String(30), nullable=False),
        sa.Column("status", sa.String(30), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_needs_case_id")),
        sa.PrimaryKeyConstraint("case_id", "need", name=op.f("pk_case_needs")),
    )
    _create_offers()
    op.create_table(
        "plan_steps",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("case_id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("common", sa.String(30), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_language", sa.String(10), nullable=True),
        sa.Column("side", sa.String(30), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=True),
        sa.Column("done_utc", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_plan_steps_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_steps")),
        sa.UniqueConstraint("name", name=op.f("uq_plan_steps_name")),
    )
    op.create_index("ix_plan_steps_case", "plan_steps", ["case_id", "id"])


def _create_offers() -> None:
    named = {
        "case_id": "cases.id",
        "from_office_id": "offices.id",
        "to_office_id": "offices.id",
        "made_by": "staff_members.id",
        "settled_by": "staff_members.id",
    }
    op.create_table(
        "case_offers",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("case_id", ROW_ID, nullable=False),
        sa.Column("need", sa.String(20), nullable=False),
        sa.Column("from_side", sa.String(30), nullable=True),
        sa.Column("to_side", sa.String(30), nullable=True),
        sa.Column("from_office_id", ROW_ID, nullable=False),
        sa.Column("to_office_id", ROW_ID, nullable=False),
        sa.Column("reason", sa.String(30), nullable=False),
        sa.Column("state", sa.String(30), nullable=False),
        sa.Column("made_seq", sa.Integer(), nullable=False),
        sa.Column("made_by", ROW_ID, nullable=False),
        sa.Column("made_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_seq", sa.Integer(), nullable=True),
        sa.Column("settled_by", ROW_ID, nullable=True),
        sa.Column("settled_utc", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_case_offers_{column}"))
            for column, target in named.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_offers")),
    )
    for name, columns, is_unique in (
        ("ix_case_offers_one_open", ["case_id", "need"], True),
        ("ix_case_offers_receiver", ["to_office_id", "due_utc"], False),
    ):
        op.create_index(
            name,
            "case_offers",
            columns,
            unique=is_unique,
            postgresql_where=IS_OPEN,
            sqlite_where=IS_OPEN,
        )
    op.create_index("ix_case_offers_case", "case_offers", ["case_id", "id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("plan_steps")
    op.drop_table("case_offers")
    op.drop_table("case_needs")
