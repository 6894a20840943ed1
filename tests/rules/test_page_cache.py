"""The cache ahead of the site: who gets what was made for somebody else, and who does not."""

import zlib
from datetime import UTC, datetime, timedelta

import brotli
import pytest

from nav_access.core.security.tokens import FormTokens
from nav_access.web.shared.generations import Generations
from nav_access.web.shared.kept_pages import HOLE, TOKEN_LENGTH, Keep
from nav_access.web.shared.page_cache import HINT, MAX_QUERY, PublicPages

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOKEN = "t" * TOKEN_LENGTH


class Site:
    """A site behind the cache that counts how often it is asked, and what came out in front."""

    def __init__(self) -> None:
        self.now = NOON
        self.asked: list[str] = []
        self.status, self.body, self.hole, self.vary = "200 OK", "<p>page {count}</p>", None, ""
        self.is_kept = True
        self.front = PublicPages(
            self.make,
            clock=lambda: self.now,
            hosts=("localhost",),
            issue_token=lambda _now, _scope: TOKEN,
        )

    def make(self, environ, start_response):
        self.asked.append(environ["REQUEST_METHOD"])
        if self.is_kept and self.status.startswith("200"):
            environ[HINT] = Keep(self.now + timedelta(minutes=1), self.hole)
        start_response(self.status, [("Content-Type", "text/html"), ("Vary", self.vary)])
        return [self.body.format(count=len(self.asked)).encode()]

    def get(self, path="/nb/", *, method="GET", query="", host="localhost", **headers):
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        environ["HTTP_HOST"] = host

        def start(status, pairs):
            self.said, self.headers = status, dict(pairs)

        return b"".join(self.front(environ, start))


@pytest.fixture
def site():
    return Site()


def test_a_page_is_made_once(site):
    assert {site.get() for _ in range(3)} == {b"<p>page 1</p>"}


def test_a_page_ends_when_it_said(site):
    site.get()
    site.now += timedelta(seconds=59)
    assert site.get() == b"<p>page 1</p>"
    assert "max-age=1," in site.headers["Cache-Control"]
    site.now += timedelta(seconds=1)
    assert site.get() == b"<p>page 2</p>"
    assert "max-age=60," in site.headers["Cache-Control"]


@pytest.mark.parametrize("again", [False, True])
def test_head_has_the_headers_of_get_and_no_body(site, again):
    whole = site.get()
    of_get = site.headers
    for _ in range(1 + again):
        assert site.get(method="HEAD") == b""
        assert site.headers == of_get
    assert of_get["Content-Length"] == str(len(whole))


def test_a_head_that_comes_first_does_not_keep_an_empty_page(site):
    assert site.get(method="HEAD") == b""
    assert site.get() == b"<p>page 1</p>"


def test_each_encoding_is_the_same_page(site):
    assert zlib.decompress(site.get(accept_encoding="gzip"), 31) == b"<p>page 1</p>"
    assert brotli.decompress(site.get(accept_encoding="gzip, br")) == b"<p>page 1</p>"
    assert site.headers["Content-Encoding"] == "br"
    assert site.get(accept_encoding="identity") == b"<p>page 1</p>"


def test_who_has_the_page_gets_a_304_without_a_length(site):
    site.get()
    assert site.get(if_none_match=site.headers["ETag"]) == b""
    assert site.said == "304 Not Modified"
    assert "Content-Length" not in site.headers
    assert site.get(if_none_match='W/"other"')


def test_the_front_page_speaks_each_readers_language(site):
    site.vary = "Accept-Language"
    pages = {lang: site.get("/", accept_language=lang) for lang in ("nb", "en", "no", "ar")}
    assert len(set(pages.values())) == 3
    assert pages["nb"] == pages["no"]
    assert "ETag" not in site.headers


def test_language_changes_nothing_where_the_address_says_it(site):
    assert site.get(accept_language="ar") == site.get(accept_language="nb")


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_each_reader_of_a_form_gets_a_token(site, encoding):
    site.hole, site.body = "help", f'<form>{{count}}<input value="{HOLE}"></form>'
    unpack = {"gzip": lambda data: zlib.decompress(data, 31), "br": brotli.decompress}
    for _ in range(2):
        body = unpack.get(encoding, bytes)(site.get(accept_encoding=encoding))
        assert body == f'<form>1<input value="{TOKEN}"></form>'.encode()
    assert site.headers["Cache-Control"] == "private,no-cache"
    assert "ETag" not in site.headers


def test_tokens_are_as_long_as_the_hole(keyring, now):
    assert len(FormTokens(keyring).issue(now, "help")) == TOKEN_LENGTH


@pytest.mark.parametrize(
    "asking",
    [
        {"host": "evil.example"},
        {"query": "q=" + "x" * MAX_QUERY},
        {"method": "POST"},
    ],
)
def test_what_is_never_kept(site, asking):
    assert site.get(**asking) != site.get(**asking)


def test_what_a_door_does_not_allow_is_not_kept(site):
    site.is_kept = False
    assert site.get() != site.get()


def test_trouble_shows_the_last_page_for_a_while_and_then_itself(site):
    site.get()
    site.status, site.body = "503 Service Unavailable", "trouble"
    site.now += timedelta(minutes=5)
    assert site.get() == b"<p>page 1</p>"
    assert "max-age=0," in site.headers["Cache-Control"]
    site.now += timedelta(minutes=2)
    assert site.get() == b"trouble"


def test_a_long_way_of_asking_is_answered_and_not_remembered(site):
    for number in range(3):
        assert site.get(accept_encoding=f"{number}" + "x" * 2000) == b"<p>page 1</p>"
    assert len(site.front._ready) == 0


def test_what_is_asked_for_stays_and_the_rest_is_forgotten():
    kept = Generations(10)
    for number in range(100):
        kept.put(number, str(number))
        assert kept.get(0) == "0"
    assert len(kept) <= 21
    assert kept.get(50) is None


def test_what_is_heavy_fills_a_generation_sooner():
    kept = Generations(10, len)
    kept.put("a", "x" * 6)
    kept.put("a", "x" * 7)
    assert len(kept) == 1
    kept.put("b", "x" * 6)
    kept.put("c", "x" * 12)
    assert kept.get("a") is None
