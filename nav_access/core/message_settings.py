"""How messages leave this installation, from NAV_ variables; what is not set is not sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
SHORTEST_SECRET = 20
_SENDER = re.compile(r"\+?\d{3,15}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")
_ADDRESS = re.compile(r"[^\s@<>]+@[A-Za-z0-9.-]+")
_DEFAULT_PORTS = {"http": 80, "https": 443, "smtp": 25, "smtps": 465, "smtp+starttls": 587}


class MessageSettingsError(Exception):
    """A setting is wrong; the message names it in one sentence."""


@dataclass(frozen=True, slots=True)
class Server:
    """Another program messages are handed to. `target` is the path with its query."""

    scheme: str
    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    target: str = "/"


@dataclass(frozen=True, slots=True)
class MessageSettings:
    """The gateway for texts and the server for e-mail; None: written down instead of sent."""

    sms: Server | None = None
    sms_sender: str | None = None
    sms_secret: str | None = field(default=None, repr=False)
    smtp: Server | None = None
    mail_from: str | None = None
    public_url: str | None = None
    feedback_to: str | None = None
    """Who is told when somebody waits for an answer about the pages; None: all who run the site."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], *, is_sample: bool) -> "MessageSettings":
        """Read them; raise MessageSettingsError naming the first that is wrong."""
        found = cls(
            sms=_server(environ, "NAV_SMS_URL", ("http", "https")),
            sms_sender=_matching(environ, "NAV_SMS_SENDER", _SENDER, "a number or a short name"),
            sms_secret=_secret(environ),
            smtp=_server(environ, "NAV_SMTP_URL", ("smtp", "smtps", "smtp+starttls")),
            mail_from=_matching(environ, "NAV_MAIL_FROM", _ADDRESS, "an e-mail address"),
            public_url=_public_url(environ),
            feedback_to=_matching(environ, "NAV_FEEDBACK_MAIL", _ADDRESS, "an e-mail address"),
        )
        _check_together(found, is_sample=is_sample)
        return found


def _check_together(found: MessageSettings, *, is_sample: bool) -> None:
    for name, server in (("NAV_SMS_URL", found.sms), ("NAV_SMTP_URL", found.smtp)):
        if is_sample and server and server.host not in THIS_MACHINE:
            raise MessageSettingsError(f"{name} must be on this machine while NAV_SAMPLE is 1.")
    if found.sms and not found.sms_sender:
        raise MessageSettingsError("NAV_SMS_SENDER must be set when NAV_SMS_URL is.")
    if found.smtp and not found.mail_from:
        raise MessageSettingsError("NAV_MAIL_FROM must be set when NAV_SMTP_URL is.")
    if found.smtp and found.smtp.scheme == "smtp" and found.smtp.host not in THIS_MACHINE:
        raise MessageSettingsError("NAV_SMTP_URL must begin with smtps:// or smtp+starttls://.")
    if found.sms_sender and "nav" in found.sms_sender.casefold():
        # It is read on a locked phone, also by those who must not know who wrote.
        raise MessageSettingsError("NAV_SMS_SENDER must not name the service.")


def _server(environ: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> Server | None:
    value = environ.get(name)
    if not value:
        return None
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError as error:
        raise MessageSettingsError(f"{name} must be an address.") from error
    if parts.scheme not in schemes or not parts.hostname:
        raise MessageSettingsError(f"{name} must begin with {' or '.join(schemes)} and a host.")
    return Server(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port or _DEFAULT_PORTS[parts.scheme],
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        target=(parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
    )


def _matching(
    environ: Mapping[str, str], name: str, shape: re.Pattern[str], what: str
) -> str | None:
    value = environ.get(name)
    if value and not shape.fullmatch(value):
        raise MessageSettingsError(f"{name} must be {what}.")
    return value or None


def _secret(environ: Mapping[str, str]) -> str | None:
    value = environ.get("NAV_SMS_SECRET") or None
    if value is not None and len(value) < SHORTEST_SECRET:
        raise MessageSettingsError(
            f"NAV_SMS_SECRET must have at least {SHORTEST_SECRET} characters."
        )
    return value


def _public_url(environ: Mapping[str, str]) -> str | None:
    value = environ.get("NAV_PUBLIC_URL", "").rstrip("/")
    if not value:
        return None
    parts = urlsplit(value)
    is_safe = parts.scheme == "https" or parts.hostname in THIS_MACHINE
    if not is_safe or not parts.hostname or parts.query or parts.path:
        raise MessageSettingsError("NAV_PUBLIC_URL must be https:// and a host, without a path.")
    return value
