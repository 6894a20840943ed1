"""Which OpenID Connect provider people of agencies sign in with, from NAV_OIDC_ variables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from nav_access.core.message_settings import THIS_MACHINE

PREFIX = "NAV_OIDC_"
DOORS = frozenset({"partner", "desk", "contact_centre"})
"""Where it can be offered; those who run the site sign in with password and code alone."""
_ORGANISATION = re.compile(r"[0-9]{9}", re.ASCII)
_MOST_SECRET = 4096


class OidcSettingsError(Exception):
    """A setting is wrong; the message names it in one sentence."""


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """The provider, who we are to it, and what it has to say of a person.

    `acr` are the levels of assurance that are enough. `organisations` come in at an office's
    door; at the partners' door it is the agency's own organisation number that counts.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    acr: tuple[str, ...]
    organisation_claim: str
    scope: str
    doors: frozenset[str]
    organisations: frozenset[str]
    public_url: str

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str], public_url: str | None
    ) -> "OidcSettings | None":
        """Read them; None without an issuer; raise OidcSettingsError naming the first wrong one."""
        given = sorted(name for name, value in environ.items() if name.startswith(PREFIX) and value)
        if not given:
            return None
        issuer = _issuer(environ)
        if public_url is None:
            raise OidcSettingsError("NAV_PUBLIC_URL must be set when NAV_OIDC_ISSUER is.")
        found = cls(
            issuer=issuer,
            client_id=_needed(environ, "CLIENT_ID"),
            client_secret=_secret(environ),
            acr=tuple(_needed(environ, "ACR").replace(",", " ").split()),
            organisation_claim=environ.get(f"{PREFIX}ORGANISATION_CLAIM") or "organisation_number",
            scope=environ.get(f"{PREFIX}SCOPE") or "openid email",
            doors=_doors(environ),
            organisations=_organisations(environ),
            public_url=public_url,
        )
        if "openid" not in found.scope.split():
            raise OidcSettingsError("NAV_OIDC_SCOPE must hold the word openid.")
        if found.doors - {"partner"} and not found.organisations:
            raise OidcSettingsError(
                "NAV_OIDC_ORGANISATIONS must name who comes in at an office's door."
            )
        return found


def _issuer(environ: Mapping[str, str]) -> str:
    issuer = _needed(environ, "ISSUER")
    try:
        parts = urlsplit(issuer)
        host = parts.hostname
    except ValueError as error:
        raise OidcSettingsError("NAV_OIDC_ISSUER must be an address.") from error
    is_here = parts.scheme == "http" and host in THIS_MACHINE
    if not host or not (parts.scheme == "https" or is_here) or parts.query or parts.fragment:
        raise OidcSettingsError("NAV_OIDC_ISSUER must be an address that begins with https://.")
    return issuer


def _needed(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(PREFIX + name, "").strip()
    if not value:
        raise OidcSettingsError(f"{PREFIX}{name} must be set when another {PREFIX} setting is.")
    return value


def _secret(environ: Mapping[str, str]) -> str:
    path = environ.get(f"{PREFIX}CLIENT_SECRET_FILE", "").strip()
    if not path:
        return _needed(environ, "CLIENT_SECRET")
    if environ.get(f"{PREFIX}CLIENT_SECRET"):
        raise OidcSettingsError(
            "NAV_OIDC_CLIENT_SECRET must be left out when NAV_OIDC_CLIENT_SECRET_FILE is set."
        )
    try:
        secret = Path(path).read_text("utf-8")[:_MOST_SECRET].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise OidcSettingsError("NAV_OIDC_CLIENT_SECRET_FILE cannot be read.") from error
    if not secret:
        raise OidcSettingsError("NAV_OIDC_CLIENT_SECRET_FILE is empty.")
    return secret


def _doors(environ: Mapping[str, str]) -> frozenset[str]:
    named = environ.get(f"{PREFIX}DOORS", "partner").replace(",", " ").split()
    doors = frozenset(named)
    if not doors or doors - DOORS:
        raise OidcSettingsError(f"NAV_OIDC_DOORS must be some of: {', '.join(sorted(DOORS))}.")
    return doors


def _organisations(environ: Mapping[str, str]) -> frozenset[str]:
    named = environ.get(f"{PREFIX}ORGANISATIONS", "").replace(",", " ").split()
    if not all(_ORGANISATION.fullmatch(number) for number in named):
        raise OidcSettingsError("NAV_OIDC_ORGANISATIONS must be numbers of nine digits.")
    return frozenset(named)
