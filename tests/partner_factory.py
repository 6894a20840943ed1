"""Two agencies, their members and what they send, for tests of acting for a person."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from nav_access.core.db import Database
from nav_access.core.security.keyring import Keyring
from nav_access.intake.acting import service as acting
from nav_access.intake.acting.codes import ConsentWay, Lasting, Relation, Scope
from nav_access.intake.acting.service import NewConsent
from nav_access.intake.applications import Application, Receipt
from nav_access.intake.codes import Need
from nav_access.offices.models import Municipality, OfficeArea, Postcode
from nav_access.partners import service as partners
from nav_access.partners.codes import AgencyRole
from nav_access.partners.queries import find_membership
from nav_access.partners.rules import Membership, Terms
from nav_access.partners.service import NewAgency
from nav_access.staff.rules import Who
from tests.desk_factory import FOOD, Desk, add_staff, submission

HERE, THERE = "0301", "4601"
POSTCODES = {HERE: "0150", THERE: "5003"}
TERMS = Terms(frozenset({HERE}), frozenset({Need.FOOD, Need.HOUSING}), date(2026, 1, 1))
ALL = frozenset(Scope)
YES = NewConsent(Relation.CONTACT, ConsentWay.INTERPRETER_BY_PHONE, Lasting.DAYS_30, "uk", ALL)
REQUEST = replace(FOOD, place="0150", office="", language="uk")


class Agencies(Desk):
    """A desk, and two agencies of two members each who may send it requests about food."""

    def __init__(
        self, database: Database, keyring: Keyring, now: datetime, *, suffix: str = ""
    ) -> None:
        """Make them; `suffix` tells apart the names of several on one database."""
        super().__init__(database, keyring, now, suffix=suffix)
        given = {"actor": "cli", "now": now}
        with database.unit_of_work() as session:
            for number, code in POSTCODES.items():
                slug = self.slug if number == HERE else f"nav-granvik{suffix}"
                if session.get(Municipality, number) is None:
                    session.add(Municipality(number=number, name=slug, search_name=slug))
                    session.flush()
                    session.add(
                        Postcode(
                            code=code, place=slug, search_place=slug, municipality_number=number
                        )
                    )
                session.add(
                    OfficeArea(office_number=slug, municipality_number=number, source="test")
                )
            self.agency_id, self.rival_id = (
                partners.add_agency(
                    session,
                    NewAgency(
                        f"{name}{suffix}", phone="+4722000011", email=f"{name}@agency.example"
                    ),
                    **given,
                )
                for name in ("havn", "bro")
            )
            self.agreement_id = partners.add_agreement(session, self.agency_id, TERMS, **given)
            partners.add_agreement(session, self.rival_id, TERMS, **given)
            self.ida, self.jon, self.eva = (
                add_staff(session, f"{name}{suffix}", now=now) for name in ("Ida", "Jon", "Eva")
            )
            for who, agency_id in (
                (self.ida, self.agency_id),
                (self.jon, self.agency_id),
                (self.eva, self.rival_id),
            ):
                partners.add_member(session, agency_id, who.staff_id, AgencyRole.MEMBER, **given)

    def member(self, who: Who | None = None, at: datetime | None = None) -> Membership:
        """Return the membership somebody has; Ida's unless told whose."""
        found = self.find_member(who or self.ida, at or self.now)
        assert found is not None
        return found

    def find_member(self, who: Who, at: datetime) -> Membership | None:
        """Return the membership somebody has at an instant, if any."""
        with self.database.read_session() as session:
            return find_membership(session, who.staff_id, at)

    def send(self, consent: NewConsent = YES, who: Who | None = None, **changes: object) -> Receipt:
        """Send a request for a person; `changes` replace parts of it or of the consent."""
        member = self.member(who)
        ours = {name for name in changes if name in NewConsent.__slots__}
        yes = replace(consent, **{name: changes[name] for name in ours})
        asked: Application = replace(
            REQUEST, **{name: value for name, value in changes.items() if name not in ours}
        )
        form = submission(self.keyring)
        return self.act(acting.submit, member, asked, yes, form)

    def act(self, verb, *arguments: object, at: datetime | None = None):
        """Run one verb in a unit of work of its own."""
        with self.database.unit_of_work() as session:
            return verb(session, *arguments, keyring=self.keyring, now=at or self.now)

    def leave(self, session: Session, who: Who) -> None:
        """End somebody's work for the first agency."""
        partners.end_member(session, self.agency_id, who.staff_id, actor="cli", now=self.now)
