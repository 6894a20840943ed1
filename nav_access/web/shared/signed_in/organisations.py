"""Whose organisation a provider of identities may name at an office's door."""

from nav_access.core.db import Session
from nav_access.web.shared.installation import installation


def is_an_offices(_session: Session, _staff_id: int, organisation: str) -> bool:
    """Say whether an organisation is one whose people work at offices here, by the settings."""
    settings = installation().settings.oidc
    return settings is not None and organisation in settings.organisations
