"""Facts about acting for a person that stop an action."""

from nav_access.intake.acting.codes import Outside


class OutsideAgreement(Exception):
    """The agency may not send this request; nothing was stored. The public form takes it."""

    def __init__(self, what: Outside) -> None:
        super().__init__(what)
        self.what = what


class DraftNotFound(Exception):
    """No such draft of this person's: unknown, somebody else's and erased alike."""


class ActsForAgency(Exception):
    """The person acts for an agency whose cases come to this office."""


class MemberWorksThere(Exception):
    """A member works at an office that the agency's cases come to."""
