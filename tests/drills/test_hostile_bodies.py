"""What no browser sends, thrown at the real server: no answer is in the 500s, and it lives on."""

import socket
from urllib.parse import quote

import pytest

from tests.drills.forms import NEED
from tests.drills.site import Site

pytestmark = pytest.mark.postgres_in_audit
HOST = "Host: 127.0.0.1\r\n"
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
MULTIPART = "Content-Type: multipart/form-data; boundary=b\r\n"
PATIENCE_SECONDS = 20
MOST_READ = 400_000


def throw(site: Site, *pieces: bytes) -> int:
    """Send raw bytes and return the status; 0 when the server only hung up."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=PATIENCE_SECONDS) as line:
        try:
            for piece in pieces:
                line.sendall(piece)
            line.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # It has heard enough; what it said may still be there to read.
        return _status(line)


def _status(line: socket.socket) -> int:
    heard = b""
    try:
        while len(heard) < MOST_READ and (some := line.recv(65536)):
            heard += some
    except ConnectionResetError:
        pass
    return int(heard.split(b" ", 2)[1]) if heard.startswith(b"HTTP/") else 0


def request(
    method: str = "GET", path: str = "/en/", headers: str = HOST, body: bytes = b""
) -> bytes:
    """Write one request; a body gets its length."""
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    head = f"{method} {path} HTTP/1.1\r\n{headers}{length}Connection: close\r\n\r\n"
    return head.encode("latin-1", "replace") + body


def post(body: bytes, kind: str = FORM, path: str = "/en/help") -> bytes:
    """Write a request that sends a form."""
    return request("POST", path, HOST + kind, body)


PART = b'--b\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
BODIES = {
    "80,000 fields": post(b"&".join(b"f%d=1" % n for n in range(80_000))),
    "1,000 short fields": post(b"&".join(b"a=" for _ in range(1000))),
    "only ampersands": post(b"&" * 60_000),
    "10 MB": post(b"message=" + b"a" * 10_000_000),
    "70 kB": post(b"message=" + b"a" * 70_000),
    "not UTF-8": post(b"message=\xff\xfe\x80&name=\xe6\xf8\xe5"),
    "half a percent sign": post(b"message=%&name=%e&need=%zz&phone=%u1234"),
    "NUL bytes": post(b"message=\0\0&\0=\0"),
    "no equals sign": post(b"message"),
    "JSON": post(b'{"need":"food"}', "Content-Type: application/json\r\n"),
    "XML": post(b"<!DOCTYPE x [<!ENTITY a 'b'>]>", "Content-Type: text/xml\r\n"),
    "no type": post(b"need=food", ""),
    "odd type": post(b"need=food", "Content-Type: ;;;=\r\n"),
    "odd charset": post(b"need=food", FORM.replace("\r", "; charset=utf-7\r")),
    "multipart without boundary": post(b"x", "Content-Type: multipart/form-data\r\n"),
    "multipart cut short": post(b"--b\r\nContent-Disposition: form-data; na", MULTIPART),
    "multipart without end": post(PART % (b"need", b"", b"food"), MULTIPART),
    "multipart with a file": post(
        PART % (b"message", b'; filename="../../x"', b"GIF89a") + b"--b--\r\n", MULTIPART
    ),
    "multipart, 300 parts": post((PART % (b"a", b"", b"b")) * 300 + b"--b--\r\n", MULTIPART),
    "multipart, odd names": post(
        PART % (b"\xff\0", b"; filename*=utf-8''%zz", b"x") + b"--b--\r\n", MULTIPART
    ),
    "gzip that is none": post(b"need=food", FORM + "Content-Encoding: gzip\r\n"),
    "chunked": request("POST", "/en/help", HOST + FORM + "Transfer-Encoding: chunked\r\n")
    + b"9\r\nneed=food\r\n0\r\n\r\n",
    "chunked, broken": request("POST", "/en/help", HOST + FORM + "Transfer-Encoding: chunked\r\n")
    + b"zz\r\nneed=food\r\n",
    "chunked, endless": request("POST", "/en/help", HOST + FORM + "Transfer-Encoding: chunked\r\n")
    + b"10000\r\n"
    + b"a" * 0x10000
    + b"\r\n",
    "chunked and length": request(
        "POST", "/en/help", HOST + FORM + "Transfer-Encoding: chunked\r\n", b"0\r\n\r\n"
    ),
    "length too great": request("POST", "/en/help", HOST + FORM + "Content-Length: 999\r\n"),
    "length negative": request("POST", "/en/help", HOST + FORM + "Content-Length: -1\r\n"),
    "length a word": request("POST", "/en/help", HOST + FORM + "Content-Length: x\r\n"),
    "length huge": request(
        "POST", "/en/help", HOST + FORM + "Content-Length: " + "9" * 30 + "\r\n"
    ),
    "two lengths": request(
        "POST", "/en/help", HOST + FORM + "Content-Length: 3\r\nContent-Length: 9\r\n"
    ),
    "case, many fields": post(b"case=x&" * 110, path="/en/case"),
    "sms, 10 MB": post(b"text=" + b"a" * 10_000_000, path="/sms/inbound"),
    "sms, many fields": post(b"text=x&" * 110, path="/sms/inbound"),
    "desk, 10 MB": post(b"note=" + b"a" * 10_000_000, path="/desk/sign-in"),
}
HOSTS = {
    name: request(headers=f"Host: {host}\r\n")
    for name, host in {
        "another": "evil.example",
        "empty": "",
        "port": "127.0.0.1:99999999",
        "word for a port": "127.0.0.1:x",
        "user": "a@127.0.0.1",
        "path": "127.0.0.1/x",
        "long": "a" * 3000,
        "brackets": "[::1",
        "odd signs": "\xff\x01",
        "percent": "%00",
        "markup": "<script>",
        "many": "127.0.0.1, evil.example",
        "dots": "127.0.0.1.....",
    }.items()
} | {
    "host missing": request(headers=""),
    "two hosts": request(headers=HOST + "Host: evil.example\r\n"),
    "host in the address": request(path="http://evil.example/en/"),
    "host forwarded": request(headers=HOST + "X-Forwarded-Host: evil.example\r\n"),
}
METHODS = {
    f"{method} {path}": request(method, path)
    for path in (
        *("/", "/en/help", "/en/case", "/desk/", "/desk/sign-out", "/sms/inbound", "/healthz"),
        "/nowhere",
    )
    for method in (
        *("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get"),
        *("GET" * 100, "\x00", "G<T", "POST"),
    )
}
PATHS = {
    path[:60]: request(path=path)
    for path in (
        *("/../../etc/passwd", "/en/../desk/", "/en/%2e%2e/%2e%2e/x", "/en/%00", "/%00/help"),
        *("/en/offices/%00", "/en/offices/" + "a" * 3000, "/" + "a" * 8000, "/" + "../" * 900),
        *("//en/", "/en//help", "/en/help/", "/en/help?" + "a=b&" * 1500, "/en/help?%", "/?%ff"),
        *("/en/offices?q=" + quote("\0"), "/en/offices?q=%ff%fe", "/%ff%fe/", "/%d8%a7/"),
        *("*", "/desk/cases/00000000", "/desk/cases/%00", "/desk/cases/" + "1" * 3000),
        *(
            "/desk/?after=" + "9" * 300,
            "/desk/?after=1.9999999999999999999.1",
            "/en/\t",
            "/en/\x7f",
        ),
        *("/metrics/../x", "/en/;x=y", "/EN/", "/en\\help", "http:///", "en/", "?", "#"),
    )
}
HEADERS = {
    f"{name}: {value[:20]}": request(headers=f"{HOST}{name}: {value}\r\n")
    for name in ("Accept-Language", "Accept-Encoding", "Cookie", "X-Forwarded-For", "Referer")
    for value in (
        "a" * 8192,
        ",;=q" * 2000,
        "\xff\xfe",
        "en;q=nan, *;q=9e999",
        "desk=" + "." * 4000,
    )
} | {
    f"{name}: {value}": request(headers=f"{HOST}{name}: {value}\r\n")
    for name, value in (
        *(("If-None-Match", '"' * 4000), ("If-Modified-Since", "never"), ("Range", "bytes=9-1,-")),
        *(("Origin", "null\x01"), ("Origin", "http://["), ("Sec-Fetch-Site", "\xff")),
        *(("Authorization", "Bearer \xff"), ("Expect", "100-continue"), ("Upgrade", "h2c")),
        *(
            ("X-Forwarded-Proto", "https,https"),
            ("Forwarded", "for=_x"),
            ("Cookie", "desk=en.\xff"),
        ),
        *(("Content-Type", "x" * 4000), ("Content-Length", "0"), ("Connection", "x, y, close")),
    )
}
POSTED_FROM = {
    f"posted with {line}": post(b"need=food", FORM + line + "\r\n")
    for line in ("Origin: http://[", "Origin: \xff", "Origin: http://a:b:c", "Sec-Fetch-Site: x")
}
KINDS = {
    "bodies": BODIES,
    "hosts": HOSTS,
    "methods": METHODS,
    "paths": PATHS,
    "headers": HEADERS,
    "origins": POSTED_FROM,
}


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_requests(site: Site, kind: str):
    found = {name: throw(site, raw) for name, raw in KINDS[kind].items()}
    # 501 is the server's own word for a method or coding nobody has.
    faults = {name: status for name, status in found.items() if status >= 500 and status != 501}
    assert not faults
    assert site.person().get("/en/").status == 200
    assert "unexpected" not in site.said.read_text()


def test_a_form_that_stops_half_way_stores_nothing_and_harms_nobody(site: Site):
    person = site.person()
    body = f"token={person.new_form()}&need=food&acute=no_food_today".encode()
    head = request("POST", "/en/help", f"{HOST}{FORM}Content-Length: {len(body) + 10}\r\n")
    assert throw(site, head, body) < 500
    assert person.post("/en/help", {**NEED, "token": person.new_form()}).code


def test_the_throw_notices_a_fault(new_site):
    site = new_site(program=("tests.drills.faulty_serve", "broken"))
    site.start()
    assert throw(site, post(b"need=food")) == 500
