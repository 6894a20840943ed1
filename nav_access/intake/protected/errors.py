"""Facts about protected persons that stop an action."""


class NotTheirRole(Exception):
    """Only those at the case's office who see protected persons may do this."""


class NothingProtected(Exception):
    """No protected case of the reader's offices has this number: ordinary and unknown alike."""


class TooManyNumbers(Exception):
    """This person has tried many numbers that were no protected case."""


class AlreadyAcknowledged(Exception):
    """Somebody has put their name to it before, or it is not for this reader to do."""
