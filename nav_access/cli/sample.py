"""`flask sample`: made-up offices and staff for trying the site."""

import click
from flask.cli import AppGroup

from nav_access.appointments.sample import load_sample_capacity
from nav_access.cli.import_report import print_report
from nav_access.cli.sample_staff import describe_sample_sign_ins, load_sample_staff
from nav_access.cli.slots import make_all_slots
from nav_access.core.clock import to_oslo
from nav_access.intake.direct_number.sample import load_sample_policies
from nav_access.offices.queries import list_public_offices
from nav_access.offices.roster.sample import load_sample_rosters
from nav_access.offices.sample import load_sample
from nav_access.web.shared.installation import installation, now, read_session, unit_of_work

sample_group = AppGroup("sample", help="Made-up data for trying the site.")


@sample_group.command("load")
def load_command() -> None:
    """Put the sample offices and their times in, and in a sample their staff.

    Refused beside real offices: wrong hours hurt people.
    """
    if not installation().settings.is_sample and _has_real_offices():
        raise click.ClickException("This site holds real offices, so no sample is mixed in.")
    with unit_of_work() as session:
        report = load_sample(session, today=to_oslo(now()).date())
        load_sample_capacity(session)
        load_sample_rosters(session, today=to_oslo(now()).date())
        load_sample_policies(session)
    print_report(report, is_check=False)
    click.echo(f"Times to book made: {make_all_slots(installation()).made}.")
    if installation().settings.is_sample:
        click.echo(f"Sample staff added: {load_sample_staff(installation())}.")


@sample_group.command("sign-ins")
def sign_ins_command() -> None:
    """Print what to sign in with at the desk, the one-time codes of now included."""
    for line in describe_sample_sign_ins(installation()):
        click.echo(line)


def _has_real_offices() -> bool:
    with read_session() as session:
        return any(not office.is_sample for office in list_public_offices(session))
