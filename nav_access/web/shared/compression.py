"""Fewer bytes: gzip for everyone who takes it, brotli and zstd where a client offers them."""

import struct
import zlib
from functools import lru_cache

import brotli
import zstandard

from nav_access.web.shared.quick_gzip import gzip_quickly

IDENTITY = ""
_STRONGEST_FIRST = ("br", "zstd", "gzip")
_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


@lru_cache(maxsize=256)
def choose_encoding(accept: str) -> str:
    """Return the best encoding a client takes: br, zstd, gzip or none ('')."""
    taken = {name for name, quality in _parse(accept) if quality > 0}
    return next((name for name in _STRONGEST_FIRST if name in taken), IDENTITY)


def compress(body: bytes, encoding: str, *, is_kept: bool) -> bytes:
    """Return the body in an encoding; what is kept and served often is worth more effort."""
    match encoding:
        case "br":
            return bytes(brotli.compress(body, quality=11 if is_kept else 4))
        case "zstd":
            return zstandard.ZstdCompressor(level=19 if is_kept else 3).compress(body)
        case "gzip":
            return gzip(body, 9) if is_kept else gzip_quickly(body)
        case _:
            return body


def gzip(body: bytes, level: int) -> bytes:
    """Return one gzip member without time or name in it."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15, 9)
    return _GZIP_HEADER + packer.compress(body) + packer.flush() + _gzip_trailer(body)


class GzipWithHole:
    """A page compressed ahead of time around a hole that is always filled with as many bytes.

    It is packed with a filling unlike anything in a page. So what follows refers to what
    stands before the hole, over it, and to nothing in it, and the hole can be filled anew: in
    a block that is only stored, for random text does not shrink.
    """

    name = "gzip"

    def __init__(self, before: bytes, after: bytes, length: int) -> None:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
        first = packer.compress(before) + packer.flush(zlib.Z_SYNC_FLUSH)
        packer.compress(_unlike_pages(length))
        packer.flush(zlib.Z_SYNC_FLUSH)
        self._start = _GZIP_HEADER + first + struct.pack("<BHH", 0, length, length ^ 0xFFFF)
        self._end = packer.compress(after) + packer.flush()
        self._after = after
        self._sum_before = zlib.crc32(before)
        self._length = struct.pack("<I", len(before) + length + len(after) & 0xFFFFFFFF)

    def fill(self, text: bytes) -> bytes:
        """Return the gzip member of the page with `text` in the hole."""
        total = zlib.crc32(self._after, zlib.crc32(text, self._sum_before))
        return b"".join((self._start, text, self._end, struct.pack("<I", total), self._length))


class BrotliWithHole:
    """The same in brotli.

    Two more bytes stand in the uncompressed block, for a decoder expects a letter by the two
    before it: so they are the same whatever fills the hole.
    """

    name = "br"

    def __init__(self, before: bytes, after: bytes, length: int) -> None:
        packer = brotli.Compressor(quality=11)
        first = packer.process(before) + packer.flush()
        bridge, rest = after[:2], after[2:]
        packer.process(_unlike_pages(length) + bridge)
        packer.flush()
        # Not the last block; its length less one in 16 bits; not compressed; then whole bytes.
        header = (length + len(bridge) - 1) << 3 | 1 << 19
        self._start: bytes = first + header.to_bytes(3, "little")
        self._end: bytes = bridge + packer.process(rest) + packer.finish()

    def fill(self, text: bytes) -> bytes:
        """Return the brotli stream of the page with `text` in the hole."""
        return self._start + text + self._end


_NEVER = bytes({*range(0x20)} - set(b"\t\n\r"))
"""Bytes that stand in no page: 29 of them, and that is a prime."""


def _unlike_pages(length: int) -> bytes:
    """Return bytes in which no two neighbours come twice, and that are in no page."""
    count = len(_NEVER)
    return bytes(_NEVER[at * (1 + at // count) % count] for at in range(length))


def _gzip_trailer(body: bytes) -> bytes:
    return struct.pack("<II", zlib.crc32(body), len(body) & 0xFFFFFFFF)


def _parse(accept: str) -> list[tuple[str, float]]:
    return [_parse_one(part) for part in accept.lower()[:200].split(",") if part.strip()]


def _parse_one(part: str) -> tuple[str, float]:
    name, _, parameter = part.partition(";")
    quality = parameter.strip().removeprefix("q=")
    try:
        return name.strip(), float(quality) if quality else 1.0
    except ValueError:
        return name.strip(), 0.0
