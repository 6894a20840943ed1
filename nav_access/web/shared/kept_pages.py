"""A page rendered once and answered often: its encodings, its headers, the hole for a token."""

import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from nav_access.web.shared.compression import (
    IDENTITY,
    BrotliWithHole,
    GzipWithHole,
    compress,
    gzip,
)

STALE_IF_ERROR = timedelta(days=1)
"""How long a page may outlive its time while the site is in trouble."""
STALE_BRIEFLY = timedelta(minutes=5)
"""The same for a page that says who answers now: later it would send people to a dead line."""

HOLE = "@@token@@"
"""Stands in a kept page where each answer gets its own form token."""

TOKEN_LENGTH = 56
"""Of every form token: what is packed around a hole holds for one length alone."""
_MADE_ANEW = frozenset({"content-length", "content-encoding", "cache-control", "etag"})
_READ_GZIP = 31
_EACH = 2000
_PAGE_TAKES, _HOLE_TAKES = 2, 5
"""Times its gzip: the other encodings, and the plain text where a hole is filled."""
_OF_THE_BODY = frozenset({"Content-Length", "Content-Encoding"})

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


class KeptPage:
    """A page as rendered once, with what answers it made when first asked for."""

    def __init__(self, headers: Headers, body: bytes, keep: Keep) -> None:
        self.headers = [pair for pair in headers if pair[0].lower() not in _MADE_ANEW]
        self.keep = keep
        self.until = keep.until.timestamp()
        # The only copy that is held: nearly everybody asks for this one.
        self._gzip = gzip(body, 9)
        self._ready: dict[str, Ready | ReadyHole] = {}
        # A page in the reader's language is told apart by that alone; headers are bytes too.
        is_in_readers_language = "Accept-Language" in dict(headers).get("Vary", "")
        digest = hashlib.sha256(body).hexdigest()[:8]
        self.etag = None if is_in_readers_language else f'W/"{digest}"'

    @property
    def weight(self) -> int:
        """Return about how many bytes of memory the page takes."""
        return _EACH + len(self._gzip) * (_HOLE_TAKES if self.keep.hole else _PAGE_TAKES)

    def body(self) -> bytes:
        """Return the page as it was rendered."""
        return zlib.decompress(self._gzip, _READ_GZIP)

    def pack(self, encoding: str) -> bytes:
        """Return the page in an encoding."""
        if encoding == "gzip":
            return self._gzip
        return compress(self.body(), encoding, is_kept=True)

    def ready(self, encoding: str) -> "Ready | ReadyHole":
        """Return what answers with the page in an encoding."""
        found = self._ready.get(encoding)
        if found is None:
            found = (ReadyHole if self.keep.hole else Ready)(self, encoding)
            self._ready[encoding] = found
        return found


class Ready:
    """A kept page in one encoding, with all that can be made before somebody asks."""

    __slots__ = ("_fixed", "_headers", "_left", "_stale", "chunks", "etag", "until")

    def __init__(self, page: KeptPage, encoding: str) -> None:
        body = page.pack(encoding)
        self.until = page.until
        self.etag = page.etag
        self.chunks = [body]
        self._stale = int(page.keep.stale.total_seconds())
        self._fixed = [*page.headers, ("Content-Length", str(len(body)))]
        if encoding != IDENTITY:
            self._fixed.append(("Content-Encoding", encoding))
        self._headers: tuple[int, Headers] = (-1, [])

    def headers(self, left: float) -> Headers:
        """Return the headers of an answer whose page is good for `left` more seconds."""
        seconds = int(left)
        made_for, headers = self._headers
        if made_for != seconds:
            headers = [*self._fixed, *_lifetime(seconds, self._stale, self.etag)]
            self._headers = (seconds, headers)
        # A copy: some servers write into what they are given.
        return headers[:]

    def unchanged(self, left: float) -> Headers:
        """Return the headers of a 304: all but what describes the body."""
        without = [pair for pair in self._fixed if pair[0] not in _OF_THE_BODY]
        return [*without, *_lifetime(int(left), self._stale, self.etag)]


class ReadyHole:
    """A kept page in one encoding with a hole that each answer fills with its own token."""

    __slots__ = ("_filling", "_headers", "_plain", "scope", "until")

    def __init__(self, page: KeptPage, encoding: str) -> None:
        self.until = page.until
        self.scope = page.keep.hole or ""
        before, _, after = page.body().partition(HOLE.encode())
        self._plain = (before, after)
        self._filling = _filling(before, after, encoding)
        self._headers = [*page.headers, ("Cache-Control", "private,no-cache")]
        if self._filling is not None:
            self._headers.append(("Content-Encoding", self._filling.name))

    def answer(self, token: bytes) -> tuple[bytes, Headers]:
        """Return the page with a token in it, and its headers."""
        body = self._filling.fill(token) if self._filling else token.join(self._plain)
        return body, [*self._headers, ("Content-Length", str(len(body)))]


def _filling(before: bytes, after: bytes, encoding: str) -> GzipWithHole | BrotliWithHole | None:
    if encoding == IDENTITY:
        return None
    kind = BrotliWithHole if encoding == BrotliWithHole.name else GzipWithHole
    return kind(before, after, TOKEN_LENGTH)


def _lifetime(left: int, stale: int, etag: str | None) -> Headers:
    lifetime = f"public,max-age={max(0, left)},stale-if-error={stale}"
    return [("Cache-Control", lifetime), *([("ETag", etag)] if etag else [])]
