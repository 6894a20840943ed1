"""Asking a provider over HTTP: little at a time, for a short time, and never led elsewhere."""

import json
import time
from collections.abc import Mapping
from email.message import Message
from http.client import HTTPException
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from nav_access.staff.provider.errors import ProviderDown

SECONDS = 4.0
"""Somebody waits with a page that is loading."""
MOST_BYTES = 256 * 1024
_PIECE = 16 * 1024


class _NoRedirects(HTTPRedirectHandler):
    """Whoever answers must be whoever was asked."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Follow nothing."""


_opener = build_opener(_NoRedirects)


def ask(
    address: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> tuple[int, dict[str, Any]]:
    """Return the status and the JSON object at an address; raise ProviderDown."""
    asked = Request(address, data=body, headers=dict(headers or {}))  # noqa: S310 - from settings
    try:
        status, answered = _read(asked)
        found = json.loads(answered)
    except (OSError, URLError, HTTPException, ValueError) as error:
        raise ProviderDown from error
    if not isinstance(found, dict):
        raise ProviderDown
    return status, found


def get(address: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the JSON object at an address; raise ProviderDown for anything but 200."""
    status, found = ask(address, headers={"Accept": "application/json", **(headers or {})})
    if status != 200:
        raise ProviderDown
    return found


def _read(asked: Request) -> tuple[int, bytes]:
    until = time.monotonic() + SECONDS
    try:
        answer = _opener.open(asked, timeout=SECONDS)
    except HTTPError as error:
        # A refusal has a body too, which says what was refused.
        answer = error
    with answer:
        return answer.status or 0, _take(answer, until)


def _take(answer: Any, until: float) -> bytes:
    """Read it piece by piece: who sends a byte a second is not waited for."""
    read = b""
    while piece := answer.read1(_PIECE):
        read += piece
        if len(read) > MOST_BYTES or time.monotonic() > until:
            raise ProviderDown
    return read
