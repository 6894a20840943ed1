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
    op.create_table(
        "case_consents",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("case_id", ROW_ID, nullable=False),
        sa.Column("agency_id", ROW_ID, nullable=False),
        sa.Column("recorded_by", ROW_ID, nullable=False),
        sa.Column("staff_id", ROW_ID, nullable=False),
        sa.Column("relation", sa.String(30), nullable=False),
        sa.Column("way", sa.String(30), nullable=False),
        sa.Column("told_in", sa.String(length=10), nullable=False),
        sa.Column("may_follow", sa.Boolean(), nullable=False),
        sa.Column("gets_messages", sa.Boolean(), nullable=False),
        sa.Column("is_called", sa.Boolean(), nullable=False),
        sa.Column("municipality", sa.String(length=4), nullable=False),
        sa.Column("needs", sa.String(200), nullable=False),
        sa.Column("given_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(30), nullable=True),
        sa.Column("help_kinds", sa.String(200), nullable=False),
        sa.Column("help_minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("given_utc <= until_utc", name=op.f("ck_case_consents_time")),
        sa.CheckConstraint("help_minutes >= 0", name=op.f("ck_case_consents_minutes")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_consents_case_id")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_case_consents_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["staff_members.id"], name=op.f("fk_case_consents_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_members.id"], name=op.f("fk_case_consents_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_consents")),
    )
    op.create_index(
        "ix_case_consents_agency",
        "case_consents",
        ["agency_id", "id"],
        unique=False,
        postgresql_where=IS_LIVE,
        sqlite_where=IS_LIVE,
    )
    op.create_index(
        "ix_case_consents_live",
        "case_consents",
        ["case_id", "agency_id"],
        unique=True,
        postgresql_where=IS_LIVE,
        sqlite_where=IS_LIVE,
    )
    op.create_table(
        "agency_drafts",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("agency_id", ROW_ID, nullable=False),
        sa.Column("staff_id", ROW_ID, nullable=False),
        sa.Column("begun_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("typed_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_agency_drafts_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_members.id"], name=op.f("fk_agency_drafts_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_drafts")),
        sa.UniqueConstraint("name", name=op.f("uq_agency_drafts_name")),
    )
    op.create_index("ix_agency_drafts_begun_utc", "agency_drafts", ["begun_utc"], unique=False)
    op.create_index("ix_agency_drafts_staff_id", "agency_drafts", ["staff_id"], unique=False)


def downgrade() -> None:
    """Take them away."""
    op.drop_table("agency_drafts")
    op.drop_table("case_consents")
    op.drop_table("agency_members")
    op.drop_table("agency_agreements")
    op.drop_table("agencies")
