"""Texts that people send us, delivered by the gateway: taken in once, answered by the outbox."""

import logging
from hmac import compare_digest

from flask import Response, request

from nav_access.intake.texting.deliveries import Incoming
from nav_access.intake.texting.hearing import hear
from nav_access.web.shared.installation import installation, keyring, now, unit_of_work
from nav_access.web.sms.deliveries import Delivery, read_fields, read_form, read_kannel

log = logging.getLogger(__name__)

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
SECRET_HEADER = "X-SMS-Secret"  # noqa: S105 - the name of a header
SECRET_FIELD = "secret"  # noqa: S105 - the name of a field


def inbound() -> Response:
    """Take in one text. The answer is empty: a gateway would text its words to the person."""
    fields = _fields()
    if not _is_gateway(fields):
        return _nothing(403)
    delivery = read_form(fields) if fields else _read_body()
    if delivery is None:
        return _nothing(400)
    if delivery.sender is not None and delivery.sender != delivery.receiver:
        _hear(delivery, delivery.sender)
    return _nothing(200)


def _hear(delivery: Delivery, sender: str) -> None:
    incoming = Incoming(sender, delivery.text, delivery.gateway_id, delivery.sent_utc)
    with unit_of_work() as session:
        heard = hear(session, incoming, keyring=keyring(), now=now())
    log.info("a text was %s", heard)


def _fields() -> dict[str, bytes]:
    if request.mimetype == MULTIPART:
        return {name: value.encode("utf-8", "replace") for name, value in request.form.items()}
    return read_fields(request.get_data()) if request.mimetype == FORM else {}


def _read_body() -> Delivery | None:
    if request.mimetype != "text/plain":
        return None
    charset = request.mimetype_params.get("charset", "")
    return read_kannel(dict(request.headers), request.args, request.get_data(), charset)


def _is_gateway(fields: dict[str, bytes]) -> bool:
    """Say whether the secret of NAV_SMS_SECRET came along; compared so that time tells nothing."""
    secret = installation().settings.messages.sms_secret
    if secret is None:
        return False
    return any(compare_digest(said, secret.encode()) for said in _said(fields))


def _said(fields: dict[str, bytes]) -> list[bytes]:
    """Return what came where the secret may stand; Kannel sends it as http://kannel:secret@…"""
    said = [*_authorization(), request.headers.get(SECRET_HEADER)]
    return [
        *(word.encode("utf-8", "replace") for word in said if word),
        *(fields[name] for name in (SECRET_FIELD,) if name in fields),
    ]


def _authorization() -> tuple[str | None, ...]:
    try:
        given = request.authorization
    except ValueError:
        # The library stumbles over a header that is no text.
        return ()
    return (given.password, given.token) if given else ()


def _nothing(status: int) -> Response:
    response = Response("", status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
