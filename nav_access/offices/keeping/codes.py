"""The closed sets of codes of what an office keeps."""

from enum import StrEnum


class MeasureKind(StrEnum):
    """What an office does to make up for few opening hours."""

    ACUTE_TIMES = "acute_times"
    """Times kept free every day for those who have nothing for today."""
    DUTY_LINE = "duty_line"
    DIRECT_NUMBER = "direct_number"
    CALLS_BACK = "calls_back"
    OTHER_DOOR = "other_door"
    """People are met somewhere else: another office, a library, a service centre."""
    VISITS = "visits"
    INTERPRETER = "interpreter"
    OTHER = "other"
