"""Requests for help.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "cases",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("channel", sa.String(30), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("needs", sa.String(200), nullable=False),
        sa.Column("acute", sa.String(200), nullable=False),
        sa.Column("has_children", sa.Boolean(), nullable=False),
        sa.Column("municipality_number", sa.String(length=4), nullable=True),
        sa.Column("flags", sa.String(200), nullable=False),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("received_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", ROW_ID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submission", sa.LargeBinary(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(length=32), nullable=False),
        sa.Column("verifier", sa.String(length=200), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claimed_by"], ["staff_members.id"], name=op.f("fk_cases_claimed_by")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_cases_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
        sa.UniqueConstraint("submission", name=op.f("uq_cases_submission")),
    )
    op.create_index(
        "ix_cases_claimed_by",
        "cases",
        ["claimed_by"],
        postgresql_where=sa.text("claimed_by IS NOT NULL"),
        sqlite_where=sa.text("claimed_by IS NOT NULL"),
    )
    op.create_index(
        "ix_cases_office_status",
        "cases",
        ["office_id", "status", "urgency", "deadline_utc", "id"],
        postgresql_where=sa.text("status <> 'waiting'"),
        sqlite_where=sa.text("status <> 'waiting'"),
    )
    op.create_index(
        "ix_cases_queue",
        "cases",
        ["office_id", "urgency", "deadline_utc", "id"],
        postgresql_where=sa.text("status = 'waiting'"),
        sqlite_where=sa.text("status = 'waiting'"),
    )
    op.create_table(
        "case_events",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("case_id", ROW_ID, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("actor", sa.String(30), nullable=False),
        sa.Column("staff_id", ROW_ID, nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("submission", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_events_case_id")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_members.id"], name=op.f("fk_case_events_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_events")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_case_events_case_id_seq")),
        sa.UniqueConstraint("submission", name=op.f("uq_case_events_submission")),
    )
    op.create_table(
        "case_reaching",
        sa.Column("case_id", ROW_ID, nullable=False),
        sa.Column("reach", sa.String(30), nullable=False),
        sa.Column("best_time", sa.String(30), nullable=False),
        sa.Column("may_leave_voicemail", sa.Boolean(), nullable=False),
        sa.Column("may_say_who", sa.Boolean(), nullable=False),
        sa.Column("spoken_language", sa.String(length=20), nullable=True),
        sa.Column("spoken_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("needs_interpreter", sa.Boolean(), nullable=False),
        sa.Column("wants_private_room", sa.Boolean(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(length=64), nullable=True),
        sa.Column("email_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_reaching_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_reaching")),
    )
    op.create_index(op.f("ix_case_reaching_phone_index"), "case_reaching", ["phone_index"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("case_reaching")
    op.drop_table("case_events")
    op.drop_table("cases")
