"""Who is at a door: the cookie, the reader's language, and the token scope of their forms."""

from dataclasses import dataclass
from hashlib import sha256

from flask import Response, g, request

from nav_access.core.i18n.locales import DEFAULT, LOCALES, Locale, by_tag, negotiate
from nav_access.staff import sessions
from nav_access.staff.rules import Who
from nav_access.web.shared.addresses import is_within
from nav_access.web.shared.installation import installation, now
from nav_access.web.shared.signed_in.door import current_door

STAFF_LOCALES = tuple(locale for locale in LOCALES if locale.has_staff)


@dataclass(frozen=True, slots=True)
class DoorCookie:
    """What the cookie holds: the reader's language, and the session's token when signed in."""

    locale: Locale
    token: str

    def __str__(self) -> str:
        return f"{self.locale.tag}.{self.token}"


def read_cookie() -> DoorCookie:
    """Return what the browser's cookie says; without one, the language the browser asks for."""
    if "door_cookie" not in g:
        tag, _, token = request.cookies.get(current_door().name, "").partition(".")
        g.door_cookie = DoorCookie(_staff_locale(tag) or _negotiated(), token)
    found: DoorCookie = g.door_cookie
    return found


def find_who() -> Who | None:
    """Return who is signed in, or None; notes once a minute that they are at work."""
    token = read_cookie().token
    return sessions.recognise(installation().database, token, now()) if token else None


def who() -> Who:
    """Return who is signed in; the lock has made sure that somebody is."""
    signed_in: Who = g.who
    return signed_in


def admitted() -> object:
    """Return what the door's `admit` found out about who is signed in; the lock asked it."""
    found: object = g.admitted
    return found


def form_scope() -> str:
    """Return the scope of this browser's form tokens: another session's are not accepted."""
    digest = sha256(read_cookie().token.encode()).hexdigest()[:32]
    return f"{current_door().name}:{digest}"


def remember_cookie(cookie: DoorCookie) -> None:
    """Go on in this request as the browser will once it has this cookie: its forms are for it."""
    g.door_cookie = cookie


def set_cookie(response: Response, cookie: DoorCookie) -> None:
    """Give the browser its cookie: until it is closed, for this door alone, from our pages."""
    door = current_door()
    response.set_cookie(
        door.name,
        str(cookie),
        path=door.prefix,
        secure=is_secure(),
        httponly=True,
        samesite="Strict",
    )


def find_chosen_locale() -> Locale | None:
    """Return the staff language a link (`?lang=nn`) asks for, or None."""
    return _staff_locale(request.args.get("lang", ""))


def _staff_locale(tag: str) -> Locale | None:
    locale = by_tag(tag)
    return locale if locale in STAFF_LOCALES else None


def _negotiated() -> Locale:
    locale = negotiate(request.headers.get("Accept-Language", ""))
    return locale if locale in STAFF_LOCALES else DEFAULT


def is_secure() -> bool:
    """Say whether the browser's own connection is encrypted, as far as we are told truly."""
    proxies = installation().settings.trusted_proxies
    is_vouched = is_within(request.remote_addr or "", proxies)
    return request.is_secure or (
        is_vouched and request.headers.get("X-Forwarded-Proto", "") == "https"
    )
