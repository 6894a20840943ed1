"""The front page: whom to ring, the needs, the offices, and one's own case."""

from flask import Response

from nav_access.offices.cards import get_centre_card
from nav_access.web.shared.dates import say_moment
from nav_access.web.shared.installation import now, read_session
from nav_access.web.shared.lines import ANSWERS_AGAIN
from nav_access.web.shared.pages import BRIEFLY, show
from nav_access.web.shared.templating import current_locale


def root() -> Response:
    """Show the front page in the language the browser asks for, without a detour."""
    response = front()
    response.vary.add("Accept-Language")
    return response


def front() -> Response:
    """Show the front page."""
    instant = now()
    with read_session() as session:
        centre = get_centre_card(session)
    is_staffed = centre.is_answered(instant)
    again = say_moment(
        centre.public_hours.next_staffed(instant), current_locale(), instant, ANSWERS_AGAIN
    )
    return show(
        "citizen/front.html",
        keep=BRIEFLY,
        is_staffed=is_staffed,
        answers_again=again,
        numbers=() if is_staffed else centre.after_hours,
    )
