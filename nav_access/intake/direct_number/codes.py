"""The codes a direct number's policy is described in."""

from enum import StrEnum


class Split(StrEnum):
    """How an office divides its cases among its team lines."""

    NOBODY = "nobody"
    """Nobody gets a direct number."""
    EVERYBODY = "everybody"
    NEED = "need"
    BIRTH_DAY = "birth_day"
