"""Facts the intake room can state instead of doing what was asked."""

from nav_access.offices.queries import OfficeChoice


class CaseNotFound(Exception):
    """No such case for this reader: unknown, another office's, erased or withdrawn alike."""


class TooManyRequests(Exception):
    """This address has sent many requests within the hour, and this one is not acute."""


class CaseChanged(Exception):
    """Somebody acted on the case after this reader saw it; nothing was written."""


class NotNow(Exception):
    """The case is in a state in which this cannot be done."""


class FormUsed(Exception):
    """This form was handed in before, with other words; nothing was stored this time."""


class AlreadyDone(Exception):
    """This very form was handed in before; what it asked for is done."""


class DistrictNeeded(Exception):
    """The place has several offices and the person should choose; nothing was stored."""

    def __init__(self, offices: tuple[OfficeChoice, ...]) -> None:
        super().__init__()
        self.offices = offices


class DeadlinePassed(Exception):
    """The deadline asked for has gone by already, so nobody could keep it."""


class NotHandedInThen(Exception):
    """A form on paper was not handed in at that time: it is still to come, or too long ago."""


class TimeStands(Exception):
    """A time is booked that is still to come: whoever was promised it would wait in vain."""


class NotAnswered(Exception):
    """Nobody has spoken with the person since they last wrote, and this reason needs it."""
