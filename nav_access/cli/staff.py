"""`flask staff`: who may sign in, and with what."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from nav_access.offices.queries import find_office_by_number
from nav_access.staff import service
from nav_access.staff.codes import OFFICE_ROLES, SITE_ROLES, StaffRole
from nav_access.staff.errors import (
    AdministratorsHaveNoOffice,
    EmailTaken,
    StaffDisabled,
    StaffNotFound,
)
from nav_access.staff.one_time_codes import open_secret
from nav_access.staff.queries import get_member_by_email
from nav_access.staff.rules import code_at
from nav_access.staff.service import Credentials, NewStaff
from nav_access.web.shared.installation import (
    installation,
    keyring,
    now,
    read_session,
    unit_of_work,
)

staff_group = AppGroup("staff", help="Staff: add, disable, reset.")

_ACTOR = "cli"
_SENTENCES = {
    EmailTaken: "Somebody is registered with this e-mail address already.",
    StaffNotFound: "Nobody is registered with this e-mail address.",
    StaffDisabled: "This person's access was ended; say --enable to open it again.",
    AdministratorsHaveNoOffice: "An administrator has no office and no other role.",
}


@staff_group.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The person's name, as colleagues know it.")
@click.option("--office", "offices", multiple=True, help="Number (enhetNr) of an office; repeat.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in StaffRole]),
    default=StaffRole.CASEWORKER.value,
    show_default=True,
    help="What the person does: at the offices named, or on the whole site.",
)
def add_command(email: str, name: str, offices: tuple[str, ...], role: str) -> None:
    """Add a person and print what they sign in with, once."""
    chosen = StaffRole(role)
    _check_role_fits(chosen, offices)
    with _facts_in_words(), unit_of_work() as session:
        at = dict.fromkeys(_office_ids(session, offices), chosen)
        site_roles = frozenset({chosen}) & SITE_ROLES
        new = NewStaff(email, name, site_roles=site_roles, offices=at)
        given = service.add(session, new, actor=_ACTOR, keyring=keyring(), now=now())
    _show(given)


@staff_group.command("disable")
@click.argument("email")
def disable_command(email: str) -> None:
    """End a person's access at once."""
    with _facts_in_words(), unit_of_work() as session:
        staff_id = get_member_by_email(session, email).id
        service.disable(session, staff_id, actor=_ACTOR, now=now())
    click.echo("Access is ended; open sessions too.")


@staff_group.command("reset")
@click.argument("email")
@click.option("--enable", is_flag=True, help="Open access that was ended.")
def reset_command(email: str, enable: bool) -> None:
    """Give a person a new password and a new one-time-code secret, printed once."""
    with _facts_in_words(), unit_of_work() as session:
        staff_id = get_member_by_email(session, email).id
        given = service.reset(
            session, staff_id, actor=_ACTOR, keyring=keyring(), now=now(), may_enable=enable
        )
    _show(given)


@staff_group.command("code")
@click.argument("email")
def code_command(email: str) -> None:
    """Print the one-time code of now. Only where everything is sample data."""
    if not installation().settings.is_sample:
        raise click.ClickException("One-time codes are printed in sample mode only.")
    with _facts_in_words(), read_session() as session:
        member = get_member_by_email(session, email)
        secret = open_secret(keyring(), member.id, member.totp_secret_sealed)
    click.echo(code_at(secret, now()))


def _check_role_fits(role: StaffRole, offices: Sequence[str]) -> None:
    if role in OFFICE_ROLES and not offices:
        raise click.UsageError(f"A {role} works somewhere: name the --office.")
    if role in SITE_ROLES and offices:
        raise click.UsageError(f"A {role} works for the whole site: leave --office out.")


def _office_ids(session: Session, numbers: Sequence[str]) -> Iterator[int]:
    for number in numbers:
        office = find_office_by_number(session, number)
        if office is None:
            raise click.ClickException(f"There is no office with number {number}.")
        yield office.id


@contextmanager
def _facts_in_words() -> Iterator[None]:
    try:
        yield
    except tuple(_SENTENCES) as fact:
        raise click.ClickException(_SENTENCES[type(fact)]) from fact


def _show(given: Credentials) -> None:
    click.echo("Shown once; hand it over in person. Good for a first sign-in within 7 days, where")
    click.echo("the person chooses a password and an app's key of their own.")
    click.echo(f"Password: {given.password}")
    click.echo(f"One-time-code secret: {given.totp_secret}")
    click.echo(f"For an authenticator: {given.otpauth_uri}")
