"""`flask kiosk`: registering the terminals of receptions."""

import click
from flask.cli import AppGroup

from nav_access.kiosk.errors import NameTaken
from nav_access.kiosk.terminals import add_terminal
from nav_access.offices.queries import find_office_by_number
from nav_access.web.shared.installation import now, unit_of_work

MOST_NAME = 40

kiosk_group = AppGroup("kiosk", help="Terminals in receptions.")


@kiosk_group.command("register")
@click.argument("office")
@click.argument("name")
def register_command(office: str, name: str) -> None:
    """Add a terminal NAME to the OFFICE of this number (enhetNr), and print its one-time code."""
    if not 0 < len(name.strip()) <= MOST_NAME:
        raise click.ClickException(f"A terminal's name has 1 to {MOST_NAME} characters.")
    try:
        with unit_of_work() as session:
            found = find_office_by_number(session, office)
            if found is None:
                raise click.ClickException(f"There is no office with number {office}.")
            code = add_terminal(session, found.id, name.strip(), actor="cli", now=now())
    except NameTaken as fact:
        raise click.ClickException("The office has a terminal of this name.") from fact
    click.echo(f"Open /kiosk/register at the terminal within an hour and write: {code}")
