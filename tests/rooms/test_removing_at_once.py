"""An office removed while something is given to it: it stays, or what was given goes elsewhere."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Event

import pytest
from sqlalchemy import select

from nav_access.intake import person, removing, service
from nav_access.intake.errors import NotNow
from nav_access.intake.models import Case
from nav_access.intake.removing import OfficeHasOpenCases
from nav_access.intake.sides.codes import OfferReason
from nav_access.intake.sides.errors import NoSuchOffice
from nav_access.intake.sides.models import Offer
from nav_access.intake.sides.service import offer_case
from nav_access.offices.codes import DutyAudience, OfficeKind, OfficeStatus
from nav_access.offices.keeping.errors import NotToRemove
from nav_access.offices.models import DutyCover, DutyLine, Office
from nav_access.offices.roster import covers
from nav_access.offices.roster.codes import CoverState
from nav_access.offices.roster.errors import NotOnRoster
from nav_access.offices.roster.service import Editor
from tests.desk_factory import FOOD, Desk, add_office, submission

HOLD_S = 0.3
"""How long the first waits for the second to go wrong; a database's patience is longer."""


class Giving(Desk):
    """A desk whose second office may be removed, as no register has it any more."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        with self.database.unit_of_work() as session:
            self.centre_id = add_office(session, "nav-senter", OfficeKind.CONTACT_CENTRE)
            session.get_one(Office, self.other_id).missing_since = self.now.date()
        self.number = self.receive().number
        self.how = {"keyring": self.keyring, "now": self.now}

    def remove(self, session):
        removing.remove_office(session, self.other_id, actor="staff:1", now=self.now)

    def request(self, session):
        wanted = replace(FOOD, office="nav-granvik", place="Ukjent")
        service.receive(session, wanted, submission(self.keyring), **self.how)

    def offer(self, session):
        why = OfferReason.LIVES_ELSEWHERE
        offer_case(session, self.turn(self.number), "nav-granvik", why, None, **self.how)

    def choose(self, session):
        person.choose_office(session, self.number, "nav-granvik", **self.how)

    def is_removed(self):
        with self.database.read_session() as session:
            return session.get_one(Office, self.other_id).status is OfficeStatus.CLOSED

    def is_given_to(self):
        """Say whether a case, or an offer of one, is at the office that may be removed."""
        with self.database.read_session() as session:
            cases = session.scalars(select(Case.id).where(Case.office_id == self.other_id))
            offers = session.scalars(select(Offer.id).where(Offer.to_office_id == self.other_id))
            return bool([*cases, *offers])


@pytest.fixture
def giving(database, keyring, now):
    return Giving(database, keyring, now)


def overlap(database, first, second):
    """Run `first`, and `second` between its work and its commit; return what each came to."""
    is_done, may_begin = Event(), Event()

    def run_first():
        with database.unit_of_work() as session:
            first(session)
            may_begin.set()
            is_done.wait(HOLD_S)

    def run_second():
        may_begin.wait()
        try:
            with database.unit_of_work() as session:
                second(session)
        finally:
            is_done.set()

    with ThreadPoolExecutor(2) as pool:
        runs = pool.submit(run_first), pool.submit(run_second)
        return [run.exception() for run in runs]


GIFTS = ["request", "offer", "choose"]


@pytest.mark.parametrize("gift", GIFTS)
def test_what_was_given_first_keeps_the_office(giving, gift):
    first, second = overlap(giving.database, getattr(giving, gift), giving.remove)
    assert first is None
    assert isinstance(second, OfficeHasOpenCases)
    assert (giving.is_removed(), giving.is_given_to()) == (False, True)


@pytest.mark.parametrize("gift", GIFTS)
def test_what_comes_too_late_goes_elsewhere(giving, gift):
    with giving.database.read_session() as session:
        removing.check_removable(session, giving.other_id)
    giving.receive(office="nav-granvik", place="Ukjent")
    empty(giving)
    first, second = overlap(giving.database, giving.remove, getattr(giving, gift))
    assert first is None
    assert second is None or isinstance(second, NoSuchOffice | NotNow)
    assert (giving.is_removed(), giving.is_given_to()) == (True, False)


def empty(giving):
    """Let what is at the office go, so that its card alone is still remembered."""
    with giving.database.unit_of_work() as session:
        for case in session.scalars(select(Case).where(Case.office_id == giving.other_id)):
            case.office_id = giving.office_id


def test_a_request_that_comes_too_late_is_the_centres(giving):
    overlap(giving.database, giving.remove, giving.request)
    with giving.database.read_session() as session:
        newest = session.scalars(select(Case).order_by(Case.id.desc())).first()
    assert newest.office_id == giving.centre_id


def test_removing_twice_at_once_is_done_once(giving):
    first, second = overlap(giving.database, giving.remove, giving.remove)
    assert first is None
    assert isinstance(second, NotToRemove)


@pytest.fixture
def cover_id(giving):
    """A question of the first office, whether the other one answers its line."""
    with giving.database.unit_of_work() as session:
        lines = [
            DutyLine(office_id=one, position=0, phone="+4722000001", audience=DutyAudience.PUBLIC)
            for one in (giving.office_id, giving.other_id)
        ]
        session.add_all(lines)
        days = {"first_date": date(2026, 12, 24), "last_date": date(2026, 12, 31)}
        asked = {"office_id": giving.other_id, "state": CoverState.ASKED}
        lines[0].covers.append(cover := DutyCover(**asked, **days))
        session.flush()
        giving.by_line_id = lines[1].id
        return cover.id


def test_a_removed_office_answers_for_nobody(giving, cover_id):
    editor = Editor(giving.other_id, "staff:1", 0, b"")

    def accept(session):
        covers.accept_cover(session, editor, cover_id, giving.by_line_id, now=giving.now)

    first, second = overlap(giving.database, giving.remove, accept)
    assert first is None
    assert isinstance(second, NotOnRoster)
    with giving.database.read_session() as session:
        assert session.get_one(DutyCover, cover_id).state is CoverState.DECLINED
