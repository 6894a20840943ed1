"""Public pages answered ahead of Flask, ready-made and compressed, a form's token filled in."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from nav_access.core.clock import Clock
from nav_access.core.i18n.locales import negotiate
from nav_access.web.shared.compression import (
    IDENTITY,
    GzipWithHole,
    choose_encoding,
    compress,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MAX_PAGES = 600
MAX_QUERY = 80
STALE_IF_ERROR = timedelta(days=1)
"""How long a page may outlive its time while the site is in trouble."""
STALE_BRIEFLY = timedelta(minutes=5)
"""The same for a page that says who answers now: later it would send people to a dead line."""
HINT = "nav_access.keep"

HOLE = "@@token@@"
"""Stands in a kept page where each answer gets its own form token."""

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Keep:
    """A door's word, left in the WSGI environment, that its answer may serve everybody.

    `until` is when the page's content may change; `hole` names the form-token scope of a
    page that has a hole, and such a page is private to each reader.
    """

    until: datetime
    hole: str | None = None
    stale: timedelta = STALE_BRIEFLY


@dataclass(slots=True)
class KeptPage:
    """A page as rendered once, with its encodings made when first asked for."""

    headers: Headers
    body: bytes
    keep: Keep
    etag: str = ""
    packed: dict[str, bytes] = field(default_factory=dict)
    around_hole: GzipWithHole | None = None

    def __post_init__(self) -> None:
        if self.keep.hole:
            before, _, after = self.body.partition(HOLE.encode())
            self.around_hole = GzipWithHole(before, after)
        elif "Accept-Language" not in dict(self.headers).get("Vary", ""):
            # A page in the reader's language is told apart by that alone; headers are bytes too.
            self.etag = f'W/"{hashlib.sha256(self.body).hexdigest()[:8]}"'

    def pack(self, encoding: str) -> bytes:
        """Return the body in an encoding."""
        if encoding not in self.packed:
            self.packed[encoding] = compress(self.body, encoding, is_kept=True)
        return self.packed[encoding]


class PublicPages:
    """WSGI middleware that keeps what doors allow and answers it without asking them again."""

    def __init__(
        self,
        app: "WSGIApplication",
        *,
        clock: Clock,
        hosts: Iterable[str],
        issue_token: Callable[[datetime, str], str],
    ) -> None:
        self._app = app
        self._clock = clock
        self._hosts = frozenset(hosts)
        self._issue_token = issue_token
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()
        self._lock = Lock()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._app(environ, start_response)
        key = self._key(environ)
        page = self._pages.get(key) if key else None
        instant = self._clock()
        if page is not None and instant < page.keep.until:
            return self._answer(page, environ, start_response, instant)
        return self._ask(key, page, environ, start_response, instant)

    def _key(self, environ: "WSGIEnvironment") -> str | None:
        """Return what a kept page is known by; None for what is never kept."""
        query = environ.get("QUERY_STRING", "")
        if len(query) > MAX_QUERY or not self._is_known(environ.get("HTTP_HOST")):
            return None
        path: str = environ.get("PATH_INFO", "")
        if path == "/":
            path = f"/#{negotiate(environ.get('HTTP_ACCEPT_LANGUAGE', '')).path}"
        return f"{path}?{query}"

    def _is_known(self, host: str | None) -> bool:
        name = (host or "").rpartition(":")[0] if ":" in (host or "") else host or ""
        return name in self._hosts

    def _ask(
        self,
        key: str | None,
        stale: KeptPage | None,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
        instant: datetime,
    ) -> Iterable[bytes]:
        answer = _Answer()
        # Asked as GET even for HEAD: what is kept must be whole, and headers must be the same.
        asked = {**environ, "REQUEST_METHOD": "GET"}
        body = answer.collect(self._app, asked)
        is_trouble = answer.status.startswith("5")
        if is_trouble and stale is not None and instant < stale.keep.until + stale.keep.stale:
            return self._answer(stale, environ, start_response, instant)
        keep = asked.get(HINT)
        if not isinstance(keep, Keep):
            start_response(answer.status, answer.headers)
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
        page = KeptPage(_lasting(answer.headers), body, keep)
        if key is not None:
            self._store(key, page)
        return self._answer(page, environ, start_response, instant)

    def _store(self, key: str, page: KeptPage) -> None:
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while len(self._pages) > MAX_PAGES:
                self._pages.popitem(last=False)

    def _answer(
        self,
        page: KeptPage,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
        instant: datetime,
    ) -> list[bytes]:
        encoding = choose_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if page.keep.hole:
            body, encoding = self._fill(page, encoding, instant)
        elif page.etag and environ.get("HTTP_IF_NONE_MATCH") == page.etag:
            start_response("304 Not Modified", _revalidated(page, instant))
            return []
        else:
            body = page.pack(encoding)
        headers = [*_revalidated(page, instant), ("Content-Length", str(len(body)))]
        if encoding != IDENTITY:
            headers.append(("Content-Encoding", encoding))
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _fill(self, page: KeptPage, encoding: str, instant: datetime) -> tuple[bytes, str]:
        token = self._issue_token(instant, page.keep.hole or "").encode()
        if encoding != IDENTITY and page.around_hole:
            return page.around_hole.fill(token), "gzip"
        return page.body.replace(HOLE.encode(), token, 1), IDENTITY


class _Answer:
    """What the app behind the middleware answered."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []

    def collect(self, app: "WSGIApplication", environ: "WSGIEnvironment") -> bytes:
        """Call the app and return the whole body."""
        chunks = app(environ, self._start)
        try:
            return b"".join(chunks)
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()

    def _start(self, status: str, headers: Headers, exc_info: Any = None) -> Any:
        self.status, self.headers = status, headers
        return lambda _: None


def _lasting(headers: Headers) -> Headers:
    made_anew = {"content-length", "content-encoding", "cache-control", "etag"}
    return [(name, value) for name, value in headers if name.lower() not in made_anew]


def _revalidated(page: KeptPage, instant: datetime) -> Headers:
    if page.keep.hole:
        return [*page.headers, ("Cache-Control", "private,no-cache")]
    left = max(0, int((page.keep.until - instant).total_seconds()))
    stale = int(page.keep.stale.total_seconds())
    lifetime = f"public,max-age={left},stale-if-error={stale}"
    validator = [("ETag", page.etag)] if page.etag else []
    return [*page.headers, ("Cache-Control", lifetime), *validator]
