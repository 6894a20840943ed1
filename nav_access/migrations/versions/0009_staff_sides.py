"""Which side of an office somebody works on, and who sees protected persons.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column(
        "staff_memberships",
        sa.Column("side", sa.String(30), nullable=False, server_default="both"),
    )
    op.add_column(
        "staff_memberships",
        sa.Column("sees_protected", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_column("staff_memberships", "sees_protected")
    op.drop_column("staff_memberships", "side")
