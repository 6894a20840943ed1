"""Why a time cannot be had, in words, said where a time is chosen."""

from nav_access.appointments.errors import NotOffered, SlotTaken
from nav_access.core.i18n.wording import N_
from nav_access.web.citizen.time_fields import TimeFields

TAKEN = N_("Somebody took this time just now. Choose another one.")
NOT_OFFERED = N_("This time cannot be booked any more. Choose another one.")
NOT_LIKE_THIS = N_("This time is too short, or has no private room. Choose another one.")
BOOKED_BEFORE = N_(
    "You have booked from this page before. Is this another time? Press the button once more."
)
HAS_ONE = N_("You may have a time already. Open your case to move it, or ring us.")


def refuse(form: TimeFields, fact: SlotTaken | NotOffered) -> SlotTaken | None:
    """Say at the times why this one cannot be had; return what the list shall be near."""
    if isinstance(fact, SlotTaken):
        form.slot.ask(TAKEN)
        return fact
    form.slot.ask(NOT_LIKE_THIS if form.interpreter.data or form.is_private else NOT_OFFERED)
    return None
