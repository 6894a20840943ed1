"""Facts the room of the two sides can state instead of doing what was asked."""


class OfferGone(Exception):
    """Somebody has answered this offer, or it ended; nothing was written."""


class AlreadyOffered(Exception):
    """This need, or the whole case, is offered already and waits for an answer."""


class NotTheirSide(Exception):
    """Another side of the desk has this, or nobody on the reader's side may answer it."""


class NoSuchOffice(Exception):
    """The office cannot be given the case: it is unknown, or has it already."""


class NobodyMaySee(Exception):
    """The person is protected, and nobody at the office sees protected persons."""


class WhoseIsNotSaid(Exception):
    """The case is protected for its phone alone: its sender would read where it goes."""


class DayPassed(Exception):
    """The day of a step that is still to be done has gone by."""


class AfterPromise(Exception):
    """The person has been promised to hear from us before the day of this step."""


class NotTheirWay(Exception):
    """The person has not said that we may ring them, or somebody else is rung in their place."""


class NothingChanged(Exception):
    """What was asked for is so already; nothing was written."""


class StepGone(Exception):
    """There is no such step in the plan any more."""


class TooManySteps(Exception):
    """The plan is as long as a person can follow; something has to go first."""


class MayNotKeep(Exception):
    """Nobody keeps a note for a side they do not work for."""
