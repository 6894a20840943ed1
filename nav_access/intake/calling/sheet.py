"""What whoever rings must have before them: who, how to greet, when, and what was tried."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.appointments.codes import Purpose
from nav_access.appointments.queries import BookedTime, find_open_booking
from nav_access.callbacks.policies import get_policy
from nav_access.callbacks.queries import Plan, find_plan
from nav_access.callbacks.rules import Attempt, Policy, count_tries, fits
from nav_access.core import audit
from nav_access.core.security.keyring import Keyring
from nav_access.intake.acting.lines import HelperLine, find_line
from nav_access.intake.calling.history import read_events
from nav_access.intake.models import Case, Reaching
from nav_access.intake.safe_contact import Greeting, Wishes, greeting
from nav_access.intake.sealing import open_reaching, open_seal
from nav_access.intake.staff_queries import StaffCase, get_case_for
from nav_access.intake.wishes import read_wishes
from nav_access.offices.cards import get_card
from nav_access.offices.spans import Span
from nav_access.staff.rules import Who


@dataclass(frozen=True, slots=True)
class CallSheet:
    """One person to ring.

    `greeting` says what may be said to whoever answers; DO_NOT_RING stands alone. `attempts`
    are those in vain since the person was last heard from, of which `tries` count.
    `is_wished_now` is whether this instant is staffed and as the person wishes, or the time
    they booked. `code_word` is said first. `meeting` is one they have agreed to besides.
    """

    case: StaffCase
    wishes: Wishes
    greeting: tuple[Greeting, ...]
    plan: Plan | None
    policy: Policy
    attempts: tuple[Attempt, ...]
    tries: int
    is_wrong_number: bool
    is_wished_now: bool
    code_word: str | None
    helper: HelperLine | None
    booking: BookedTime | None
    meeting: BookedTime | None


def get_call(
    session: Session, who: Who, number: str, *, keyring: Keyring, now: datetime
) -> CallSheet:
    """Return what is needed to ring a case's person, and log that it was read.

    Raises CaseNotFound as `get_case_for` does. The audit entry makes it a unit of work.
    """
    case = get_case_for(session, who, number, is_to_act=True, keyring=keyring)
    audit.record(
        session,
        now=now,
        actor=f"staff:{who.staff_id}",
        action="case.read",
        subject=f"case:{number}",
        detail=case.why_read | {"seq": case.version, "page": "call"},
    )
    row, reaching = session.execute(
        select(Case, Reaching).join(Reaching).where(Case.number == number)
    ).one()
    case_id, line = row.id, find_line(session, row.id, now)
    wishes = read_wishes(session, row, reaching, now)
    round_, plan = read_events(session, case_id), find_plan(session, case_id)
    return CallSheet(
        case=case,
        wishes=wishes,
        greeting=greeting(wishes),
        plan=plan,
        policy=get_policy(session, case.office_id),
        attempts=round_.attempts,
        tries=len(count_tries(round_.attempts)),
        is_wrong_number=round_.is_wrong_number,
        is_wished_now=_is_wished(session, case, wishes, plan, now),
        code_word=_code_word(row, reaching, wishes, keyring),
        helper=line,
        booking=find_open_booking(session, case_id, Purpose.CALLBACK, now=now),
        meeting=find_open_booking(session, case_id, Purpose.MEETING, now=now),
    )


def _code_word(case: Case, reaching: Reaching, wishes: Wishes, keyring: Keyring) -> str | None:
    """Return what whoever rings the person says first; only the page for ringing opens it."""
    if {Greeting.DO_NOT_RING, Greeting.RING_HELPER} & set(greeting(wishes)):
        return None
    seal = open_seal(keyring, case)
    return open_reaching(seal, case.number, "code_word", reaching.code_word_sealed)


def _is_wished(
    session: Session, case: StaffCase, wishes: Wishes, plan: Plan | None, now: datetime
) -> bool:
    if plan is not None and plan.is_booked and Span(plan.from_utc, plan.until_utc).has(now):
        return True
    hours = get_card(session, case.office_id).hours
    return fits(Span(now, now + timedelta(minutes=1)), wishes.best_time, hours)
