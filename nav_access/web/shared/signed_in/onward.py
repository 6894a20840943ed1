"""Sending a browser to the provider of identities and back, by pages of our own.

A form may only be answered by this site (the pages' policy says so), and a cookie kept to our own
pages does not come along when another site sends a browser here. So each step ends on a page of
ours that goes on by itself, with a link for browsers that wait to be told.
"""

from flask import Response

from nav_access.staff.provider.rules import Provider
from nav_access.web.shared.installation import installation
from nav_access.web.shared.signed_in.door import current_door
from nav_access.web.shared.signed_in.pages import show_at_door

MOST_CARRIED = 2000
"""Signs of a sealed draft: with the rest it fits in a cookie."""


def find_provider() -> Provider | None:
    """Return who vouches for people at this door, or None."""
    settings, door = installation().settings.oidc, current_door()
    is_here = settings is not None and door.name in settings.doors
    return installation().provider if is_here and door.is_organisations else None


def find_sign_out() -> str | None:
    """Return where one signs out at the provider, coming back here; None when nowhere."""
    provider, door = find_provider(), current_door()
    return provider.find_sign_out(public(f"{door.sign_in}?done=yes")) if provider else None


def public(path: str) -> str:
    """Return one of our addresses as the provider knows it."""
    settings = installation().settings.oidc
    if settings is None:
        raise LookupError("there is no provider")
    return settings.public_url.rstrip("/") + path


def show_onward(heading: str, address: str) -> Response:
    """Show a page that goes on to an address by itself."""
    response = show_at_door(
        "signed_in/onward.html", heading=heading, address=address, signed_in=None
    )
    response.headers["Refresh"] = f"0;url={address}"
    return response
