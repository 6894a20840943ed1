"""Facts about feedback."""


class FeedbackNotFound(LookupError):
    """There is no feedback of this number."""


class AlreadySettled(Exception):
    """Somebody was quicker."""


class NoWayToAnswer(Exception):
    """The person left no address of this kind."""


class TooMuchFeedback(Exception):
    """The address has sent its number within the hour."""
