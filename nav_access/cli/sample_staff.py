"""Made-up staff for trying each door: everybody knows their passwords, so only in a sample."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from nav_access.cli.sample_agencies import join_sample_agency
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.passwords import hash_password
from nav_access.offices.queries import find_office_by_number, get_contact_centre
from nav_access.staff import service
from nav_access.staff.codes import OFFICE_ROLES, SITE_ROLES, Side, StaffRole
from nav_access.staff.errors import EmailTaken
from nav_access.staff.one_time_codes import seal_secret
from nav_access.staff.queries import get_member, get_member_by_email
from nav_access.staff.rules import code_at
from nav_access.staff.service import NewStaff
from nav_access.web.shared.installation import Installation

PASSWORD = "sample-password-1234"  # noqa: S105 - public on purpose; refused outside a sample
CENTRE = "contact centre"
SITE = "the whole site"


class NotASample(Exception):
    """This is not a sample: credentials that everybody knows are refused."""


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody made up, who works `at` a sample office's number, the contact centre, the whole
    site, or without a `role` here, at an agency. `door` is where they sign in."""

    email: str
    name: str
    role: StaffRole | None
    at: str
    door: str
    secret: str
    sees_protected: bool = False
    side: Side = Side.BOTH


PEOPLE = (
    SamplePerson(
        "anne@sample.example",
        "Anne Eksempel",
        StaffRole.CASEWORKER,
        "9901",
        "/desk/",
        "SAMPLEANNESAMPLEANNESAMPLEANNE22",
        side=Side.MUNICIPAL,
    ),
    SamplePerson(
        "stein@sample.example",
        "Stein Eksempel",
        StaffRole.CASEWORKER,
        "9901",
        "/desk/",
        "SAMPLESTEINSAMPLESTEINSAMPLEST22",
        side=Side.STATE,
    ),
    SamplePerson(
        "bo@sample.example",
        "Bo Eksempel",
        StaffRole.CASEWORKER,
        "9902",
        "/desk/",
        "SAMPLEBOBOSAMPLEBOBOSAMPLEBOBO22",
    ),
    SamplePerson(
        "kaia@sample.example",
        "Kaia Eksempel",
        StaffRole.CASEWORKER,
        "9901",
        "/desk/",
        "SAMPLEKAIASAMPLEKAIASAMPLEKAIA22",
        sees_protected=True,
    ),
    SamplePerson(
        "maria@sample.example",
        "Maria Eksempel",
        StaffRole.MANAGER,
        "9901",
        "/desk/",
        "SAMPLEMARIASAMPLEMARIASAMPLEMA22",
    ),
    SamplePerson(
        "cecilie@sample.example",
        "Cecilie Eksempel",
        StaffRole.CASEWORKER,
        CENTRE,
        "/contact-centre/",
        "SAMPLECECILIESAMPLECECILIESAMP22",
    ),
    SamplePerson(
        "olav@sample.example",
        "Olav Eksempel",
        StaffRole.OPERATOR,
        SITE,
        "/contact-centre/",
        "SAMPLEOLAVSAMPLEOLAVSAMPLEOLAV22",
    ),
    SamplePerson(
        "petra@sample.example",
        "Petra Eksempel",
        None,
        "Byhjelpen (eksempel)",
        "/partner/",
        "SAMPLEPETRASAMPLEPETRASAMPLEPE22",
    ),
    SamplePerson(
        "farid@sample.example",
        "Farid Eksempel",
        None,
        "Flyktningtjenesten (eksempel)",
        "/partner/",
        "SAMPLEFARIDSAMPLEFARIDSAMPLEFA22",
    ),
    SamplePerson(
        "ada@sample.example",
        "Ada Eksempel",
        StaffRole.ADMINISTRATOR,
        SITE,
        "/admin/",
        "SAMPLEADASAMPLEADASAMPLEADASAM22",
    ),
    SamplePerson(
        "sara@sample.example",
        "Sara Eksempel",
        StaffRole.SUPERVISOR,
        SITE,
        "/reports/",
        "SAMPLESARASAMPLESARASAMPLESARA22",
    ),
)
"""9901 serves postcode 0150."""


def load_sample_staff(installation: Installation) -> int:
    """Add the sample people that are not there yet; return how many were added."""
    if not installation.settings.is_sample:
        raise NotASample
    return sum(_load(installation, person) for person in PEOPLE)


def describe_sample_sign_ins(installation: Installation) -> Iterator[str]:
    """Yield a line for each sample person: what to sign in with, the code of now included."""
    if not installation.settings.is_sample:
        raise NotASample
    yield f"The password of every sample sign-in is {PASSWORD}"
    for person in PEOPLE:
        code = code_at(person.secret, installation.clock())
        role = person.role or "agency member"
        role = f"{role} for protected persons" if person.sees_protected else role
        role = role if person.side is Side.BOTH else f"{role} on the {person.side} side"
        yield f"  {person.email:23} {person.door:16} {role}, {person.at}: code now {code}"
    yield "A code works once. The next one: .venv/bin/flask staff code anne@sample.example"


def _load(installation: Installation, person: SamplePerson) -> bool:
    keyring, now = installation.keyring, installation.clock()
    try:
        with installation.database.unit_of_work() as session:
            _add(session, person, keyring, now)
    except EmailTaken:
        with installation.database.unit_of_work() as session:
            # From before people chose their own: a sample's password stays what everybody knows.
            get_member_by_email(session, person.email).handed_out_until_utc = None
        return False
    return True


def _add(session: Session, person: SamplePerson, keyring: Keyring, now: datetime) -> None:
    given = service.add(session, _describe(session, person), actor="cli", keyring=keyring, now=now)
    if person.role is None:
        join_sample_agency(session, given.staff_id, person.at, now=now)
    member = get_member(session, given.staff_id)
    for membership in member.memberships:
        membership.sees_protected = person.sees_protected
        membership.side = person.side
    member.handed_out_until_utc = None
    member.password_hash = hash_password(PASSWORD)
    member.totp_secret_sealed = seal_secret(keyring, member.id, person.secret)


def _describe(session: Session, person: SamplePerson) -> NewStaff:
    site_roles = frozenset({person.role} if person.role else ()) & SITE_ROLES
    offices = {_office_id(session, person.at): person.role} if person.role in OFFICE_ROLES else {}
    return NewStaff(person.email, person.name, site_roles=site_roles, offices=offices)


def _office_id(session: Session, number: str) -> int:
    if number == CENTRE:
        return get_contact_centre(session).id
    office = find_office_by_number(session, number)
    if office is None:
        raise LookupError(f"there is no sample office {number}")
    return office.id
