"""Packing a desk page at little effort: an office's line is quick, and the server's time is scarce.

The queue shrinks to a seventh for a quarter of the work that the last twelfth would cost.
"""

from collections.abc import Callable

import brotli
import zstandard
from flask import Response, request

from nav_access.web.shared.compression import choose_encoding, gzip

_PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=2)),
    "zstd": lambda body: zstandard.ZstdCompressor(level=1).compress(body),
    "gzip": lambda body: gzip(body, 2),
}


def pack_quickly(response: Response) -> Response:
    """Pack an answer as the browser takes it; no later layer packs it again."""
    response.vary.add("Accept-Encoding")
    encoding = choose_encoding(request.headers.get("Accept-Encoding", ""))
    if encoding in _PACKERS:
        response.set_data(_PACKERS[encoding](response.get_data()))
        response.headers["Content-Encoding"] = encoding
        response.direct_passthrough = True
    return response
