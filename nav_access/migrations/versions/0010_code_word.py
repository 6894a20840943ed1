"""The word that is said first when a person is rung, and capacity that is never added twice.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


CAPACITY = ("capacity_rules", "capacity_exceptions")


def upgrade() -> None:
    """Add the columns."""
    op.add_column("case_reaching", sa.Column("code_word_sealed", sa.LargeBinary(), nullable=True))
    for table in CAPACITY:
        op.add_column(table, sa.Column("content", sa.LargeBinary(32), nullable=True))
        op.create_index(f"uq_{table}_content", table, ["content"], unique=True)


def downgrade() -> None:
    """Take them away."""
    for table in CAPACITY:
        op.drop_index(f"uq_{table}_content", table)
        op.drop_column(table, "content")
    op.drop_column("case_reaching", "code_word_sealed")
