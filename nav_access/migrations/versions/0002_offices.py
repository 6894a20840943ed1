"""Offices, receptions, duty numbers and places.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "municipalities",
        sa.Column("number", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("search_name", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_municipalities")),
    )
    op.create_index(op.f("ix_municipalities_search_name"), "municipalities", ["search_name"])
    op.create_table(
        "office_areas",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("office_number", sa.String(length=40), nullable=False),
        sa.Column("municipality_number", sa.String(length=4), nullable=False),
        sa.Column("district", sa.String(length=6), nullable=False),
        sa.Column("postcode", sa.String(length=4), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_areas")),
        sa.UniqueConstraint(
            "office_number", "municipality_number", "district", "postcode", name="uq_office_areas"
        ),
    )
    op.create_index(
        op.f("ix_office_areas_municipality_number"), "office_areas", ["municipality_number"]
    )
    op.create_index(op.f("ix_office_areas_office_number"), "office_areas", ["office_number"])
    op.create_index(op.f("ix_office_areas_postcode"), "office_areas", ["postcode"])
    op.create_table(
        "office_data_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_office_data_version_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_data_version")),
    )
    op.create_table(
        "office_street_areas",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("search_street", sa.String(length=100), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("parity", sa.String(30), nullable=False),
        sa.Column("district", sa.String(length=6), nullable=False),
        sa.CheckConstraint(
            "first_number <= last_number", name=op.f("ck_office_street_areas_ordered_numbers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_street_areas")),
        sa.UniqueConstraint(
            "search_street",
            "first_number",
            "parity",
            "district",
            name=op.f("uq_office_street_areas_search_street_first_number_parity_district"),
        ),
    )
    op.create_index(op.f("ix_office_street_areas_district"), "office_street_areas", ["district"])
    op.create_index(
        op.f("ix_office_street_areas_search_street"), "office_street_areas", ["search_street"]
    )
    op.create_table(
        "offices",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("search_name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("missing_since", sa.Date(), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("phone_comment", sa.Text(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("street", sa.String(length=200), nullable=True),
        sa.Column("postcode", sa.String(length=10), nullable=True),
        sa.Column("place", sa.String(length=100), nullable=True),
        sa.Column("postal_address", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("information", sa.Text(), nullable=True),
        sa.Column("services", sa.String(2000), nullable=False),
        sa.Column("services_note", sa.Text(), nullable=True),
        sa.Column("languages", sa.String(500), nullable=False),
        sa.Column("restricted_reason", sa.Text(), nullable=True),
        sa.Column("other_way_in", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
        sa.UniqueConstraint("number", name=op.f("uq_offices_number")),
        sa.UniqueConstraint("slug", name=op.f("uq_offices_slug")),
    )
    op.create_index(op.f("ix_offices_postcode"), "offices", ["postcode"])
    op.create_index(op.f("ix_offices_search_name"), "offices", ["search_name"])
    op.create_table(
        "municipality_names",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("municipality_number", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("search_name", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_number"],
            ["municipalities.number"],
            name=op.f("fk_municipality_names_municipality_number"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality_names")),
        sa.UniqueConstraint(
            "municipality_number",
            "search_name",
            name=op.f("uq_municipality_names_municipality_number_search_name"),
        ),
    )
    op.create_index(
        op.f("ix_municipality_names_search_name"), "municipality_names", ["search_name"]
    )
    op.create_table(
        "office_duty_lines",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("audience", sa.String(30), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("split", sa.String(length=200), nullable=True),
        sa.Column("covers_holidays", sa.Boolean(), nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("after_hours_phone", sa.String(length=40), nullable=True),
        sa.Column("after_hours_note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_office_duty_lines_office_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_duty_lines")),
    )
    op.create_index(op.f("ix_office_duty_lines_office_id"), "office_duty_lines", ["office_id"])
    op.create_table(
        "office_receptions",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("office_id", ROW_ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=True),
        sa.Column("street", sa.String(length=200), nullable=True),
        sa.Column("postcode", sa.String(length=10), nullable=True),
        sa.Column("place", sa.String(length=100), nullable=True),
        sa.Column("way_in", sa.Text(), nullable=True),
        sa.Column("has_step_free_entrance", sa.Boolean(), nullable=True),
        sa.Column("has_private_room", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
            name=op.f("fk_office_receptions_office_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_receptions")),
    )
    op.create_index(op.f("ix_office_receptions_office_id"), "office_receptions", ["office_id"])
    op.create_index(op.f("ix_office_receptions_postcode"), "office_receptions", ["postcode"])
    op.create_table(
        "postcodes",
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("search_place", sa.String(length=100), nullable=False),
        sa.Column("municipality_number", sa.String(length=4), nullable=False),
        sa.Column("category", sa.String(length=1), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_number"],
            ["municipalities.number"],
            name=op.f("fk_postcodes_municipality_number"),
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_postcodes")),
    )
    op.create_index(op.f("ix_postcodes_municipality_number"), "postcodes", ["municipality_number"])
    op.create_index(op.f("ix_postcodes_search_place"), "postcodes", ["search_place"])
    op.create_table(
        "office_duty_intervals",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("line_id", ROW_ID, nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=True),
        sa.Column("opens_minute", sa.Integer(), nullable=True),
        sa.Column("closes_minute", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(opens_minute IS NULL) = (closes_minute IS NULL)",
            name=op.f("ck_office_duty_intervals_both_minutes"),
        ),
        sa.CheckConstraint(
            "(weekday IS NULL) <> (on_date IS NULL)",
            name=op.f("ck_office_duty_intervals_weekday_xor_date"),
        ),
        sa.CheckConstraint(
            "opens_minute >= 0 AND opens_minute < closes_minute AND closes_minute <= 1440",
            name=op.f("ck_office_duty_intervals_ordered_minutes"),
        ),
        sa.CheckConstraint(
            "weekday BETWEEN 0 AND 6", name=op.f("ck_office_duty_intervals_weekday")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["office_duty_lines.id"],
            name=op.f("fk_office_duty_intervals_line_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_duty_intervals")),
    )
    op.create_index(op.f("ix_office_duty_intervals_line_id"), "office_duty_intervals", ["line_id"])
    op.create_table(
        "office_openings",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("reception_id", ROW_ID, nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("opens_minute", sa.Integer(), nullable=True),
        sa.Column("closes_minute", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind <> 'walk_in' OR opens_minute IS NOT NULL",
            name=op.f("ck_office_openings_walk_in_has_times"),
        ),
        sa.CheckConstraint(
            "(opens_minute IS NULL) = (closes_minute IS NULL)",
            name=op.f("ck_office_openings_both_minutes"),
        ),
        sa.CheckConstraint(
            "(weekday IS NULL) <> (on_date IS NULL)",
            name=op.f("ck_office_openings_weekday_xor_date"),
        ),
        sa.CheckConstraint(
            "opens_minute >= 0 AND opens_minute < closes_minute AND closes_minute <= 1440",
            name=op.f("ck_office_openings_ordered_minutes"),
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_office_openings_weekday")),
        sa.ForeignKeyConstraint(
            ["reception_id"],
            ["office_receptions.id"],
            name=op.f("fk_office_openings_reception_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_openings")),
    )
    op.create_index(op.f("ix_office_openings_reception_id"), "office_openings", ["reception_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("office_openings")
    op.drop_table("office_duty_intervals")
    op.drop_table("postcodes")
    op.drop_table("office_receptions")
    op.drop_table("office_duty_lines")
    op.drop_table("municipality_names")
    op.drop_table("offices")
    op.drop_table("office_street_areas")
    op.drop_table("office_data_version")
    op.drop_table("office_areas")
    op.drop_table("municipalities")
