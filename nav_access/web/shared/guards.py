"""What is turned away before a page sees it: too much, unreadable, or sent by another site."""

from io import BytesIO
from typing import IO
from urllib.parse import parse_qsl, urlsplit

from flask import Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict

MAX_BODY = 64 * 1024
MAX_FIELDS = 120
MACHINES = frozenset({"sms.inbound"})
"""Pages that read a body themselves: a gateway posts the bare text."""
URLENCODED = "application/x-www-form-urlencoded"
FORM_TYPES = frozenset({URLENCODED, "multipart/form-data", ""})


class GuardedRequest(Request):
    """A request whose form is bounded in bytes and fields, and never silently empty."""

    max_content_length = MAX_BODY
    max_form_memory_size = MAX_BODY
    max_form_parts = MAX_FIELDS

    def _load_form_data(self) -> None:
        """Read an ordinary form at once; the library's parser is made for what has files."""
        if self.mimetype != URLENCODED or "form" in self.__dict__:
            super()._load_form_data()
            return
        text = _as_utf8(self._few_fields()).decode()
        pairs = parse_qsl(text, keep_blank_values=True, errors="werkzeug.url_quote")
        self.__dict__.update(
            stream=BytesIO(), form=ImmutableMultiDict(pairs), files=ImmutableMultiDict()
        )

    def _get_stream_for_parsing(self) -> IO[bytes]:
        return BytesIO(self._few_fields())

    def _few_fields(self) -> bytes:
        data = self.get_data(cache=True)
        if data.count(b"&") > MAX_FIELDS:
            abort(413)
        return data


def _as_utf8(data: bytes) -> bytes:
    """Return text of an old encoding as one we can read; it would empty the form."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace").encode()
    return data


def refuse_what_is_not_a_form() -> None:
    """Answer 415 to a POST that is not a form."""
    if request.endpoint in MACHINES:
        return
    if request.method == "POST" and request.mimetype not in FORM_TYPES:
        abort(415)


def refuse_other_sites() -> None:
    """Answer 403 to a POST that a browser says another site made it send.

    Text browsers send none of these headers and are let through: without cookies a forged
    post can do nothing its author could not do himself.
    """
    if request.method != "POST":
        return
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        abort(403)
    origin = request.headers.get("Origin")
    if origin and origin != "null" and _host_of(origin) != request.host:
        abort(403)


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        # No browser sends an address that cannot be one.
        return None
