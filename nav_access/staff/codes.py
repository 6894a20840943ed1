"""The closed sets of codes of this room."""

from enum import StrEnum


class StaffRole(StrEnum):
    """What a person does. The first two belong to an office, the others to the whole site."""

    CASEWORKER = "caseworker"
    MANAGER = "manager"
    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Side(StrEnum):
    """Which part of an office somebody works for, or a need belongs to."""

    MUNICIPAL = "municipal"
    STATE = "state"
    BOTH = "both"


class NoticeKind(StrEnum):
    """What the others at an office are told about somebody there."""

    KEEPER = "keeper"
    """They look after protected persons from now on."""
    KEEPER_RENEWED = "keeper_renewed"
    """They look after protected persons, and somebody made new credentials for them."""
    MANAGER = "manager"
    """Whoever runs the site made them a manager."""
    OPERATOR = "operator"
    """Whoever runs the site made them an operator at the contact centre."""
    OPERATOR_RENEWED = "operator_renewed"
    """They are an operator, and somebody made new credentials for them."""


OFFICE_ROLES = frozenset({StaffRole.CASEWORKER, StaffRole.MANAGER})
SITE_ROLES = frozenset(StaffRole) - OFFICE_ROLES
