"""Who a person is to a provider of identities, and by what number it names an agency.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table and the columns."""
    op.create_table(
        "staff_identities",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("staff_id", ROW_ID, nullable=False),
        sa.Column("since_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_members.id"], name=op.f("fk_staff_identities_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_identities")),
    )
    op.create_index(
        "ix_staff_identities_subject", "staff_identities", ["issuer", "subject"], unique=True
    )
    op.create_index(
        "ix_staff_identities_person", "staff_identities", ["staff_id", "issuer"], unique=True
    )
    op.add_column(
        "staff_sessions",
        sa.Column("is_by_provider", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("agencies", sa.Column("organisation", sa.String(9), nullable=True))
    op.create_index("ix_agencies_organisation", "agencies", ["organisation"], unique=True)


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_agencies_organisation", table_name="agencies")
    op.drop_column("agencies", "organisation")
    op.drop_column("staff_sessions", "is_by_provider")
    op.drop_index("ix_staff_identities_person", table_name="staff_identities")
    op.drop_index("ix_staff_identities_subject", table_name="staff_identities")
    op.drop_table("staff_identities")
