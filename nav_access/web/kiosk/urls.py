"""The terminals' addresses; what shows anything of a person is reached by POST alone."""

from typing import Any

from flask import Blueprint, abort, g

from nav_access.core.i18n.locales import by_path
from nav_access.web.kiosk import ask_help, case, register, room, start, terminal, ticket, trouble
from nav_access.web.shared.templating import use_locale

blueprint = Blueprint("kiosk", __name__, url_prefix="/kiosk")
blueprint.before_request(terminal.lock)
blueprint.after_app_request(trouble.stay_inside)

GET, POST = ["GET"], ["POST"]
HERE = "/<slug:slug>/<lang>/"


@blueprint.url_value_preprocessor
def take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Read office and language from the address; what makes an address a new one tells nothing."""
    found = values if values is not None else {}
    g.slug, path = found.pop("slug", ""), found.pop("lang", None)
    g.leaf = found.pop("leaf", "")
    if path is None:
        return
    locale = by_path(path)
    if locale is None:
        abort(404)
    g.lang = path
    use_locale(locale)


blueprint.add_url_rule("/register", "register", register.ask_for_code, methods=GET)
blueprint.add_url_rule("/register", "register_sent", register.register, methods=POST)
blueprint.add_url_rule("/<slug:slug>/", "start", start.start, methods=GET)
blueprint.add_url_rule(HERE, "home", start.first, methods=GET)
for _name, _shown in (
    ("help", ask_help.blank),
    ("case", case.ask),
    ("check-in", ticket.ask),
    ("office", room.office),
    ("screen", room.screen),
    ("still", start.still),
):
    blueprint.add_url_rule(f"{HERE}{_name}", _name, _shown, methods=GET)
blueprint.add_url_rule(f"{HERE}shown/<leaf>", "shown", start.shown, methods=GET)
blueprint.add_url_rule(f"{HERE}trouble/<int:status>", "trouble", trouble.trouble, methods=GET)
for _name, _sent in (
    ("help", ask_help.send),
    ("case", case.enter),
    ("check-in", ticket.check_in),
    ("ticket", ticket.take),
    ("still", start.go_on),
    ("finish", start.finish),
):
    _address = f"{HERE}{_name}/<leaf>"
    _end = "finish" if _name == "finish" else f"{_name}_sent"
    blueprint.add_url_rule(_address, _end, _sent, methods=POST)
    blueprint.add_url_rule(_address, f"{_name}_gone", start.gone, methods=GET)
