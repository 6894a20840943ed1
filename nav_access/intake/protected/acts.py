"""What a reader may do with a case that is open to them and yet not theirs."""

from nav_access.intake import staff_rules
from nav_access.intake.codes import EventKind
from nav_access.intake.events import state_of
from nav_access.intake.models import Case
from nav_access.intake.protected.gate import may_keep
from nav_access.staff.rules import Who

_KEEPERS_ALONE = frozenset(
    {
        EventKind.CLAIMED,
        EventKind.CLOSED,
        EventKind.HANDOVER_OFFERED,
        EventKind.HANDOVER_TAKEN_BACK,
    }
)
"""Help is given and written down by whoever looks; where the case goes is for those who keep it."""

_BY_COVER = frozenset(
    {
        EventKind.CONTACT_LOGGED,
        EventKind.NOTE_WRITTEN,
        EventKind.BOOKED,
        EventKind.BOOKING_MOVED,
        EventKind.BOOKING_CANCELLED,
    }
)
"""Who answers another office's line speaks with the person and plans the next call; no more."""


def list_acts_for(case: Case, who: Who) -> frozenset[EventKind]:
    """Return what this reader may do with a case as it stands; a look is no way to keep it."""
    acts = staff_rules.list_acts(state_of(case), who.staff_id)
    if case.office_id in who.covers:
        return acts & _BY_COVER
    if not _may_give_code(case, who):
        acts -= {EventKind.CODE_GIVEN}
    return acts if may_keep(case, who) else acts - _KEEPERS_ALONE


def _may_give_code(case: Case, who: Who) -> bool:
    """Say whether a new case code is this reader's to give: at the case's office, none other.

    Of a protected person only by those with the role, not by whoever has taken the case.
    """
    offices = who.protected_office_ids if case.is_protected else who.office_ids
    return case.office_id in offices
