"""What of a case's rows goes when it is erased; a column in neither table of here fails a test."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Update, select, update

from nav_access.appointments.models import Booking
from nav_access.callbacks.models import CallPlan, Escalation
from nav_access.core.orm import Base
from nav_access.intake.acting.models import Consent
from nav_access.intake.centre.models import CentreAnswer, CentreMessage, LookedUp, LookUp
from nav_access.intake.codes import Reach, TimeOfDay
from nav_access.intake.models import Case, CaseEvent, Reaching
from nav_access.intake.sides.models import PlanStep

NO_LANGUAGE = "und"
NO_ONE = ""
"""The verifier no code fits, which costs the same to try as that of an unknown case."""

_SAFEST = {"reach": Reach.VISIT, "best_time": TimeOfDay.ANY, "needs_interpreter": False}

WIPED: Mapping[type[Base], Mapping[str, Any]] = {
    Case: {
        "wrapped_key": None,
        "content": b"\0" * 32,
        "verifier": NO_ONE,
        "language": NO_LANGUAGE,
        "flags": (),
        "claimed_by": None,
    },
    Reaching: _SAFEST
    | {
        "may_leave_voicemail": False,
        "may_say_who": False,
        "spoken_language": None,
        "spoken_sealed": None,
        "wants_private_room": False,
        "phone_sealed": None,
        "phone_index": None,
        "email_sealed": None,
        "name_sealed": None,
        "place_sealed": None,
        "code_word_sealed": None,
    },
    CaseEvent: {"text_sealed": None},
    Consent: {"told_in": NO_LANGUAGE},
    PlanStep: {"words_sealed": None, "words_language": None},
    CentreMessage: _SAFEST
    | {"reach_sealed": None, "promised_sealed": None, "text_sealed": b"", "next_utc": None},
    CentreAnswer: {"text_sealed": b""},
    LookUp: {"words_sealed": None},
    Booking: {"person_index": None},
    CallPlan: {"fallback_staff_id": None},
    Escalation: {"next_utc": None},
}
"""What each column is set to. Everything else in these tables is codes, times and row numbers."""


def wipe(case_id: int, now: datetime) -> tuple[Update, ...]:
    """Return the statements that erase what a case's rows say of its person."""
    messages = select(CentreMessage.id).where(CentreMessage.case_id == case_id)
    looked_up = select(LookedUp.look_up_id).where(LookedUp.case_id == case_id)
    by_name: dict[type[Base], ColumnElement[bool]] = {
        Case: Case.id == case_id,
        CentreAnswer: CentreAnswer.message_id.in_(messages),
        LookUp: LookUp.id.in_(looked_up),
    }
    more: dict[type[Base], dict[str, Any]] = {
        # Whoever acts on what they saw before is told that it has changed.
        Case: {"erased_utc": now, "version": Case.version + 1}
    }
    return tuple(
        update(model)
        .where(by_name[model] if model in by_name else _of_case(model, case_id))
        .values({**values, **more.get(model, {})})
        .execution_options(synchronize_session=False)
        for model, values in WIPED.items()
    )


def _of_case(model: type[Base], case_id: int) -> ColumnElement[bool]:
    found: ColumnElement[bool] = model.__table__.c.case_id == case_id
    return found
