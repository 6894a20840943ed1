"""What somebody who is signed in reads when a page is not there, or not theirs any more."""

from flask import Response, g
from werkzeug.exceptions import NotFound

from nav_access.web.shared.errors import answer_http
from nav_access.web.shared.signed_in.drafts import list_typed
from nav_access.web.shared.signed_in.pages import show_at_door


def show_missing(error: NotFound) -> Response:
    """Lead back to the door's own first page; what was typed stands there to be copied.

    A case may have gone to another office while somebody wrote in it.
    """
    if "who" not in g or g.who is None:
        return answer_http(error)
    return show_at_door("signed_in/missing.html", status=404, typed=list_typed())
