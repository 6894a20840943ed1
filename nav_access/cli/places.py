"""`flask places`: bring in the postal register."""

from pathlib import Path

import click
from flask.cli import AppGroup

from nav_access.cli.batches import open_step, run_in_batches
from nav_access.cli.import_report import print_report
from nav_access.core.clock import to_oslo
from nav_access.offices.errors import ImportRefused
from nav_access.offices.place_service import (
    import_municipalities,
    import_postcodes,
    mark_withdrawn,
)
from nav_access.offices.records import ImportReport
from nav_access.offices.register import read_register
from nav_access.web.shared.installation import installation, now

_BATCH = 500

places_group = AppGroup("places", help="Postcodes and municipalities.")


@places_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", "is_check", is_flag=True, help="Say what would change; write nothing.")
def import_command(file: Path, is_check: bool) -> None:
    """Read the postal register FILE: tab-separated, cp1252 or UTF-8."""
    try:
        rows, notes = read_register(file.read_bytes())
    except ImportRefused as refused:
        raise click.ClickException(str(refused)) from refused
    database = installation().database
    report = ImportReport(notes=list(notes))
    with open_step(database, is_check=is_check) as session:
        report.add(import_municipalities(session, rows, is_check=is_check))
    report.add(
        run_in_batches(
            database,
            rows,
            lambda session, batch: import_postcodes(session, batch, is_check=is_check),
            size=_BATCH,
            is_check=is_check,
            label="Postcodes",
        )
    )
    codes = {row.code for row in rows}
    with open_step(database, is_check=is_check) as session:
        today = to_oslo(now()).date()
        report.add(mark_withdrawn(session, codes, today=today, is_check=is_check))
    print_report(report, is_check=is_check)
