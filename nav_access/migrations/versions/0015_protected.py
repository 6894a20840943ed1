"""Persons who are protected, and glass that was broken.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the mark on a case, and the table of looks in an emergency."""
    op.add_column(
        "cases", sa.Column("is_protected", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "glass_breaks",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("case_id", ROW_ID, nullable=False),
        sa.Column("staff_id", ROW_ID, nullable=False),
        sa.Column("reason", sa.String(30), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("broken_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_by", ROW_ID, nullable=True),
        sa.Column("seen_utc", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_glass_breaks_case_id")),
        sa.ForeignKeyConstraint(
            ["seen_by"], ["staff_members.id"], name=op.f("fk_glass_breaks_seen_by")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_members.id"], name=op.f("fk_glass_breaks_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glass_breaks")),
    )
    op.create_index("ix_glass_breaks_reader", "glass_breaks", ["case_id", "staff_id", "until_utc"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_glass_breaks_reader", table_name="glass_breaks")
    op.drop_table("glass_breaks")
    op.drop_column("cases", "is_protected")
