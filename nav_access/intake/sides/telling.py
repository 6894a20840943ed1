"""What an event of the two sides says beside its kind, read from its codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nav_access.intake.codes import EventKind
from nav_access.intake.sides.codes import (
    CommonStep,
    NeedStatus,
    OfferReason,
    ReturnReason,
    StepChange,
)
from nav_access.intake.sides.unseen import UNSEEN
from nav_access.staff.codes import Side

TOLD = frozenset(
    {
        EventKind.HANDOVER_OFFERED,
        EventKind.HANDOVER_ACCEPTED,
        EventKind.OFFICE_ACCEPTED,
        EventKind.HANDOVER_RETURNED,
        EventKind.HANDOVER_TAKEN_BACK,
        EventKind.HANDOVER_LATE,
        EventKind.HANDOVER_ENDED,
        EventKind.NEED_CHANGED,
        EventKind.PLAN_CHANGED,
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """What one event is about: needs (none: the whole case), to which side, why, which step.

    `is_unseen`: offers ended because nobody they were made to may see the case.
    """

    needs: tuple[str, ...] = ()
    to_side: Side | None = None
    reason: OfferReason | None = None
    returned: ReturnReason | None = None
    statuses: tuple[tuple[str, NeedStatus], ...] = ()
    step: CommonStep | None = None
    change: StepChange | None = None
    is_unseen: bool = False


def read_told(kind: EventKind, detail: Mapping[str, Any]) -> Told | None:
    """Return what an event of this room says; None for the others."""
    if kind not in TOLD:
        return None
    statuses = detail.get("statuses", {})
    return Told(
        needs=tuple(detail.get("needs", ())),
        to_side=Side(detail["to_side"]) if detail.get("to_side") else None,
        reason=OfferReason(detail["reason"]) if "reason" in detail else None,
        returned=ReturnReason(detail["returned"]) if "returned" in detail else None,
        statuses=tuple((need, NeedStatus(code)) for need, code in sorted(statuses.items())),
        step=CommonStep(detail["common"]) if detail.get("common") else None,
        change=StepChange(detail["change"]) if "change" in detail else None,
        is_unseen=UNSEEN in detail,
    )
