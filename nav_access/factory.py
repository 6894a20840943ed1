"""Puts the site together; the only module that knows every door."""

import os
from contextlib import suppress
from importlib import import_module

from flask import Flask, Response, g, request

from nav_access.cli import register_commands
from nav_access.core.clock import Clock, system_clock
from nav_access.core.db import Database
from nav_access.core.security.keyring import KeyFileError, Keyring
from nav_access.core.security.tokens import FormTokens, SealedTokens
from nav_access.core.settings import Settings, SettingsError
from nav_access.guide.reading import load_guide
from nav_access.staff.provider.rules import Provider
from nav_access.web.admin import urls as admin
from nav_access.web.citizen import urls as citizen
from nav_access.web.contact_centre import urls as contact_centre
from nav_access.web.desk import urls as desk
from nav_access.web.kiosk import urls as kiosk
from nav_access.web.messages.words import write
from nav_access.web.partner import urls as partner
from nav_access.web.reports import urls as reports
from nav_access.web.shared import guards, health
from nav_access.web.shared.addresses import ProxyWatch
from nav_access.web.shared.compression import IDENTITY, choose_encoding, compress
from nav_access.web.shared.errors import init_errors
from nav_access.web.shared.headers import security_headers
from nav_access.web.shared.installation import Installation, install
from nav_access.web.shared.letter_words import init_letter_words
from nav_access.web.shared.metrics import count_answer
from nav_access.web.shared.page_cache import HINT, PublicPages
from nav_access.web.shared.phones import say_phone, say_public_phone
from nav_access.web.shared.styles import STATIC
from nav_access.web.shared.templating import init_templating
from nav_access.web.sms import urls as sms

TEMPLATES = STATIC.parent / "templates"
WORTH_PACKING = 300
OPENID = "nav_access.staff.provider.openid"


def create_app(settings: Settings | None = None, *, clock: Clock = system_clock) -> Flask:
    """Return the site, ready to serve; stop with one sentence when it cannot be."""
    try:
        return _create_app(settings or Settings.from_environment(os.environ), clock)
    except (SettingsError, KeyFileError) as error:
        raise SystemExit(f"The site cannot start. {error}") from error


def _create_app(chosen: Settings, clock: Clock) -> Flask:
    app = Flask("nav_access", template_folder=str(TEMPLATES), static_folder=None)
    app.request_class = guards.GuardedRequest
    app.config["TRUSTED_HOSTS"] = list(chosen.trusted_hosts)
    app.config["MAX_CONTENT_LENGTH"] = guards.MAX_BODY
    app.config["PROPAGATE_EXCEPTIONS"] = False
    # Errors are our own sentences; the library would read its own catalogue for each form.
    app.config["WTF_I18N_ENABLED"] = False
    # A line that is missing stops the start, not somebody at a desk.
    load_guide()
    parts = _assemble(chosen, clock)
    install(app, parts)
    app.jinja_env.filters.update(phone=say_phone, public_phone=say_public_phone)
    init_templating(app)
    init_errors(app)
    init_letter_words(app, lambda to, kind, now: write(to, kind, chosen, now=now).text)
    app.before_request(ProxyWatch().look)
    app.before_request(guards.refuse_what_is_not_a_form)
    app.before_request(guards.refuse_other_sites)
    app.after_request(_finish)
    for door in (citizen, kiosk, desk, partner, contact_centre, reports, admin, sms, health):
        app.register_blueprint(door.blueprint)
    register_commands(app)
    app.wsgi_app = PublicPages(  # type: ignore[method-assign]  # Flask's own way to add a layer
        app.wsgi_app,
        clock=clock,
        hosts=chosen.trusted_hosts,
        issue_token=parts.form_tokens.issue,
    )
    return app


def _assemble(settings: Settings, clock: Clock) -> Installation:
    keyring = _keyring(settings)
    return Installation(
        settings=settings,
        database=Database(settings.database_url, info={"keyring": keyring}),
        keyring=keyring,
        clock=clock,
        form_tokens=FormTokens(keyring),
        sealed_tokens=SealedTokens(keyring),
        provider=_provider(settings),
    )


def _provider(settings: Settings) -> Provider | None:
    """Return the provider of identities; its library is loaded only where there is one.

    Named and not imported: it would cost every start a quarter of a second.
    """
    if settings.oidc is None:
        return None
    found: Provider = import_module(OPENID).OpenIdProvider(settings.oidc)
    return found


def _keyring(settings: Settings) -> Keyring:
    if settings.is_sample and not settings.keys_file.exists():
        settings.keys_file.parent.mkdir(parents=True, exist_ok=True)
        # Another worker may be quicker; then its file is the one.
        with suppress(KeyFileError):
            return Keyring.create(settings.keys_file)
    return Keyring.load(settings.keys_file)


def _finish(response: Response) -> Response:
    """Add what every answer carries, and pack what the page cache does not pack."""
    response.headers.extend(security_headers(g.get("stylesheet")))
    if HINT in request.environ:
        response.vary.add("Accept-Encoding")
    elif not (response.direct_passthrough or "Content-Encoding" in response.headers):
        _pack(response)
    count_answer(response.status_code)
    return response


def _pack(response: Response) -> None:
    """Pack an answer for one reader; nobody stores it, so it need not say what it varies by."""
    body = response.get_data()
    encoding = choose_encoding(request.environ.get("HTTP_ACCEPT_ENCODING", ""))
    if encoding != IDENTITY and len(body) >= WORTH_PACKING:
        response.set_data(compress(body, encoding, is_kept=False))
        response.headers.add("Content-Encoding", encoding)
