"""`flask clocks`: what happens because time passes."""

from threading import Event

import click
from flask.cli import AppGroup

from nav_access.core.db import DatabaseUnavailable
from nav_access.intake.clocks import ClockReport, run_clocks
from nav_access.web.messages.send import send_due
from nav_access.web.shared.installation import installation

clocks_group = AppGroup("clocks", help="Clocks: attempts, escalations, times to book, messages.")


@clocks_group.command("run")
@click.option("--every", type=click.IntRange(1, 3600), help="Go on, with so many seconds between.")
def run_command(every: int | None) -> None:
    """Do what is due, once or every so many seconds. Many may run at the same time."""
    stop = Event()
    while True:
        report = _run_once()
        if every is None:
            break
        stop.wait(every)
    if report is None or report.trouble:
        raise SystemExit(1)


def _run_once() -> ClockReport | None:
    """Run everything once and say what was done; None when the database is away."""
    site = installation()
    now = site.clock()
    try:
        report = run_clocks(site.database, site.keyring, now=now)
        sent = send_due(site, now)
    except DatabaseUnavailable as away:
        click.echo(f"The database is away ({away}).", err=True)
        return None
    counted = {**report.done, **{f"messages {outcome}": count for outcome, count in sent.items()}}
    said = ", ".join(f"{count} {task}" for task, count in sorted(counted.items())) or "nothing due"
    click.echo(f"{now:%Y-%m-%d %H:%M:%SZ} {said}")
    if report.trouble:
        click.echo(f"{report.trouble} left for the next run; the log says what.", err=True)
    return report
