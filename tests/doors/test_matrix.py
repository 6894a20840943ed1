"""Every address, each method, every kind of person: what happens is what the table says."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from nav_access.core.clock import to_oslo
from nav_access.core.orm import Base
from nav_access.core.references import new_case_number
from nav_access.intake import handling
from nav_access.intake.acting.codes import ConsentWay, Relation
from nav_access.intake.acting.models import Consent
from nav_access.intake.codes import Need
from nav_access.intake.models import Case
from nav_access.offices.codes import OfficeKind, OfficeStatus
from nav_access.offices.models import Office
from nav_access.partners import service as partners
from nav_access.partners.codes import AgencyRole
from nav_access.partners.models import Agency, AgencyMember
from nav_access.partners.rules import Terms
from nav_access.partners.service import NewAgency
from nav_access.staff import service, sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.models import Membership, StaffMember
from nav_access.staff.rules import HANDED_OUT
from nav_access.web.shared.installation import Installation
from tests import roles
from tests.desk_factory import FOOD, Desk, add_office, add_staff
from tests.feedback_factory import write
from tests.roles import ROLES, ROUTES, Route

pytestmark = pytest.mark.postgres_in_audit

SIGN_IN = re.compile("/[a-z-]+/sign-in")
SIGN_IN_FORM = re.compile('action="/[a-z-]+/sign-in"')
NEW_EACH_TIME = re.compile(r'(name="(?:token|draft)" value=")([^"]+)')
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE")
LOGS = {"audit_entries", "audit_head", "limit_tries", "staff_sessions"}
"""Reading a case is logged, tries are counted, sessions are kept alive: nothing else is written."""


@dataclass
class World:
    """The site with one case at one office, and a browser for each role."""

    app: Flask
    desk: Desk
    browsers: dict[str, FlaskClient]
    tokens: dict[str, dict[str, str]]
    """By role, the token of its session at each door."""

    def __post_init__(self) -> None:
        self.site: Installation = self.app.extensions["nav_access"]
        received = self.desk.receive()
        self.number, self.code = received.number, f"{received.number}{received.key}"
        with self.desk.database.unit_of_work() as session:
            say_yes(session, self.number, roles.AGENCY_A, self.desk.now)

    def send(
        self, role: str, method: str, path: str, fields: dict[str, str] | None = None
    ) -> TestResponse:
        """Ask as this role; a form carries a token made for the role's own browser."""
        body = {**(fields or {}), "token": self.form_token(role, path)}
        data = body if method == "POST" else None
        return self.browsers[role].open(path, method=method, data=data)

    def form_token(self, role: str, path: str) -> str:
        """Return a good token for a form of this page."""
        scope = path.rsplit("/", maxsplit=1)[-1]
        door = "/" + path.split("/", maxsplit=2)[1]
        if door in roles.COOKIES:
            token = self.tokens[role].get(door, "")
            scope = f"{roles.COOKIES[door]}:{sha256(token.encode()).hexdigest()[:32]}"
        return self.site.form_tokens.issue(self.site.clock(), scope)

    def ask(self, role: str, method: str, route: Route) -> TestResponse:
        """Ask for a row of the table, at a case that is as it was received."""
        sent = self.fill(role, route.fields) if method == "POST" else None
        return self.send(role, method, route.path.format(case=self.number), sent)

    def fill(self, role: str, fields: Mapping[str, str]) -> dict[str, str]:
        """Return fields with the case's own version, and its code for whose it is."""
        with self.desk.database.read_session() as session:
            version = session.scalars(select(Case.version).where(Case.number == self.number)).one()
        code = self.code if role == roles.PERSON else "1234"
        return {name: value.format(version=version, code=code) for name, value in fields.items()}

    def contents(self) -> dict[str, list[object]]:
        """Return everything stored, but for the logs."""
        tables = [table for table in Base.metadata.sorted_tables if table.name not in LOGS]
        with self.desk.database.read_session() as session:
            return {t.name: [tuple(row) for row in session.execute(select(t))] for t in tables}


@pytest.fixture
def world(app: Flask, database, keyring, now) -> World:
    """Everybody in the table, each with a browser."""
    desk = Desk(database, keyring, now)
    with database.unit_of_work() as session:
        centre = add_office(session, "contact-centre", OfficeKind.CONTACT_CENTRE)
        places = {
            roles.CASEWORKER: (desk.office_id, StaffRole.CASEWORKER),
            roles.PROTECTED: (desk.office_id, StaffRole.CASEWORKER),
            roles.MANAGER: (desk.office_id, StaffRole.MANAGER),
            roles.STRANGER: (desk.other_id, StaffRole.CASEWORKER),
            roles.CENTRE: (centre, StaffRole.CASEWORKER),
            roles.DISABLED: (desk.office_id, StaffRole.CASEWORKER),
            roles.ENDED: (desk.office_id, StaffRole.MANAGER),
            roles.CHOOSING: (desk.office_id, StaffRole.MANAGER),
        }
        employed = [*places, *SITE_ROLES, *roles.IN_AN_AGENCY]
        tokens = {role: employ(session, role, places.get(role), now) for role in employed}
        write(session, keyring, now)
        for token in tokens[roles.ENDED].values():
            sessions.sign_out(session, token, now=now)
    browsers = {role: browse(app, tokens.setdefault(role, {})) for role in ROLES}
    return World(app, desk, browsers, tokens)


SITE_ROLES = {
    roles.OPERATOR: StaffRole.OPERATOR,
    roles.SUPERVISOR: StaffRole.SUPERVISOR,
    roles.ADMINISTRATOR: StaffRole.ADMINISTRATOR,
}


def employ(
    session, role: str, place: tuple[int, StaffRole] | None, now: datetime
) -> dict[str, str]:
    """Add somebody at work in this place; return the token of their session at each door."""
    staff_id = add_staff(session, role.replace(" ", "-"), now=now).staff_id
    member = session.get_one(StaffMember, staff_id)
    member.site_roles = (SITE_ROLES[role],) if role in SITE_ROLES else ()
    if place:
        service.join_office(session, staff_id, *place, actor="system", now=now)
    if role == roles.PROTECTED:
        session.scalars(
            select(Membership).where(Membership.staff_id == staff_id)
        ).one().sees_protected = True
    if role in roles.IN_AN_AGENCY:
        join_agency(session, staff_id, role, now)
    is_first = role == roles.CHOOSING
    member.handed_out_until_utc = now + HANDED_OUT if is_first else None
    tokens = {
        door: sessions.start(session, staff_id, now=now, is_first=is_first)
        for door in roles.COOKIES
    }
    if role == roles.DISABLED:
        service.disable(session, staff_id, actor="system", now=now)
    return tokens


def join_agency(session, staff_id: int, name: str, now: datetime) -> None:
    """Let somebody act for an agency of their own that helps with food in one municipality."""
    given = {"actor": "system", "now": now}
    agency_id = partners.add_agency(session, NewAgency(name), **given)
    terms = Terms(frozenset({"9901"}), frozenset(Need), to_oslo(now).date())
    partners.add_agreement(session, agency_id, terms, **given)
    partners.add_member(session, agency_id, staff_id, AgencyRole.MEMBER, **given)


def say_yes(session, number: str, name: str, now: datetime) -> None:
    """Let an agency act in a case, by its member, with everything allowed."""
    agency_id = session.scalars(select(Agency.id).where(Agency.name == name)).one()
    member_id = session.scalars(
        select(AgencyMember.staff_id).where(AgencyMember.agency_id == agency_id)
    ).one()
    session.add(
        Consent(
            case_id=session.scalars(select(Case.id).where(Case.number == number)).one(),
            agency_id=agency_id,
            recorded_by=member_id,
            staff_id=member_id,
            relation=Relation.CONTACT,
            way=ConsentWay.SPOKEN,
            told_in="nb",
            may_follow=True,
            gets_messages=True,
            is_called=True,
            municipality="9901",
            needs=("food",),
            given_utc=now,
            until_utc=now + timedelta(days=14),
            help_kinds=(),
        )
    )


def browse(app: Flask, tokens: Mapping[str, str]) -> FlaskClient:
    """Return a browser in English that holds the cookie of each of these sessions."""
    browser = app.test_client()
    for door, cookie in roles.COOKIES.items():
        browser.set_cookie(cookie, f"en.{tokens.get(door, '')}", path=door)
    return browser


def outcome_of(answer: TestResponse) -> str:
    """Name what happened as the table does."""
    is_elsewhere = not SIGN_IN.fullmatch(answer.request.path)
    if is_elsewhere and SIGN_IN_FORM.search(answer.text):
        return roles.SIGN_IN
    if answer.status_code == 303:
        target = answer.headers["Location"].partition("?")[0]
        return roles.SIGN_IN if SIGN_IN.fullmatch(target) else roles.DONE
    return str(answer.status_code)


def test_every_address_is_in_the_table(app: Flask):
    assert {rule.rule for rule in app.url_map.iter_rules()} == set(ROUTES)


READING = ("GET", "HEAD", "OPTIONS", "TRACE")


def differing(world: World, role: str, methods: Collection[str]) -> set[str]:
    """Return what is not as the table says when this role tries these methods everywhere.

    Methods that no page has are refused before anybody is recognised: two roles try them.
    """
    tries_all = role in (roles.NOBODY, roles.MANAGER)
    return {
        f"{method} {rule}: {found}, not {wanted}"
        for rule, route in ROUTES.items()
        for method in methods
        # Signing out is last: afterwards everybody is nobody.
        if (tries_all or method in route.methods)
        and not (rule.endswith("/sign-out") and method == "POST")
        for found in [outcome_of(world.ask(role, method, route))]
        for wanted in [route.outcome(method, role)]
        if found != wanted
    }


@pytest.mark.parametrize("role", ROLES)
def test_the_table_holds_and_reading_changes_nothing(world: World, role: str):
    before = world.contents()
    assert not differing(world, role, READING)
    assert world.contents() == before
    assert not differing(world, role, [one for one in METHODS if one not in READING])
    for door in roles.COOKIES:
        route = ROUTES[f"{door}/sign-out"]
        assert outcome_of(world.ask(role, "POST", route)) == route.outcome("POST", role)
        assert outcome_of(world.send(role, "GET", f"{door}/")) == roles.SIGN_IN


ACTS = {
    "claim": {},
    "release": {},
    "contact": {"outcome": "answered", "contact_text": "Spoke"},
    "note": {"note": "A note"},
    "deadline": {"day": "24.12", "time": "10:00", "deadline_reason": "agreed"},
    "close": {"close_reason": "withdrawn_by_phone", "close_text": "x"},
    "reopen": {"reopen_text": "x"},
    "nonsense": {},
}


OF_A_CASE = {rule: route for rule, route in ROUTES.items() if "{case}" in route.path}


def elsewhere(path: str) -> list[str]:
    """Return those to whom the case does not exist at this page."""
    theirs = {roles.AGENCY_A} if path.startswith(roles.PARTNER) else roles.AT_THE_OFFICE
    return [role for role in ROLES if role not in theirs]


def posts_to(route: Route) -> list[dict[str, str]]:
    """Return what can be sent to a page of a case: what the table sends, and each act."""
    acts = [{"do": act, "seen": "2", **more} for act, more in ACTS.items()]
    own = [dict(route.fields) | {"seen": "2"}] if "POST" in route.methods else []
    return own + (acts if route.path == "/desk/cases/{case}" else [])


@pytest.mark.parametrize("rule", OF_A_CASE)
def test_anothers_case_looks_as_one_that_does_not_exist_and_is_not_touched(world: World, rule: str):
    world.desk.do(handling.claim, world.desk.turn(world.number))
    before, unknown, route = world.contents(), new_case_number(), OF_A_CASE[rule]
    number, path = world.number, route.path
    for role, fields in product(elsewhere(path), [None, *posts_to(route)]):
        method = "POST" if fields else "GET"
        theirs = world.send(role, method, path.format(case=number), fields)
        nobodys = world.send(role, method, path.format(case=unknown), fields)
        assert seen(theirs, number) == seen(nobodys, unknown), (role, fields)
        # Whoever signs in goes on to the address they asked for: that is their own number.
        assert number not in theirs.text.replace(f'"{path.format(case=number)}"', "")
    assert world.contents() == before


KNEW = (roles.CASEWORKER, roles.MANAGER, roles.CENTRE, roles.OPERATOR, roles.AGENCY_A)


def test_a_protected_case_does_not_exist_for_those_who_knew_it(world: World):
    marked = world.ask(roles.PROTECTED, "POST", ROUTES["/desk/cases/<number>/protection"])
    assert outcome_of(marked) == roles.DONE
    before, unknown, number = world.contents(), new_case_number(), world.number
    for role, route in product(KNEW, OF_A_CASE.values()):
        for fields in [None, *posts_to(route)[:1]]:
            method, path = "POST" if fields else "GET", route.path
            theirs = world.send(role, method, path.format(case=number), fields)
            nobodys = world.send(role, method, path.format(case=unknown), fields)
            assert seen(theirs, number) == seen(nobodys, unknown), (role, path, fields)
    assert world.contents() == before
    assert world.ask(roles.PROTECTED, "GET", ROUTES["/desk/cases/<number>"]).status_code == 200


def seen(answer: TestResponse, number: str) -> tuple[str, str, str]:
    """Return all a reader gets, the number they asked for and what is new each time left out."""
    target = answer.headers.get("Location", "").replace(number, "number")
    text = NEW_EACH_TIME.sub(lambda found: f"{found[1]}{len(found[2])}", answer.text)
    return answer.status, text.replace(number, "number"), target


def test_the_sweep_notices_a_case_that_is_shown(world: World):
    own = world.send(roles.CASEWORKER, "GET", f"/desk/cases/{world.number}")
    unknown = new_case_number()
    nobodys = world.send(roles.CASEWORKER, "GET", f"/desk/cases/{unknown}")
    assert seen(own, world.number) != seen(nobodys, unknown)
    before = world.contents()
    fields = {"do": "note", "seen": "1", "note": "A note"}
    world.send(roles.CASEWORKER, "POST", f"/desk/cases/{world.number}", fields)
    assert world.contents() != before


QUEUES = ("", "&show=mine", "&show=answered", "&show=closed", "&need=food", "&after=0.0.0")


def test_anothers_queue_does_not_exist(world: World):
    for role, more in product(roles.SIGNED_IN - roles.AT_THE_OFFICE, QUEUES):
        answer = world.send(role, "GET", f"/desk/?office={FOOD.office}{more}")
        assert answer.status_code == (404 if role in roles.AT_A_DESK else 403), (role, more)
        own = world.send(role, "GET", f"/desk/?{more}").text
        assert f"/desk/cases/{world.number}" not in own


def test_the_queue_sweep_notices_a_case(world: World):
    shown = world.send(roles.CASEWORKER, "GET", f"/desk/?office={FOOD.office}").text
    assert f"/desk/cases/{world.number}" in shown


@pytest.mark.parametrize("role", [roles.CASEWORKER, roles.STRANGER])
def test_a_form_made_for_anothers_browser_is_not_taken(world: World, role: str):
    others = next(one for one in roles.AT_THE_OFFICE if one != role)
    before, path = world.contents(), f"/desk/cases/{world.number}"
    fields = {"do": "note", "seen": "1", "note": "x", "token": world.form_token(others, path)}
    answer = world.browsers[role].post(path, data=fields)
    assert answer.status_code in (404, 422)
    assert world.contents() == before


def test_an_office_that_is_not_public_is_no_page(world: World):
    with world.desk.database.unit_of_work() as session:
        session.get_one(Office, world.desk.other_id).status = OfficeStatus.CLOSED
    unknown = world.send(roles.NOBODY, "GET", "/en/offices/nav-nowhere")
    for slug in ("nav-granvik", "contact-centre"):
        answer = world.send(roles.NOBODY, "GET", f"/en/offices/{slug}")
        assert seen(answer, slug) == seen(unknown, "nav-nowhere")
