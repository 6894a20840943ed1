"""Facts about direct numbers that are stated instead of doing what was asked."""


class PolicyIncomplete(Exception):
    """Somebody would get no number, or two: no line for the others, or a day twice."""


class PolicyChanged(Exception):
    """Somebody else changed the policy since it was read."""


class LineNotForPeople(Exception):
    """Not a line of this office that people may ring."""


class NoSuchDay(Exception):
    """No line is chosen by day of birth at the case's office."""
