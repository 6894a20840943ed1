"""Public pages answered ahead of Flask, ready-made and compressed, a form's token filled in."""

import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from nav_access.core.clock import Clock, system_clock
from nav_access.core.i18n.locales import negotiate
from nav_access.web.shared.compression import choose_encoding
from nav_access.web.shared.generations import Generations
from nav_access.web.shared.kept_pages import (
    HOLE,
    STALE_BRIEFLY,
    STALE_IF_ERROR,
    Headers,
    Keep,
    KeptPage,
    Ready,
    ReadyHole,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["HINT", "HOLE", "MAX_QUERY", "STALE_BRIEFLY", "STALE_IF_ERROR", "Keep", "PublicPages"]

MAX_BYTES = 2_500_000
"""Of pages in one generation, about; there are two."""
MAX_ASKED = 1000
"""Ways of asking remembered in one generation."""
MAX_QUERY = 80
MAX_ASKING = 400
SOON_S = 1.0
"""What ends within this many seconds is not promised to anybody."""
HINT = "nav_access.keep"

Asked = tuple[str | None, ...]
"""What an answer depends on, as it stands in the WSGI environment: nothing is parsed for a hit."""


class PublicPages:
    """WSGI middleware that keeps what doors allow and answers it without asking them again.

    Pages are kept by their address. Beside them the answers are kept by what was asked,
    word for word, so that the usual answer costs one look-up.
    """

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
        self._seconds = time.time if clock is system_clock else lambda: clock().timestamp()
        self._hosts = frozenset(hosts)
        self._issue_token = issue_token
        self._pages: Generations[str, KeptPage] = Generations(MAX_BYTES, lambda page: page.weight)
        self._ready: Generations[Asked, Ready | ReadyHole] = Generations(MAX_ASKED)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        find = environ.get
        path = find("PATH_INFO")
        asked = (
            environ["REQUEST_METHOD"],
            path,
            find("QUERY_STRING"),
            find("HTTP_HOST"),
            find("HTTP_ACCEPT_ENCODING"),
            find("HTTP_ACCEPT_LANGUAGE") if path == "/" else None,
        )
        ready = self._ready.get(asked)
        if ready is not None:
            left = ready.until - self._seconds()
            if left > 0:
                return self._answer(ready, left, environ, start_response)
        if asked[0] not in ("GET", "HEAD"):
            return self._app(environ, start_response)
        return self._look(asked, environ, start_response)

    def has_ready(
        self, method: str, path: str, query: str, header: Callable[[str], str | None]
    ) -> bool:
        """Say whether a request will be answered without waiting for anything."""
        language = header("ACCEPT_LANGUAGE") if path == "/" else None
        asked = (method, path, query, header("HOST"), header("ACCEPT_ENCODING"), language)
        ready = self._ready.get(asked)
        return ready is not None and ready.until - self._seconds() > SOON_S

    def _answer(
        self,
        ready: Ready | ReadyHole,
        left: float,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
    ) -> list[bytes]:
        if isinstance(ready, ReadyHole):
            token = self._issue_token(self._clock(), ready.scope)
            body, headers = ready.answer(token.encode())
            chunks = [body]
        elif ready.etag is not None and environ.get("HTTP_IF_NONE_MATCH") == ready.etag:
            start_response("304 Not Modified", ready.unchanged(left))
            return []
        else:
            chunks, headers = ready.chunks, ready.headers(left)
        start_response("200 OK", headers)
        return chunks if environ["REQUEST_METHOD"] == "GET" else []

    def _look(
        self, asked: Asked, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer with the page that is kept for this address, else with what the app says."""
        key = self._key(environ)
        page = self._pages.get(key) if key else None
        if page is None or page.until <= self._seconds():
            answer = _ask(self._app, environ)
            page = self._choose(key, page, answer)
            if page is None:
                start_response(answer.status, answer.headers)
                return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]
        ready = page.ready(choose_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
        if key and sum(len(part or "") for part in asked) <= MAX_ASKING:
            self._ready.put(asked, ready)
        return self._answer(ready, page.until - self._seconds(), environ, start_response)

    def _choose(
        self, key: str | None, stale: KeptPage | None, answer: "_Answer"
    ) -> KeptPage | None:
        """Return the page to answer with; None when the answer is for this reader alone."""
        if answer.status.startswith("5") and stale is not None:
            is_good_yet = self._seconds() < stale.until + stale.keep.stale.total_seconds()
            return stale if is_good_yet else None
        if answer.keep is None:
            return None
        page = KeptPage(answer.headers, answer.body, answer.keep)
        if key is not None:
            self._pages.put(key, page)
        return page

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


class _Answer:
    """What the app behind the middleware answered."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []
        self.body = b""
        self.keep: Keep | None = None

    def start(self, status: str, headers: Headers, exc_info: Any = None) -> Any:
        """Take the status and the headers, as WSGI hands them over."""
        self.status, self.headers = status, headers
        return lambda _: None


def _ask(app: "WSGIApplication", environ: "WSGIEnvironment") -> _Answer:
    """Return the app's whole answer to a GET, even for HEAD: the headers must be the same."""
    answer = _Answer()
    asked = {**environ, "REQUEST_METHOD": "GET"}
    chunks = app(asked, answer.start)
    try:
        answer.body = b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    hint = asked.get(HINT)
    answer.keep = hint if isinstance(hint, Keep) else None
    return answer
