"""Facts about a provider that stop a sign-in."""

from enum import StrEnum


class Why(StrEnum):
    """What was wrong with an answer; the audit says it, the page only what to do."""

    STATE = "state"
    CANCELLED = "cancelled"
    CODE = "code"
    TOKEN = "token"  # noqa: S105 - a kind of fault
    ISSUER = "issuer"
    AUDIENCE = "audience"
    NONCE = "nonce"
    LEVEL = "level"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"
    DISABLED = "disabled"
    SOMEBODY_ELSES = "somebody_elses"
    ADMINISTRATOR = "administrator"


class ProviderDown(Exception):
    """The provider does not answer, or answers what it may not."""


class IdentityRefused(Exception):
    """The provider's answer is not one to sign somebody in on."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why
