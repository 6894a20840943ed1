"""Let us ring you: any time today, or at a time one chooses."""

from flask import Response

from nav_access.web.citizen.booking import answer
from nav_access.web.citizen.booking_forms import CallbackForm
from nav_access.web.citizen.booking_page import Door

CALLBACK = Door("callback", CallbackForm)


def callback() -> Response:
    """Show the times somebody can ring, or take one."""
    return answer(CALLBACK)
