"""Delivery reports: the gateway tells what became of a text it took from us."""

from flask import Response, abort, request

from nav_access.messaging.codes import MessageState
from nav_access.messaging.reports import is_signed
from nav_access.messaging.service import apply_report
from nav_access.web.shared.installation import installation, now, unit_of_work

OUTCOMES = {
    "1": MessageState.DELIVERED,
    "2": MessageState.FAILED,
    "16": MessageState.FAILED,
}
"""Kannel's numbers; the ones between say only that it is on its way."""


def take_report() -> Response:
    """Move a message forward; a repeated, late or intermediate report changes nothing.

    It comes as a GET, because gateways know no other way. Whoever asks must know the signature
    that was made for this one message; the secret itself is in no address.
    """
    secret = installation().settings.messages.sms_secret
    once, signature = request.args.get("id", ""), request.args.get("key", "")
    if secret is None or not is_signed(secret, once, signature):
        abort(404)
    state = OUTCOMES.get(request.args.get("is", ""))
    if state is not None and request.method == "GET":
        with unit_of_work() as session:
            apply_report(session, once, state, now=now())
    response = Response("ok", mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
