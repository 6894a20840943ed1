"""Facts the roster may state instead of doing what was asked; then nothing was written."""


class RosterChanged(Exception):
    """Somebody else changed the office's roster since it was read."""


class AlreadyDone(Exception):
    """This very form was handed in before."""


class NotOnRoster(Exception):
    """No such line, shift or cover at this office: unknown and another office's alike."""


class CoverAnswered(Exception):
    """The question of cover is no longer open: it was answered, or taken back."""
