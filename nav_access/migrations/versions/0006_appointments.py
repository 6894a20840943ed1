"""Capacity, slots and bookings.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "booking_terms",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("purpose", sa.String(30), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("length_minutes", sa.Integer(), nullable=False),
        sa.Column("phone_minutes", sa.Integer(), nullable=True),
        sa.Column("interpreter_minutes", sa.Integer(), nullable=False),
        sa.Column("lead_minutes", sa.Integer(), nullable=False),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("cool_down_minutes", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "slot_minutes > 0 AND length_minutes > 0 AND interpreter_minutes >= 0"
            " AND lead_minutes >= 0 AND horizon_days >= 0 AND cool_down_minutes >= 0",
            name=op.f("ck_booking_terms_numbers"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_booking_terms_office_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_terms")),
        sa.UniqueConstraint(
            "office_id", "purpose", name=op.f("uq_booking_terms_office_id_purpose")
        ),
    )
    op.create_table(
        "capacity_rules",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("purpose", sa.String(30), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts_minute", sa.Integer(), nullable=False),
        sa.Column("ends_minute", sa.Integer(), nullable=False),
        sa.Column("public_seats", sa.Integer(), nullable=False),
        sa.Column("internal_seats", sa.Integer(), nullable=False),
        sa.Column("private_rooms", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "public_seats >= 0 AND internal_seats >= 0 AND private_rooms >= 0",
            name=op.f("ck_capacity_rules_seats"),
        ),
        sa.CheckConstraint(
            "starts_minute >= 0 AND starts_minute < ends_minute AND ends_minute <= 1440",
            name=op.f("ck_capacity_rules_ordered_minutes"),
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_capacity_rules_weekday")),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_capacity_rules_office_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity_rules")),
    )
    op.create_index("ix_capacity_rules_office_id", "capacity_rules", ["office_id"], unique=False)
    op.create_table(
        "capacity_exceptions",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("purpose", sa.String(30), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("is_closure", sa.Boolean(), nullable=False),
        sa.Column("starts_minute", sa.Integer(), nullable=True),
        sa.Column("ends_minute", sa.Integer(), nullable=True),
        sa.Column("public_seats", sa.Integer(), nullable=False),
        sa.Column("internal_seats", sa.Integer(), nullable=False),
        sa.Column("private_rooms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_capacity_exceptions_office_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity_exceptions")),
    )
    op.create_index(
        "ix_capacity_exceptions_office_id", "capacity_exceptions", ["office_id"], unique=False
    )
    op.create_table(
        "slots",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("purpose", sa.String(30), nullable=False),
        sa.Column("starts_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_seats", sa.Integer(), nullable=False),
        sa.Column("internal_seats", sa.Integer(), nullable=False),
        sa.Column("private_rooms", sa.Integer(), nullable=False),
        sa.Column("public_taken", sa.Integer(), nullable=False),
        sa.Column("internal_taken", sa.Integer(), nullable=False),
        sa.Column("private_taken", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "public_taken >= 0 AND internal_taken >= 0 AND private_taken >= 0",
            name=op.f("ck_slots_taken"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_slots_office_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slots")),
        sa.UniqueConstraint(
            "office_id", "purpose", "starts_utc", name=op.f("uq_slots_office_id_purpose_starts_utc")
        ),
    )
    op.create_table(
        "bookings",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("case_id", ROW_ID, nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("purpose", sa.String(30), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("state", sa.String(30), nullable=False),
        sa.Column("starts_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_internal", sa.Boolean(), nullable=False),
        sa.Column("with_interpreter", sa.Boolean(), nullable=False),
        sa.Column("in_private_room", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("person_index", sa.LargeBinary(length=64), nullable=True),
        sa.Column("cancelled_by", sa.String(30), nullable=True),
        sa.Column("created_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_bookings_case_id")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_bookings_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("uid", name=op.f("uq_bookings_uid")),
    )
    op.create_index("ix_bookings_case_id", "bookings", ["case_id"], unique=False)
    op.create_index("ix_bookings_day", "bookings", ["office_id", "starts_utc"], unique=False)
    op.create_index(
        "uq_bookings_case_open",
        "bookings",
        ["case_id", "purpose"],
        unique=True,
        postgresql_where=sa.text("state = 'booked'"),
        sqlite_where=sa.text("state = 'booked'"),
    )
    op.create_index(
        "uq_bookings_person_open",
        "bookings",
        ["person_index", "purpose"],
        unique=True,
        postgresql_where=sa.text("state = 'booked'"),
        sqlite_where=sa.text("state = 'booked'"),
    )
    op.create_table(
        "booked_slots",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("booking_id", ROW_ID, nullable=False),
        sa.Column("slot_id", ROW_ID, nullable=False),
        sa.Column("is_internal", sa.Boolean(), nullable=False),
        sa.Column("in_private_room", sa.Boolean(), nullable=False),
        sa.Column("frees_utc", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["bookings.id"],
            name=op.f("fk_booked_slots_booking_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_booked_slots_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booked_slots")),
    )
    op.create_index("ix_booked_slots_booking_id", "booked_slots", ["booking_id"], unique=False)
    op.create_index(
        "ix_booked_slots_cooling",
        "booked_slots",
        ["frees_utc"],
        unique=False,
        postgresql_where=sa.text("frees_utc IS NOT NULL"),
        sqlite_where=sa.text("frees_utc IS NOT NULL"),
    )
    op.create_index("ix_booked_slots_slot_id", "booked_slots", ["slot_id"], unique=False)


def downgrade() -> None:
    """Take them away, dependants first."""
    op.drop_table("booked_slots")
    op.drop_table("bookings")
    op.drop_table("slots")
    op.drop_table("capacity_exceptions")
    op.drop_table("capacity_rules")
    op.drop_table("booking_terms")
