"""`flask db`: the schema's way forwards and back."""

import click
from flask.cli import AppGroup

from nav_access.migrations.running import current_revision, downgrade, is_current, upgrade
from nav_access.web.shared.installation import installation

db_group = AppGroup("db", help="The database's schema: upgrade, downgrade, check.")


@db_group.command("upgrade")
@click.argument("revision", default="head")
def upgrade_command(revision: str) -> None:
    """Bring the schema up to REVISION, the newest one unless named."""
    settings = installation().settings
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    upgrade(settings.database_url, revision)
    _say_where(settings.database_url)


@db_group.command("downgrade")
@click.argument("revision")
def downgrade_command(revision: str) -> None:
    """Take the schema back to REVISION: a number, -1 for one step, base for none."""
    url = installation().settings.database_url
    downgrade(url, revision)
    _say_where(url)


@db_group.command("check")
def check_command() -> None:
    """Fail unless the schema is the one this code needs."""
    url = installation().settings.database_url
    _say_where(url)
    if not is_current(url):
        raise click.ClickException("The schema is not the newest: run «flask db upgrade».")


def _say_where(url: str) -> None:
    click.echo(f"The schema stands at {current_revision(url) or 'nothing yet'}.")
