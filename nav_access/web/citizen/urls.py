"""The citizens' addresses, each with the language first."""

from typing import Any

from flask import Blueprint, abort, g
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter

from nav_access.core.i18n.locales import by_path
from nav_access.web.citizen import case, front
from nav_access.web.citizen.about import about
from nav_access.web.citizen.accessibility import accessibility
from nav_access.web.citizen.appointment import appointment
from nav_access.web.citizen.callback import callback
from nav_access.web.citizen.duty import duty
from nav_access.web.citizen.feedback import feedback
from nav_access.web.citizen.help import ask_for_help
from nav_access.web.citizen.leave import away, leave, leaving
from nav_access.web.citizen.office import office
from nav_access.web.citizen.offices import offices
from nav_access.web.citizen.paper import paper
from nav_access.web.citizen.privacy import privacy
from nav_access.web.citizen.rights import rights
from nav_access.web.citizen.services import service, services
from nav_access.web.shared.templating import use_locale

blueprint = Blueprint("citizen", __name__)

GET, FORM = ["GET"], ["GET", "POST"]


class SlugConverter(BaseConverter):
    """An office's word in an address; anything else is no page, and never reaches a query."""

    regex = "[a-z0-9-]{1,120}"


@blueprint.record_once
def know_slugs(state: BlueprintSetupState) -> None:
    """Let the addresses below say <slug:…>."""
    state.app.url_map.converters["slug"] = SlugConverter


@blueprint.url_value_preprocessor
def take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Read the page language from the address; one we do not speak is no page of ours."""
    path = (values or {}).pop("lang", None)
    if path is None:
        return
    locale = by_path(path)
    if locale is None:
        abort(404)
    g.lang = path
    use_locale(locale)


@blueprint.url_defaults
def keep_language(_endpoint: str, values: dict[str, Any]) -> None:
    """Link within the language of the page."""
    if "lang" in g:
        values.setdefault("lang", g.lang)


blueprint.add_url_rule("/", "root", front.root, methods=GET)
blueprint.add_url_rule("/<lang>/", "front", front.front, methods=GET)
blueprint.add_url_rule("/<lang>/help", "help", ask_for_help, methods=FORM)
blueprint.add_url_rule("/<lang>/callback", "callback", callback, methods=FORM)
blueprint.add_url_rule("/<lang>/appointment", "appointment", appointment, methods=FORM)
blueprint.add_url_rule("/<lang>/case", "case", case.case, methods=FORM)
blueprint.add_url_rule("/<lang>/offices", "offices", offices, methods=GET)
blueprint.add_url_rule("/<lang>/offices/<slug:slug>", "office", office, methods=GET)
blueprint.add_url_rule("/<lang>/duty", "duty", duty, methods=GET)
blueprint.add_url_rule("/<lang>/rights", "rights", rights, methods=GET)
blueprint.add_url_rule("/<lang>/services", "services", services, methods=GET)
blueprint.add_url_rule("/<lang>/services/<slug:slug>", "service", service, methods=GET)
blueprint.add_url_rule("/<lang>/print", "print", paper, methods=GET)
blueprint.add_url_rule("/<lang>/privacy", "privacy", privacy, methods=GET)
blueprint.add_url_rule("/<lang>/accessibility", "accessibility", accessibility, methods=GET)
blueprint.add_url_rule("/<lang>/about", "about", about, methods=GET)
blueprint.add_url_rule("/<lang>/feedback", "feedback", feedback, methods=FORM)
blueprint.add_url_rule("/<lang>/leave", "leave", leave, methods=GET)
blueprint.add_url_rule("/<lang>/leave/away", "away", away, methods=GET)
blueprint.add_url_rule("/<lang>/leave/about", "leaving", leaving, methods=GET)
