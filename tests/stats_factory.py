"""Cases and what happened to them, stored row by row: so many that something is told of them."""

from datetime import datetime, timedelta
from itertools import count
from secrets import token_bytes, token_hex

from nav_access.intake.acting.codes import ConsentWay, Relation
from nav_access.intake.acting.models import Consent
from nav_access.intake.centre.codes import TransferOutcome
from nav_access.intake.centre.models import CentreMessage, Transfer
from nav_access.intake.codes import (
    ActorKind,
    CaseStatus,
    Channel,
    EventKind,
    Need,
    Reach,
    TimeOfDay,
)
from nav_access.intake.direct_number.models import DirectNumber
from nav_access.intake.models import Case, CaseEvent
from nav_access.offices.codes import DutyAudience
from nav_access.offices.models import Municipality, OfficeArea
from nav_access.partners import service as partners
from nav_access.partners.service import NewAgency
from nav_access.stats.periods import read_period
from nav_access.stats.scope import EVERYBODY, find_scope
from tests.desk_factory import Desk

OCTOBER = read_period("2026-10")
WITHIN = OCTOBER.since + timedelta(days=9)
_numbers = count(20_000_000)


class Counted(Desk):
    """A desk's two offices, and verbs to let many things have happened in October."""

    def many(self, number: int, make, *arguments: object, **values: object) -> list[object]:
        """Store so many of something, each with a case of its own, in one unit of work."""
        with self.database.unit_of_work() as session:
            return [make(session, *arguments, **values) for _ in range(number)]

    def case(self, session, office_id: int | None = None, *, is_protected: bool = False) -> int:
        """Store a case at an office, the first unless told which; return its id."""
        case = Case(
            number=str(next(_numbers)),
            office_id=office_id or self.office_id,
            channel=Channel.WEB,
            language="nb",
            needs=(Need.FOOD,),
            acute=(),
            has_children=False,
            flags=(),
            is_protected=is_protected,
            status=CaseStatus.WAITING,
            urgency=3,
            received_utc=WITHIN,
            deadline_utc=WITHIN,
            version=1,
            submission=token_bytes(32),
            content=token_bytes(32),
            verifier="",
            wrapped_key=b"",
        )
        session.add(case)
        session.flush()
        return case.id

    def transfer(
        self,
        session,
        outcome: TransferOutcome,
        office_id: int | None = None,
        case_id: int | None = None,
        at: datetime = WITHIN,
    ) -> None:
        """Store an attempt to put a caller through."""
        session.add(
            Transfer(
                office_id=office_id or self.office_id,
                case_id=case_id,
                staff_id=self.anne.staff_id,
                at_utc=at,
                audience=DutyAudience.CONTACT_CENTRE,
                outcome=outcome,
                submission=token_bytes(32),
            )
        )

    def message(
        self, session, minutes: int | None = None, at: datetime = WITHIN, **more: object
    ) -> None:
        """Store a message about a case of its own, acknowledged after so many minutes or not."""
        step = more.pop("step", None)
        case_id = more.pop("case_id", None) or self.case(session, **more)
        session.add(
            CentreMessage(
                name=token_hex(16),
                case_id=case_id,
                staff_id=self.anne.staff_id,
                sent_utc=at,
                urgency=2,
                deadline_utc=at,
                due_utc=at,
                reach=Reach.CALL,
                best_time=TimeOfDay.ANY,
                needs_interpreter=False,
                text_sealed=b"",
                step=step,
                acknowledged_by=None if minutes is None else self.bo.staff_id,
                acknowledged_utc=None if minutes is None else at + timedelta(minutes=minutes),
            )
        )

    def begin(
        self, session, *, gets_number: bool = False, at: datetime = WITHIN, **more: object
    ) -> int:
        """Let somebody begin on a case of its own; return the case's id."""
        case_id = self.case(session, **more)
        office_id = session.get_one(Case, case_id).office_id
        self.event(session, case_id, 2, at)
        if gets_number:
            row = DirectNumber(case_id=case_id, office_id=office_id, given_utc=at)
            session.add(row)
        return case_id

    def event(self, session, case_id: int, seq: int, at: datetime) -> None:
        """Store that somebody took a case."""
        session.add(
            CaseEvent(
                case_id=case_id,
                seq=seq,
                at_utc=at,
                kind=EventKind.CLAIMED,
                actor=ActorKind.STAFF,
                staff_id=self.anne.staff_id,
                detail={},
            )
        )

    def agency(self, name: str) -> int:
        """Store an agency; return its id."""
        with self.database.unit_of_work() as session:
            return partners.add_agency(session, NewAgency(name), actor="cli", now=self.now)

    def municipality(self, number: str, name: str, *slugs: str) -> None:
        """Store a municipality that some offices serve."""
        with self.database.unit_of_work() as session:
            session.add(Municipality(number=number, name=name, search_name=name.casefold()))
            session.flush()
            for slug in slugs:
                area = OfficeArea(office_number=slug, municipality_number=number, source="test")
                session.add(area)

    def help(
        self,
        session,
        agency_id: int,
        minutes: int = 0,
        kinds: tuple[str, ...] = (),
        municipality: str = "0301",
        at: datetime = WITHIN,
        **more: object,
    ) -> None:
        """Store that an agency sent a request, and what its help came to."""
        session.add(
            Consent(
                case_id=self.case(session, **more),
                agency_id=agency_id,
                recorded_by=self.anne.staff_id,
                staff_id=self.anne.staff_id,
                relation=Relation.CONTACT,
                way=ConsentWay.SPOKEN,
                told_in="nb",
                may_follow=True,
                gets_messages=False,
                is_called=False,
                municipality=municipality,
                needs=("food",),
                given_utc=at,
                until_utc=at + timedelta(days=14),
                help_kinds=kinds,
                help_minutes=minutes,
            )
        )

    def read(self, query, code: str = "", reader=EVERYBODY, period=OCTOBER):
        """Ask a query of the room about a place."""
        with self.database.read_session() as session:
            scope = find_scope(session, reader, code, today=self.now.date())
            return query(session, scope, period)
