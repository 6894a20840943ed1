"""Every address, each method, every kind of person: what happens is what the table says."""

import re
from dataclasses import dataclass
from hashlib import sha256

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from nav_access.core.orm import Base
from nav_access.core.references import new_case_number
from nav_access.intake import handling
from nav_access.intake.models import Case
from nav_access.offices.codes import OfficeKind, OfficeStatus
from nav_access.offices.models import Office
from nav_access.staff import service, sessions
from nav_access.staff.codes import StaffRole
from nav_access.web.shared.installation import Installation
from tests import roles
from tests.desk_factory import FOOD, Desk, add_office, add_staff
from tests.roles import ROLES, ROUTES, Route

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
    tokens: dict[str, str]

    def __post_init__(self) -> None:
        self.site: Installation = self.app.extensions["nav_access"]
        self.number = self.desk.receive().number

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
        if path.startswith("/desk/"):
            scope = "desk:" + sha256(self.tokens[role].encode()).hexdigest()[:32]
        return self.site.form_tokens.issue(self.site.clock(), scope)

    def ask(self, role: str, method: str, route: Route) -> TestResponse:
        """Ask for a row of the table, at a case that is as it was received."""
        with self.desk.database.read_session() as session:
            version = session.scalars(select(Case.version).where(Case.number == self.number)).one()
        fields = {name: value.format(version=version) for name, value in route.fields.items()}
        return self.send(role, method, route.path.format(case=self.number), fields)

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
            roles.MANAGER: (desk.office_id, StaffRole.MANAGER),
            roles.STRANGER: (desk.other_id, StaffRole.CASEWORKER),
            roles.CENTRE: (centre, StaffRole.CASEWORKER),
            roles.ADMINISTRATOR: None,
            roles.DISABLED: (desk.office_id, StaffRole.CASEWORKER),
            roles.ENDED: (desk.office_id, StaffRole.MANAGER),
        }
        tokens = {role: employ(session, role, place, now) for role, place in places.items()}
        sessions.sign_out(session, tokens[roles.ENDED], now=now)
    tokens[roles.NOBODY] = ""
    return World(app, desk, {role: browse(app, tokens[role]) for role in ROLES}, tokens)


def employ(session, role: str, place: tuple[int, StaffRole] | None, now) -> str:
    """Add a member of staff at work in this place and return the token of their session."""
    who = add_staff(session, role.replace(" ", "-"), now=now)
    if place:
        service.join_office(session, who.staff_id, *place, actor="system", now=now)
    token = sessions.start(session, who.staff_id, now=now)
    if role == roles.DISABLED:
        service.disable(session, who.staff_id, actor="system", now=now)
    return token


def browse(app: Flask, token: str) -> FlaskClient:
    """Return a browser in English that holds this session's cookie."""
    browser = app.test_client()
    browser.set_cookie("desk", f"en.{token}", path="/desk")
    return browser


def outcome_of(answer: TestResponse) -> str:
    """Name what happened as the table does."""
    is_elsewhere = answer.request.path != "/desk/sign-in"
    if is_elsewhere and 'action="/desk/sign-in"' in answer.text:
        return roles.SIGN_IN
    if answer.status_code == 303:
        target = answer.headers["Location"]
        return roles.SIGN_IN if target.startswith("/desk/sign-in") else roles.DONE
    return str(answer.status_code)


def test_every_address_is_in_the_table(app: Flask):
    assert {rule.rule for rule in app.url_map.iter_rules()} == set(ROUTES)


@pytest.mark.parametrize("role", ROLES)
def test_the_table_holds(world: World, role: str):
    differing = {
        f"{method} {rule}: {found}, not {wanted}"
        for rule, route in ROUTES.items()
        for method in METHODS
        # Signing out is last: afterwards everybody is nobody.
        if rule != "/desk/sign-out" or method != "POST"
        for found in [outcome_of(world.ask(role, method, route))]
        for wanted in [route.outcome(method, role)]
        if found != wanted
    }
    assert not differing
    route = ROUTES["/desk/sign-out"]
    assert outcome_of(world.ask(role, "POST", route)) == route.outcome("POST", role)
    assert outcome_of(world.send(role, "GET", "/desk/")) == roles.SIGN_IN


@pytest.mark.parametrize("role", ROLES)
def test_reading_changes_nothing(world: World, role: str):
    before = world.contents()
    for route in ROUTES.values():
        for method in ("GET", "HEAD", "OPTIONS", "TRACE"):
            world.ask(role, method, route)
    assert world.contents() == before


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


@pytest.mark.parametrize("role", [role for role in ROLES if role not in roles.AT_THE_OFFICE])
def test_anothers_case_looks_as_one_that_does_not_exist_and_is_not_touched(world: World, role: str):
    world.desk.do(handling.claim, world.desk.turn(world.number))
    before, unknown = world.contents(), new_case_number()
    for fields in [None, *({"do": act, "seen": "2", **more} for act, more in ACTS.items())]:
        method = "POST" if fields else "GET"
        theirs = world.send(role, method, f"/desk/cases/{world.number}", fields)
        nobodys = world.send(role, method, f"/desk/cases/{unknown}", fields)
        assert seen(theirs, world.number) == seen(nobodys, unknown), fields
        # Whoever signs in goes on to the address they asked for: that is their own number.
        assert world.number not in theirs.text.replace(f'"/desk/cases/{world.number}"', "")
    assert world.contents() == before


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


@pytest.mark.parametrize("role", [roles.STRANGER, roles.CENTRE, roles.ADMINISTRATOR])
def test_anothers_queue_does_not_exist(world: World, role: str):
    for more in QUEUES:
        answer = world.send(role, "GET", f"/desk/?office={FOOD.office}{more}")
        assert answer.status_code == 404, more
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
