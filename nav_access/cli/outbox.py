"""`flask outbox`: send what is due, and say what is stuck."""

from collections import Counter
from datetime import timedelta

import click
from flask.cli import AppGroup

from nav_access.messaging.queries import get_age, list_stuck
from nav_access.web.messages.send import Outcome, SendReport, send_due
from nav_access.web.shared.installation import installation, now, read_session

outbox_group = AppGroup("outbox", help="Messages on their way to people.")

_NO_PROGRESS = {Outcome.FAILED, Outcome.PUT_OFF}


@outbox_group.command("send")
def send_command() -> None:
    """Send everything that is due. May run beside the server and beside itself."""
    total: SendReport = Counter()
    while True:
        report = send_due(installation(), now())
        total.update(report)
        # With everybody away there is no end to it: what failed is soon due again.
        if not report.keys() - _NO_PROGRESS:
            break
    click.echo(", ".join(f"{count} {outcome}" for outcome, count in total.items()) or "Nothing.")


@outbox_group.command("stuck")
@click.option("--minutes", default=10, show_default=True, help="How long is too long.")
def stuck_command(minutes: int) -> None:
    """List messages that should have left; the exit status is 1 when there are any."""
    with read_session() as session:
        age = get_age(session, now())
        stuck = list_stuck(session, now(), older_than=timedelta(minutes=minutes))
    click.echo(f"The oldest unsent message has waited {int(age.total_seconds())} seconds.")
    for row in stuck:
        since = f"{row.wanted_utc:%Y-%m-%d %H:%M}Z"
        click.echo(f"{row.id}\t{row.kind}\tsince {since}\t{row.tries} tries\t{row.trouble or '-'}")
    if stuck:
        raise SystemExit(1)
