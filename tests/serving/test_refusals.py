"""What is no request is refused with a page that has a number to ring, in two languages."""

import time

import pytest
from bs4 import BeautifulSoup
from html5lib import HTMLParser

from nav_access.core.facts import load_facts
from nav_access.serving import server
from nav_access.serving.plain_errors import plain_error
from nav_access.web.shared.errors import TROUBLES

PHONE = load_facts().service_phone
CHUNKED = b"POST /nb/help HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
REFUSED = {
    "header": (431, b"GET /nb/ HTTP/1.1\r\nHost: localhost\r\nCookie: " + b"x" * 60_000),
    "headers": (431, b"GET /nb/ HTTP/1.1\r\n" + b"A: b\r\n" * 20_000 + b"\r\n"),
    "line": (400, b"GET  HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    "method": (400, b"get /nb/ HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    "header name": (400, b"GET /nb/ HTTP/1.1\r\nHo st: localhost\r\n\r\n"),
    "length": (400, b"POST /nb/help HTTP/1.1\r\nContent-Length: -1\r\n\r\n"),
    "chunk": (400, CHUNKED + b"zz\r\nhello\r\n0\r\n\r\n"),
    "chunk end": (400, CHUNKED + b"2\r\nhello\r\n0\r\n\r\n"),
    "encoding": (501, CHUNKED.replace(b"chunked", b"gzip")),
    "body": (413, b"POST /nb/help HTTP/1.1\r\nContent-Length: 9000000\r\n\r\n" + b"x" * 500_000),
}


def fail(_environ, _start_response):
    raise ZeroDivisionError


@pytest.mark.parametrize("name", REFUSED)
def test_everybody_who_is_refused_reads_the_number(serve, name):
    status, sent = REFUSED[name]
    head, _, body = serve(fail).say(sent).partition(b"\r\n\r\n")
    assert head.split()[1] == str(status).encode()
    assert b"text/html; charset=utf-8" in head
    assert f'href="tel:{PHONE.number}"'.encode() in body
    assert PHONE.shown.encode() in body


def test_a_fault_ahead_of_the_site_has_the_number_too(serve, caplog):
    said = serve(fail).say(b"GET /nb/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 500")
    assert PHONE.shown.encode() in said
    assert "waitress" in caplog.text


def send_without_end(connection):
    for _ in range(400):
        connection.sendall(b"x" * 4096)
        time.sleep(0.01)


def test_who_goes_on_sending_is_cut_off(serve, monkeypatch):
    monkeypatch.setattr(server, "LINGER_S", 0.2)
    with serve(fail).connect() as connection, pytest.raises(OSError, match=r"reset|[Bb]roken"):
        send_without_end(connection)


@pytest.mark.parametrize("code", [400, 413, 431, 500, 501])
def test_the_page_is_whole_and_in_both_languages(code):
    status, _, body = plain_error(code, "Reason")
    parser = HTMLParser()
    parser.parse(body.decode())
    soup = BeautifulSoup(body, "html5lib")
    assert parser.errors == []
    assert status == f"{code} Reason"
    assert soup.html["lang"] == "nb"
    assert soup.title.string == soup.h1.string
    english = soup.find(lang="en").h2.string
    assert english in {trouble.title for trouble in TROUBLES.values()}
    assert english != soup.h1.string


def test_the_page_has_the_headers_of_every_answer():
    headers = dict(plain_error(431, "Reason")[1])
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
