"""Facts the room of the two sides can state instead of doing what was asked."""


class OfferGone(Exception):
    """Somebody has answered this offer, or it ended; nothing was written."""


class AlreadyOffered(Exception):
    """This need, or the whole case, is offered already and waits for an answer."""


class NotTheirSide(Exception):
    """Another side of the desk has this, or nobody on the reader's side may answer it."""


class NoSuchOffice(Exception):
    """The office cannot be given the case: it is unknown, or has it already."""


class NothingChanged(Exception):
    """What was asked for is so already; nothing was written."""


class StepGone(Exception):
    """There is no such step in the plan any more."""


class TooManySteps(Exception):
    """The plan is as long as a person can follow; something has to go first."""


class MayNotKeep(Exception):
    """Nobody keeps a note for a side they do not work for."""
