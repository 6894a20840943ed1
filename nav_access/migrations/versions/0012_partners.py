"""Agencies, their agreements and members, and what a person has consented to.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IS_LIVE = sa.text("ended_utc IS NULL")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "agencies",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("created_utc", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agencies")),
        sa.UniqueConstraint("name", name=op.f("uq_agencies_name")),
    )
    op.create_table(
        "agency_agreements",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("agency_id", ROW_ID, nullable=False),
        sa.Column("municipalities", sa.String(2000), nullable=False),
        sa.Column("needs", sa.String(200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("created_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_utc", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_from <= valid_until",
            name=op.f("ck_agency_agreements_days"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_agency_agreements_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_agreements")),
    )
    op.create_index(
        "ix_agency_agreements_agency_id", "agency_agreements", ["agency_id"], unique=False
    )
    op.create_table(
        "agency_members",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("agency_id", ROW_ID, nullable=False),
        sa.Column("staff_id", ROW_ID, nullable=False),
        sa.Column("role", sa.String(30), nullable=False),
        sa.Column("since_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_utc", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_agency_members_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_members.id"], name=op.f("fk_agency_members_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_members")),
    )
    op.create_index("ix_agency_members_agency_id", "agency_members", ["agency_id"], unique=False)
    op.create_index(
        "ix_agency_members_person",
        "agency_members",
        ["staff_id"],
        unique=True,
        postgresql_where=IS_LIVE,
        sqlite_where=IS_LIVE,
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("agency_members")
    op.drop_table("agency_agreements")
    op.drop_table("agencies")
