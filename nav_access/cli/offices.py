"""`flask offices`: bring offices in from files of many shapes, and out again."""

import json
from datetime import date
from pathlib import Path

import click
from flask.cli import AppGroup

from nav_access.cli.batches import open_step, run_in_batches
from nav_access.cli.import_report import print_report
from nav_access.core.clock import to_oslo
from nav_access.core.db import Database
from nav_access.offices.area_service import import_areas, import_streets
from nav_access.offices.errors import ImportRefused
from nav_access.offices.hsds_export import hsds_page
from nav_access.offices.plain_export import csv_text, osm_tags
from nav_access.offices.queries import list_public_offices
from nav_access.offices.reading import read_delivery
from nav_access.offices.records import Delivery, ImportReport
from nav_access.offices.service import ensure_contact_centre, import_units, mark_missing
from nav_access.web.shared.installation import installation, now, read_session

_BATCH = 25

offices_group = AppGroup("offices", help="Offices: import (NORG2, HSDS 3, areas) and export.")


@offices_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", "is_check", is_flag=True, help="Say what would change; write nothing.")
@click.option("--part", "is_part", is_flag=True, help="The list is not full: nobody is missing.")
def import_command(file: Path, is_check: bool, is_part: bool) -> None:
    """Read FILE and bring offices in line with it.

    Offices (NORG2 v1 or v2, HSDS 3), areas they serve, or forest addresses: told apart by
    what is in the file. Stopped halfway, it can be run again.
    """
    today = to_oslo(now()).date()
    try:
        delivery = read_delivery(file.read_bytes(), today=today)
    except ImportRefused as refused:
        raise click.ClickException(str(refused)) from refused
    database = installation().database
    report = ImportReport(notes=list(delivery.notes))
    report.add(_bring_in(database, delivery, is_check=is_check))
    if not is_check:
        with database.unit_of_work() as session:
            ensure_contact_centre(session)
    if delivery.units and delivery.is_full and not is_part:
        report.add(_mark(database, delivery, today, is_check=is_check))
    print_report(report, is_check=is_check)


@offices_group.command("export")
@click.option(
    "--format", "form", type=click.Choice(["hsds", "csv", "osm"]), default="hsds", show_default=True
)
def export_command(form: str) -> None:
    """Write the public offices to standard output; times are local, in Norway."""
    today = to_oslo(now()).date()
    with read_session() as session:
        offices = list_public_offices(session, today=today)
    if form == "csv":
        click.echo(csv_text(offices, today), nl=False)
        return
    data = hsds_page(offices, today) if form == "hsds" else osm_tags(offices, today)
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def _bring_in(database: Database, delivery: Delivery, *, is_check: bool) -> ImportReport:
    if delivery.units:
        return run_in_batches(
            database,
            delivery.units,
            lambda session, units: import_units(
                session, units, source=delivery.source, is_check=is_check
            ),
            size=_BATCH,
            is_check=is_check,
            label="Offices",
        )
    with open_step(database, is_check=is_check) as session:
        if delivery.areas:
            return import_areas(session, delivery.areas, source=delivery.source, is_check=is_check)
        return import_streets(session, delivery.streets, is_check=is_check)


def _mark(database: Database, delivery: Delivery, today: date, *, is_check: bool) -> ImportReport:
    numbers = [unit.number for unit in delivery.units]
    with open_step(database, is_check=is_check) as session:
        return mark_missing(
            session, numbers, source=delivery.source, today=today, is_check=is_check
        )
