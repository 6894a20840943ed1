"""`flask audit`: is the record of what was done still whole?"""

import re

import click
from flask.cli import AppGroup

from nav_access.core.audit import AuditReport, Problem, verify
from nav_access.web.shared.installation import keyring, read_session

audit_group = AppGroup("audit", help="The audit: check that nothing in it was touched.")

_NOTE = re.compile(r"[0-9]{1,18}:[0-9a-f]{16}")
_SAID = {
    "changed": "was changed, moved or put in",
    "missing": "does not follow the one before: something was removed",
    "stray": "stands before the start of the chain",
    "head_changed": "the head was changed",
    "head_was_changed": "the head had been changed or removed when this was written",
    "end_differs": "the chain does not end where its head says",
    "not_as_noted": "the chain is not the one that was noted",
    "unreadable": "the rest cannot be read",
}


@audit_group.command("verify")
@click.option("--note", help="The note an earlier run printed, kept outside the database.")
def verify_command(note: str | None) -> None:
    """Read every entry and fail if one was changed, removed, moved or put in."""
    if note and not _NOTE.fullmatch(note):
        raise click.BadParameter("a note looks like 1234:0123456789abcdef", param_hint="--note")
    with read_session() as session:
        report = verify(session, keyring(), note=note)
    for problem in report.problems:
        click.echo(_sentence(problem), err=True)
    if not report.is_intact:
        raise click.ClickException("The audit is not intact.")
    click.echo(_praise(report))


def _sentence(problem: Problem) -> str:
    return f"Entry {problem.number}: {_SAID[problem.what]}."


def _praise(report: AuditReport) -> str:
    return f"{report.entries} entries, all intact. Note for next time: {report.note}"
