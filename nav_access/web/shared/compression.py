"""Fewer bytes: gzip for everyone who takes it, brotli and zstd where a client offers them."""

import struct
import zlib
from functools import lru_cache

import brotli
import zstandard

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
            return gzip(body, 9 if is_kept else 6)
        case _:
            return body


def gzip(body: bytes, level: int) -> bytes:
    """Return one gzip member without time or name in it."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15, 9)
    return _GZIP_HEADER + packer.compress(body) + packer.flush() + _gzip_trailer(body)


class GzipWithHole:
    """A page compressed ahead of time around one hole that each answer fills anew."""

    def __init__(self, before: bytes, after: bytes) -> None:
        self._before, self._after = before, after
        first = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
        self._packed_before = _GZIP_HEADER + first.compress(before) + first.flush(zlib.Z_FULL_FLUSH)
        last = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
        self._packed_after = last.compress(after) + last.flush()

    def fill(self, text: bytes) -> bytes:
        """Return the gzip member of the page with `text` in the hole.

        Deflate data cut at a full flush can be joined, so only the hole is packed here.
        """
        middle = zlib.compressobj(1, zlib.DEFLATED, -15, 9)
        packed = middle.compress(text) + middle.flush(zlib.Z_FULL_FLUSH)
        trailer = _gzip_trailer(self._before + text + self._after)
        return self._packed_before + packed + self._packed_after + trailer


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
