"""Pages packed ahead of time around a hole are what they would have been without one."""

import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nav_access.web.shared.compression import BrotliWithHole, GzipWithHole, choose_encoding
from nav_access.web.shared.quick_gzip import gzip_quickly

LENGTH = 56
TOKENS = st.text("ABCabc-_019", min_size=LENGTH, max_size=LENGTH).map(str.encode)
PAGES = st.text(st.characters(exclude_categories=["C"]), max_size=400).map(str.encode)
UNPACK = {
    GzipWithHole: lambda data: zlib.decompress(data, 31),
    BrotliWithHole: brotli.decompress,
}


@given(head=PAGES, css=PAGES, rest=PAGES)
def test_a_page_for_one_reader_is_packed_whole(head: bytes, css: bytes, rest: bytes) -> None:
    page = head + css + b"</style>" + rest + css
    assert zlib.decompress(gzip_quickly(page), 31) == page
    assert zlib.decompress(gzip_quickly(rest), 31) == rest


def test_a_page_packed_in_haste_is_hardly_larger() -> None:
    css = " ".join(f"p{number}{{width:{number**3}px}}" for number in range(100))
    page = f"<style>{css}</style>{css.replace('width', 'height')}".encode()
    assert len(gzip_quickly(page)) < len(zlib.compress(page, 9)) * 1.05


@pytest.mark.parametrize("kind", UNPACK)
@given(before=PAGES, after=PAGES, token=TOKENS)
def test_the_hole_is_filled(kind, before, after, token):
    page = kind(before, b'"></form>' + after, LENGTH).fill(token)
    assert UNPACK[kind](page) == before + token + b'"></form>' + after


@pytest.mark.parametrize("kind", UNPACK)
@given(token=TOKENS, page=PAGES)
def test_what_stands_before_the_hole_serves_after_it(kind, token, page):
    packed = kind(page + token, b'">' + page + token, LENGTH).fill(token)
    assert UNPACK[kind](packed) == page + token + token + b'">' + page + token


@pytest.mark.parametrize("kind", UNPACK)
def test_what_comes_again_after_the_hole_costs_next_to_nothing(kind):
    text = " ".join(str(number**3) for number in range(200)).encode()
    once = len(kind(text, b'">', LENGTH).fill(b"x" * LENGTH))
    twice = len(kind(text, b'">' + text, LENGTH).fill(b"x" * LENGTH))
    assert twice - once < once / 10


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("zstd, gzip", "zstd"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("identity", ""),
        ("", ""),
        ("br;q=x", ""),
    ],
)
def test_the_best_encoding_a_client_takes(accept, encoding):
    assert choose_encoding(accept) == encoding
