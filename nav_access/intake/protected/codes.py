"""The codes of protecting a person, and of looking all the same in an emergency."""

from enum import StrEnum


class ProtectionReason(StrEnum):
    """Why few may know of a case."""

    PROTECTED_ADDRESS = "protected_address"
    THREATENED = "threatened"
    OTHER = "other"


class EndReason(StrEnum):
    """Why everybody at the office may know of it again."""

    PROTECTION_ENDED = "protection_ended"
    MISTAKE = "mistake"


class GlassReason(StrEnum):
    """Why somebody without the role had to look."""

    DANGER = "danger"
    ACUTE_NEED = "acute_need"
    PERSON_IS_HERE = "person_is_here"
