"""The server: one piece an answer, what lies ready at once, however busy the others are."""

import socket
import threading

import pytest

GET = b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
LAST = b"GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


class Slow:
    """An app whose pages wait, all but the one that lies ready."""

    def __init__(self) -> None:
        self.may_go = threading.Event()

    def has_ready(self, method, path, query, header):
        return (method, path, query, header("HOST")) == ("GET", "/ready", "", "localhost")

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] != "/ready":
            self.may_go.wait(10)
        body = environ["PATH_INFO"].encode()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]


@pytest.fixture
def slow():
    app = Slow()
    yield app
    app.may_go.set()


def read_answer(connection: socket.socket) -> bytes:
    return connection.recv(65536).partition(b"\r\n\r\n")[2]


def test_an_answer_comes_in_one_piece(serve, slow):
    with serve(slow).connect() as connection:
        connection.sendall(GET % b"/ready")
        assert connection.recv(65536).endswith(b"\r\n\r\n/ready")


def test_what_lies_ready_does_not_wait_for_those_who_wait(serve, slow):
    served = serve(slow)
    waiting = [served.connect() for _ in range(20)]
    for each in waiting:
        each.sendall(LAST % b"/slow")
    assert served.say(LAST % b"/ready").endswith(b"/ready")
    slow.may_go.set()
    for each in waiting:
        with each:
            assert read_answer(each) == b"/slow"


def test_requests_sent_without_waiting_are_answered_in_turn(serve, slow):
    slow.may_go.set()
    said = serve(slow).say(GET % b"/ready", GET % b"/a" + GET % b"/ready" + LAST % b"/b")
    bodies = [part.rpartition(b"\r\n\r\n")[2] for part in said.split(b"HTTP/1.1 200 OK")]
    assert bodies == [b"", b"/ready", b"/a", b"/ready", b"/b"]


def test_a_body_shorter_or_longer_than_it_said(serve):
    def lies(environ, start_response):
        start_response("200 OK", [("Content-Length", "3")])
        return [environ["QUERY_STRING"].encode()]

    served = serve(lies)
    assert served.say(LAST % b"/?abcdef").endswith(b"\r\n\r\nabc")
    assert served.say(LAST % b"/?a").endswith(b"\r\n\r\na")


def test_a_page_in_parts(serve):
    def parts(_environ, start_response):
        start_response("200 OK", [("Content-Length", "6")])
        return iter([b"abc", b"", b"def"])

    assert serve(parts).say(LAST % b"/").endswith(b"\r\n\r\nabcdef")
