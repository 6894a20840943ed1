"""Book an appointment: at the office or by phone."""

from flask import Response

from nav_access.web.citizen.booking import answer
from nav_access.web.citizen.booking_forms import AppointmentForm
from nav_access.web.citizen.booking_page import Door

APPOINTMENT = Door("appointment", AppointmentForm)


def appointment() -> Response:
    """Show the times somebody can be met, or take one."""
    return answer(APPOINTMENT)
