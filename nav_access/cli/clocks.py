"""`flask clocks`: what happens because time passes."""

from collections import Counter
from dataclasses import asdict
from datetime import datetime
from threading import Event

import click
from flask.cli import AppGroup

from nav_access.callbacks.codes import USUAL_FALLBACKS, Fallback
from nav_access.callbacks.policies import PolicyTooWeak, get_policy, set_policy
from nav_access.callbacks.rules import Policy
from nav_access.core.db import DatabaseUnavailable, Session
from nav_access.core.runs import RunReport
from nav_access.erasing.service import erase_due
from nav_access.intake.clocks import run_clocks
from nav_access.kiosk.sweeping import sweep_visits
from nav_access.offices.queries import find_office_by_number
from nav_access.web.messages.feedback import look_after_feedback
from nav_access.web.messages.send import send_due
from nav_access.web.shared.installation import Installation, installation, unit_of_work

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


@clocks_group.command("policy")
@click.argument("office")
@click.option("--attempts", type=click.IntRange(1, 20), help="How often a person is tried.")
@click.option("--days", type=click.IntRange(1, 20), help="On at least how many different days.")
@click.option(
    "--fallback", type=click.Choice([each.value for each in USUAL_FALLBACKS]), help="What then."
)
@click.option("--manager", type=click.IntRange(0), help="Staffed minutes until a manager is told.")
@click.option("--centre", type=click.IntRange(0), help="The same for the contact centre.")
def policy_command(
    office: str,
    attempts: int | None,
    days: int | None,
    fallback: str | None,
    manager: int | None,
    centre: int | None,
) -> None:
    """Show how an office (its number) rings and is reminded, or change what is given."""
    with unit_of_work() as session:
        found = find_office_by_number(session, office)
        if found is None:
            raise click.ClickException(f"There is no office {office}.")
        kept = get_policy(session, found.id)
        policy = Policy(
            attempts=kept.attempts if attempts is None else attempts,
            days=kept.days if days is None else days,
            fallback=kept.fallback if fallback is None else Fallback(fallback),
            manager_after_minutes=kept.manager_after_minutes if manager is None else manager,
            contact_centre_after_minutes=kept.contact_centre_after_minutes
            if centre is None
            else centre,
        )
        if policy != kept:
            _set(session, found.id, policy)
    click.echo(", ".join(f"{name} {value}" for name, value in asdict(policy).items()))


def _set(session: Session, office_id: int, policy: Policy) -> None:
    try:
        set_policy(session, office_id, policy)
    except PolicyTooWeak as weak:
        raise click.ClickException("There must be at least as many attempts as days.") from weak


def _erase(site: Installation, now: datetime, report: RunReport) -> RunReport:
    """Erase what is due and add it to the report."""
    erased = erase_due(site.database, site.keyring, now=now)
    done = Counter({f"erased {name}": count for name, count in erased.done.items()})
    return RunReport(report.done + done, report.trouble + erased.trouble)


def _run_once() -> RunReport | None:
    """Run everything once and say what was done; None when the database is away."""
    site = installation()
    now = site.clock()
    try:
        report = run_clocks(site.database, site.keyring, now=now)
        if swept := sweep_visits(site.database, now=now):
            report.done["visits"] = swept
        late = look_after_feedback(site, now)
        sent = send_due(site, now)
        report = _erase(site, now, report)
    except DatabaseUnavailable as away:
        click.echo(f"The database is away ({away}).", err=True)
        return None
    done = report.done | ({"told of late answers": late} if late else {})
    counted = {**done, **{f"messages {outcome}": count for outcome, count in sent.items()}}
    said = ", ".join(f"{count} {task}" for task, count in sorted(counted.items())) or "nothing due"
    click.echo(f"{now:%Y-%m-%d %H:%M:%SZ} {said}")
    if report.trouble:
        click.echo(f"{report.trouble} left for the next run; the log says what.", err=True)
    return report
