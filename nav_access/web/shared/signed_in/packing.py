"""Packing a desk page at little effort: an office's line is quick, and the server's time is scarce.

Zstandard shrinks the queue to a seventh in a fifth of the time that brotli takes for the public
pages; gzip is for whoever takes nothing else. Nothing here is stored, so nothing varies.
"""

import threading
from functools import lru_cache

import zstandard
from flask import Response, request

from nav_access.web.shared.compression import choose_encoding, gzip

QUICKLY = 1
_own = threading.local()


def pack_quickly(response: Response) -> Response:
    """Pack an answer as the browser takes it; no later layer packs it again."""
    encoding = _choose(request.headers.get("Accept-Encoding", ""))
    if encoding:
        body = response.get_data()
        response.set_data(_zstd(body) if encoding == "zstd" else gzip(body, QUICKLY))
        response.headers.add("Content-Encoding", encoding)
        response.direct_passthrough = True
    return response


@lru_cache(maxsize=256)
def _choose(accept: str) -> str:
    """Return the quickest of the encodings a browser takes, or none ('')."""
    offered = [part for part in accept.split(",") if "br" not in part.lower()]
    return choose_encoding(",".join(offered))


def _zstd(body: bytes) -> bytes:
    """Pack with this thread's own packer: making one costs as much again as using it."""
    if not hasattr(_own, "packer"):
        _own.packer = zstandard.ZstdCompressor(level=QUICKLY)
    packed: bytes = _own.packer.compress(body)
    return packed
