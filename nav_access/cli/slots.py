"""`flask slots`: the times people can book, made ahead from what offices publish."""

import click
from flask.cli import AppGroup

from nav_access.appointments.making import SlotReport, list_offices_with_terms
from nav_access.appointments.service import make_slots
from nav_access.web.shared.installation import Installation, installation, read_session

slots_group = AppGroup("slots", help="Times that can be booked.")


@slots_group.command("make")
def make_command() -> None:
    """Make the times ahead of every office, as far as it takes bookings.

    Can be stopped and run again, and in two places at once: what is booked never changes.
    """
    report = make_all_slots(installation())
    click.echo(
        f"Times made: {report.made}. Changed: {report.changed}. Removed: {report.removed}. "
        f"Kept for those who have booked them: {report.held}."
    )


def make_all_slots(site: Installation) -> SlotReport:
    """Make every office's slots, each office in its own commit, with progress."""
    with read_session() as session:
        offices = list_offices_with_terms(session)
    report = SlotReport()
    with click.progressbar(offices, label="Offices") as bar:
        for office_id in bar:
            with site.database.unit_of_work() as session:
                report += make_slots(session, now=site.clock(), office_id=office_id)
    return report
