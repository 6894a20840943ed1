"""The codes of the guide: whose desk has a service, and its lines."""

from enum import StrEnum


class Owner(StrEnum):
    """Whose desk has a service."""

    MUNICIPAL = "municipal"
    STATE = "state"
    BOTH = "both"


LINES = ("what", "whom", "decides", "apply")
"""What stands of each service in every language; the fifth line is the law."""

FRAME = (*LINES, "law", *Owner, "caution", "checked")
"""The words around the lines, in each language."""

LANGUAGES = ("nb", "nn", "en")
"""In which the guide is written so far; others read it in the nearest of these."""
