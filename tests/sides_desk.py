"""A desk with two sides, a manager, and a neighbour office, for tests of hand-overs and plans."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from nav_access.core.db import Database
from nav_access.core.security.keyring import Keyring
from nav_access.intake.codes import Need
from nav_access.intake.events import CaseState, state_of
from nav_access.intake.handling import open_case
from nav_access.intake.models import Case, CaseEvent
from nav_access.intake.rules import Happening
from nav_access.intake.sides import service
from nav_access.intake.sides.codes import OfferReason, OfferState
from nav_access.intake.sides.models import Offer
from nav_access.intake.sides.queries import CaseSides, get_sides
from nav_access.intake.staff_queries import StaffCase
from nav_access.staff.codes import Side
from nav_access.staff.rules import Who
from tests.desk_factory import Desk, add_staff


class SidesDesk(Desk):
    """Mona works on the municipal side, Stein on the state's, Lise manages and works on both."""

    def __init__(
        self, database: Database, keyring: Keyring, now: datetime, *, suffix: str = ""
    ) -> None:
        super().__init__(database, keyring, now, suffix=suffix)
        self.other_slug = f"nav-granvik{suffix}"
        with database.unit_of_work() as session:
            mona, stein, lise = (
                add_staff(session, f"{name}{suffix}", self.office_id, now=now)
                for name in ("Mona", "Stein", "Lise")
            )
        self.mona = replace(mona, sides={self.office_id: Side.MUNICIPAL})
        self.stein = replace(stein, sides={self.office_id: Side.STATE})
        self.lise = replace(lise, managed_office_ids=frozenset({self.office_id}))

    def begin(self, *needs: Need) -> str:
        """Store a request with these needs; food and other money when none are named."""
        wanted = frozenset(needs or (Need.FOOD, Need.MONEY))
        self.number = self.receive(needs=wanted).number
        return self.number

    def seen(self) -> int:
        """Return the case's present version."""
        with self.database.read_session() as session:
            return session.scalars(select(Case.version).where(Case.number == self.number)).one()

    def act(self, verb: object, who: Who, *arguments: object, **options: object) -> object:
        """Do something to the case as somebody who sees it as it is."""
        turn = self.turn(self.number, self.seen(), who)
        with self.database.unit_of_work() as session:
            given = {"keyring": self.keyring, "now": self.now}
            return verb(session, turn, *arguments, **options, **given)

    def offer(self, *needs: Need, to: Side = Side.STATE, who: Who | None = None) -> int:
        """Offer needs to a side; return the newest offer."""
        wanted = needs or (Need.FOOD,)
        self.act(service.offer_needs, who or self.mona, wanted, to, OfferReason.TOGETHER, "Ord.")
        return self.offers()[-1].id

    def offer_whole(self) -> int:
        """Offer the case to the other office."""
        reason = OfferReason.LIVES_ELSEWHERE
        self.act(service.offer_case, self.mona, self.other_slug, reason, "Har flyttet.")
        return self.offers()[-1].id

    def offers(self, state: OfferState | None = None) -> list[Offer]:
        """Return the stored offers of the case."""
        of_case = select(Offer).join(Case).where(Case.number == self.number).order_by(Offer.id)
        with self.database.read_session() as session:
            found = session.scalars(of_case).all()
        return [one for one in found if state in (None, one.state)]

    def open(self, who: Who) -> StaffCase:
        """Open the case as somebody."""
        with self.database.unit_of_work() as session:
            return open_case(session, who, self.number, keyring=self.keyring, now=self.now)

    def sides(self, who: Who) -> CaseSides:
        """Read the case's sides as somebody."""
        opened = self.open(who)
        with self.database.read_session() as session:
            return get_sides(session, who, opened, keyring=self.keyring)

    def side_of(self, need: Need) -> Side:
        """Return who has a need."""
        return next(one.state.side for one in self.sides(self.lise).needs if one.need == need)

    def state(self) -> CaseState:
        """Return the state stored beside the case's events."""
        with self.database.read_session() as session:
            return state_of(session.scalars(select(Case).where(Case.number == self.number)).one())

    def happenings(self) -> list[Happening]:
        """Return everything that happened to the case."""
        of_case = select(CaseEvent).join(Case).where(Case.number == self.number)
        with self.database.read_session() as session:
            return [
                Happening(one.kind, one.at_utc, one.detail, one.staff_id)
                for one in session.scalars(of_case.order_by(CaseEvent.seq))
            ]

    def kinds(self) -> list[str]:
        """Return the kinds of what happened, in order."""
        return [str(one.kind) for one in self.happenings()]
