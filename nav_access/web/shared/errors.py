"""What people read when something went wrong: a sentence, a way on, a number to ring."""

import logging
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from nav_access.core.db import DatabaseUnavailable
from nav_access.core.i18n.locales import by_path
from nav_access.core.i18n.wording import N_
from nav_access.offices.errors import OfficeNotFound
from nav_access.web.shared.pages import show
from nav_access.web.shared.templating import use_locale

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an error page says: what happened, and what the reader can do."""

    title: str
    advice: str


TROUBLES = {
    400: Trouble(
        N_("We could not read that"),
        N_("Go back and try once more. If it does not work, ring us."),
    ),
    403: Trouble(
        N_("We could not accept that"),
        N_("Open this site again and fill in the form here. Or ring us."),
    ),
    404: Trouble(
        N_("We cannot find that page"),
        N_("The address may have changed. Go to the front page, or ring us."),
    ),
    405: Trouble(
        N_("This page cannot be opened like that"),
        N_("Go to the front page and start from there. Or ring us."),
    ),
    408: Trouble(
        N_("That took too long"),
        N_("The line may be slow. Try once more, or ring us."),
    ),
    409: Trouble(
        N_("Somebody changed this at the same time"),
        N_("Look at what is there now, and try once more."),
    ),
    410: Trouble(
        N_("That page is gone"),
        N_("Go to the front page, or ring us."),
    ),
    413: Trouble(
        N_("That was too much to send"),
        N_("Write a shorter text and send it again. You can tell us more when we talk."),
    ),
    414: Trouble(
        N_("That address is too long"),
        N_("Go to the front page and start from there. Or ring us."),
    ),
    415: Trouble(
        N_("We could not read that"),
        N_("Fill in the form on this site, or ring us."),
    ),
    422: Trouble(
        N_("Something is missing"),
        N_("Go back and fill in the form once more. Or ring us."),
    ),
    429: Trouble(
        N_("Too many tries in a short time"),
        N_("Wait an hour and try again. If it is urgent, ring us now."),
    ),
    500: Trouble(
        N_("Something went wrong on our side"),
        N_("Ring us, and we will help you on the phone. Sending the same again is safe."),
    ),
    503: Trouble(
        N_("We cannot take requests here right now"),
        N_("Ring us now, or try again in a few minutes. Sending the same again is safe."),
    ),
}


OUR_PAGES = frozenset({404, 405, 410, 500})
"""What may be a fault of the page itself: the reader can tell us of it."""
MOST_TOLD = 200


def init_errors(app: Flask) -> None:
    """Give every status its page."""
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(DatabaseUnavailable, answer_unavailable)
    app.register_error_handler(OfficeNotFound, answer_without_offices)
    app.register_error_handler(Exception, answer_unexpected)


def answer_http(error: HTTPException) -> Response:
    """Answer a status that Flask or a page raised."""
    response = trouble_page(error.code or 500)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def answer_unavailable(error: DatabaseUnavailable) -> Response:
    """The database is away: say so, with the number, before the person gives up."""
    log.error("database unavailable: %s", error)
    return trouble_page(503)


def answer_without_offices(_error: OfficeNotFound) -> Response:
    """No office at all, not even the contact centre: nothing was imported yet."""
    log.error("there are no offices: run `offices import`")
    return trouble_page(503)


def answer_unexpected(error: Exception) -> Response:
    """A fault of ours: logged by its type and place only, for its text may be somebody's."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown"
    log.error("unexpected %s at %s", type(error).__name__, where)
    return trouble_page(500)


def trouble_page(status: int) -> Response:
    """Return the page for a status, in the language of the address when it has one."""
    _take_language_from_address()
    known = status if status in TROUBLES else (500 if status >= 500 else 400)
    page = quote(request.path) if status in OUR_PAGES and _is_public() else None
    return show("errors/trouble.html", status=status, trouble=TROUBLES[known], page=page)


def _is_public() -> bool:
    """Say whether the address is one of a page for everybody, in a language we speak."""
    return len(request.path) < MOST_TOLD and by_path(_first_word()) is not None


def _first_word() -> str:
    return request.path.lstrip("/").partition("/")[0]


def _take_language_from_address() -> None:
    if "locale" in g:
        return
    locale = by_path(_first_word())
    if locale is not None:
        use_locale(locale)
