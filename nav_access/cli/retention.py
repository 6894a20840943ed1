"""`flask retention`: erase what its time is over for, and say what is kept."""

import click
from flask.cli import AppGroup

from nav_access.core.db import DatabaseUnavailable
from nav_access.core.references import is_case_number
from nav_access.core.retention import CASES
from nav_access.core.runs import RunReport
from nav_access.erasing.cases import erase_asked
from nav_access.erasing.report import Line, report_kept
from nav_access.erasing.service import run_retention
from nav_access.web.shared.installation import installation, now, read_session, unit_of_work

retention_group = AppGroup("retention", help="How long data is kept: erase what is due, report.")


@retention_group.command("run")
@click.option(
    "--rewrite/--no-rewrite",
    default=True,
    help="Rewrite SQLite's file at the end, so that nothing is left in its gaps.",
)
def run_command(rewrite: bool) -> None:
    """Erase and delete all that is due. Can be stopped and run again; the site does it daily."""
    site = installation()
    try:
        due = sum(line.due for line in _lines())
        with click.progressbar(length=due, label="Erasing") as bar:
            report = run_retention(
                site.database,
                site.keyring,
                now=site.clock(),
                told=lambda _name, count: bar.update(count),
                most_rewritten=None if rewrite else -1,
            )
    except DatabaseUnavailable as away:
        raise click.ClickException(f"The database is away ({away}).") from away
    click.echo(_say_done(report))
    if report.trouble:
        raise click.ClickException(f"{report.trouble} left for the next run; the log says what.")


@retention_group.command("report")
def report_command() -> None:
    """Show of each kind of data how much is kept, how much is due, and how old the oldest is."""
    click.echo("kind\ttable\tkept\tdue\toldest")
    for line in _lines():
        oldest = f"{line.oldest:%Y-%m-%d}" if line.oldest else "-"
        click.echo(f"{line.kind}\t{line.table}\t{line.kept}\t{line.due}\t{oldest}")


@retention_group.command("erase")
@click.argument("number")
@click.confirmation_option(prompt="What is erased cannot be had back. Erase the case?")
def erase_command(number: str) -> None:
    """Erase one case now, by its case number: its person has asked the office for it."""
    if not is_case_number(number):
        raise click.BadParameter("a case number has 8 digits", param_hint="NUMBER")
    with unit_of_work() as session:
        is_erased = erase_asked(session, number, actor="cli", now=now())
    if not is_erased:
        raise click.ClickException("There is no such case, or somebody is at work in it just now.")
    installation().database.leave_nothing_behind(is_rewritten=True)
    click.echo(f"Case {number} is erased.")


def _lines() -> list[Line]:
    with read_session() as session:
        return list(report_kept(session, now()))


def _say_done(report: RunReport) -> str:
    order = [CASES.name, *sorted(report.done.keys() - {CASES.name})]
    return ", ".join(f"{report.done[name]} {name}" for name in order if report.done[name]) or (
        "Nothing was due."
    )
