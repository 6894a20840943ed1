"""What can be in the way at a reception."""


class BadCode(Exception):
    """No terminal waits for this registration code: wrong, used, or older than an hour."""


class TooManyTries(Exception):
    """Too many wrong codes came from one address."""


class NotExpected(Exception):
    """No appointment here today fits what was typed; which part is wrong is not said."""


class NobodyWaits(Exception):
    """There is nobody to call."""


class TicketChanged(Exception):
    """Somebody else did something with the ticket meanwhile, or it is not this office's."""


class NameTaken(Exception):
    """The office has a terminal of this name already."""
