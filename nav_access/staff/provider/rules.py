"""What is asked of a provider and what it answers, as values; and what its numbers mean."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

_ORGANISATION = re.compile(r"(?:0192:)?([0-9]{9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Begun:
    """What this browser was sent to the provider with; the answer has to fit it."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider vouches for. `email` is one it has verified."""

    issuer: str
    subject: str
    email: str | None
    organisation: str | None


class Provider(Protocol):
    """Somebody else who vouches for people."""

    def begin(self, return_to: str, language: str, *, is_anew: bool = False) -> tuple[Begun, str]:
        """Return what to remember, and the address to send the browser to; ProviderDown.

        `is_anew` asks the provider to sign the person in again, whoever is signed in there.
        """

    def finish(
        self, answer: Mapping[str, str], begun: Begun, return_to: str, *, now: datetime
    ) -> Identity:
        """Return whom the answer vouches for; raise IdentityRefused or ProviderDown."""

    def find_sign_out(self, return_to: str) -> str | None:
        """Return where somebody is signed out at the provider too; None when nowhere."""


def read_organisation(said: object) -> str | None:
    """Return the organisation number in a claim (`123456789`, `0192:123456789`), or None."""
    found = _ORGANISATION.fullmatch(str(said).replace(" ", "")) if said else None
    return found[1] if found else None
