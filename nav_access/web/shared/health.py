"""For machines that look after the site: is it alive, is it ready, what does it count."""

from hmac import compare_digest

from flask import Blueprint, Response, abort, request

from nav_access.core.db import DatabaseUnavailable
from nav_access.core.schema_version import is_current
from nav_access.intake.queries import count_cases
from nav_access.messaging.queries import get_age
from nav_access.offices.cards import get_centre_card
from nav_access.offices.errors import OfficeNotFound
from nav_access.web.shared.addresses import client_address
from nav_access.web.shared.installation import installation, now, read_session
from nav_access.web.shared.metrics import write_metrics

blueprint = Blueprint("health", __name__)

LOOPBACK = ("127.0.0.1", "::1")


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the process answers."""
    return _plain("ok", 200)


@blueprint.get("/readyz")
def readyz() -> Response:
    """Say whether requests can be taken: a database, the newest schema, offices to send them to."""
    try:
        with read_session() as session:
            if not is_current(session):
                return _plain("the database needs `db upgrade`", 503)
            get_centre_card(session)
            age = int(get_age(session, now()).total_seconds())
    except DatabaseUnavailable:
        return _plain("the database is away", 503)
    except OfficeNotFound:
        return _plain("there are no offices: run `offices import`", 503)
    # An old outbox is told, not refused for: requests are taken while a gateway is away.
    return _plain(f"ready\nthe oldest unsent message has waited {age} s", 200)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Give counts in Prometheus text, to this machine or to the holder of the token."""
    token = installation().settings.metrics_token
    said = request.headers.get("Authorization", "")
    is_holder = token and compare_digest(said.encode(), f"Bearer {token}".encode())
    if not is_holder and client_address() not in LOOPBACK:
        abort(404)
    with read_session() as session:
        counts, age = count_cases(session, now()), get_age(session, now())
    return _plain(write_metrics(counts, age), 200)


def _plain(text: str, status: int) -> Response:
    response = Response(text, status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
