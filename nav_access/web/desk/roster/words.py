"""The words staff read for the roster's codes."""

from nav_access.core.i18n.wording import N_
from nav_access.offices.roster.codes import CoverState, GapReason, ShiftKind

REASONS = {
    GapReason.PROMISE: N_("we tell people that somebody answers"),
    GapReason.OPEN_DOOR: N_("the door is open"),
    GapReason.CALLBACK: N_("calls can be booked"),
}

DATE_KINDS: dict[ShiftKind | None, str] = {
    ShiftKind.ABSENT: N_("Nobody answers then"),
    ShiftKind.EXTRA: N_("Somebody answers besides"),
}

COVER_STATES = {
    CoverState.ASKED: N_("Asked, not answered yet"),
    CoverState.ACCEPTED: N_("Yes: they answer"),
    CoverState.DECLINED: N_("No: they cannot"),
    CoverState.ENDED: N_("Ended"),
}
