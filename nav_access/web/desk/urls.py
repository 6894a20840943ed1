"""The desk's addresses, and the lock before them."""

from urllib.parse import urlencode

from flask import Blueprint, Response, request

from nav_access.web.desk import (
    booking,
    call,
    capacity,
    case,
    diary,
    letters,
    outbox,
    queue,
    sign_in,
    tasks,
)
from nav_access.web.desk.lock import lock
from nav_access.web.desk.pages import see_other
from nav_access.web.desk.session import (
    DeskCookie,
    find_chosen_locale,
    read_cookie,
    set_cookie,
)
from nav_access.web.shared.templating import use_locale

blueprint = Blueprint("desk", __name__, url_prefix="/desk")

GET, POST, FORM = ["GET"], ["POST"], ["GET", "POST"]


@blueprint.before_request
def choose_language() -> Response | None:
    """Speak the reader's language; a link to another one is remembered in the cookie."""
    cookie, chosen = read_cookie(), find_chosen_locale()
    use_locale(chosen or cookie.locale)
    if chosen is None or request.method != "GET":
        return None
    kept = [pair for pair in request.args.items(multi=True) if pair[0] != "lang"]
    response = see_other(request.path + (f"?{urlencode(kept)}" if kept else ""))
    # A link on another site arrives without the cookie: it must not overwrite the session in it.
    if request.headers.get("Sec-Fetch-Site", "none") in ("same-origin", "none"):
        set_cookie(response, DeskCookie(chosen, cookie.token))
    return response


blueprint.before_request(lock)

blueprint.add_url_rule("/", "queue", queue.queue, methods=GET)
blueprint.add_url_rule("/sign-in", "sign_in", sign_in.sign_in, methods=FORM)
blueprint.add_url_rule("/sign-out", "sign_out", sign_in.sign_out, methods=POST)
blueprint.add_url_rule("/cases/<number>", "case", case.case, methods=FORM)
blueprint.add_url_rule("/cases/<number>/call", "call", call.call, methods=FORM)
blueprint.add_url_rule("/cases/<number>/booking", "booking", booking.booking, methods=FORM)
blueprint.add_url_rule("/diary", "diary", diary.diary, methods=GET)
blueprint.add_url_rule("/letters", "letters", letters.letters, methods=GET)
blueprint.add_url_rule("/letters/<int:message_id>", "letter", letters.letter, methods=FORM)
blueprint.add_url_rule("/outbox", "outbox", outbox.outbox, methods=GET)
blueprint.add_url_rule("/tasks", "tasks", tasks.tasks, methods=GET)
blueprint.add_url_rule("/capacity", "capacity", capacity.capacity, methods=FORM)
