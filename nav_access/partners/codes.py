"""The closed sets of codes of this room."""

from enum import StrEnum


class AgencyRole(StrEnum):
    """What somebody is in their agency; a leader also sees who its members are."""

    MEMBER = "member"
    LEADER = "leader"
