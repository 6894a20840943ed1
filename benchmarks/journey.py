"""Asking for help on a slow phone: bytes both ways with TLS 1.3, and the seconds they take.

A fresh connection: front page, form, receipt. The bytes are those the real server sends, put
through a real TLS 1.3 session with a two-certificate chain. The time is a model of the link: a
round trip each for the name, the connection, TLS and every request, and the bytes at its speed.
"""

import ssl
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_connection
from urllib.parse import urlencode

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from benchmarks.served_speed import TOKEN
from nav_access.core.i18n.locales import list_offered
from tests.live import live_site

HOST = "sosial.example.no"
LINKS = ((40_000, 0.6, 7.5), (20_000, 1.0, 13.5))
"""Bits a second, seconds a round trip, and the most seconds the journey should take."""
MOST_DOWN, MOST_UP = 13.5, 3.5
ROUND_TRIPS = 6
PHONE = (
    "User-Agent: Nokia2690/2.0 (10.10) Profile/MIDP-2.1 Configuration/CLDC-1.1 Opera Mini\r\n"
    "Accept: text/html, application/xhtml+xml, */*\r\n"
    "Accept-Language: nb-NO, nb;q=0.9, en;q=0.5\r\n"
    "Accept-Encoding: gzip\r\nConnection: keep-alive\r\n"
)
FILLED = {
    "need": "food",
    "acute": "no_food_today",
    "place": "0150",
    "reach": "call",
    "phone": "400 00 000",
    "email": "",
    "when": "any",
    "voicemail": "no",
    "say_who": "no",
    "speak": "norsk",
    "name": "Kari Nordmann",
    "message": "Jeg har ikke penger til mat før torsdag.",
    "website": "",
}


@dataclass
class Traffic:
    """Bytes on the wire both ways, TLS included."""

    down: int = 0
    up: int = 0


class Tunnel:
    """Both ends of a TLS 1.3 connection in memory; counts what passes between them."""

    def __init__(self, folder: Path) -> None:
        self.traffic = Traffic()
        server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.minimum_version = ssl.TLSVersion.TLSv1_3
        server.load_cert_chain(make_chain(folder))
        client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        client.load_verify_locations(folder / "root.pem")
        self._ins = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._outs = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._client = client.wrap_bio(self._ins[0], self._outs[0], server_hostname=HOST)
        self._server = server.wrap_bio(self._ins[1], self._outs[1], server_side=True)
        self._shake_hands()

    def _shake_hands(self) -> None:
        waiting = [self._client, self._server]
        while waiting:
            for end in tuple(waiting):
                try:
                    end.do_handshake()
                    waiting.remove(end)
                except ssl.SSLWantReadError:
                    pass
                self._carry()

    def _carry(self) -> None:
        """Carry what each end has to say to the other."""
        up, down = self._outs[0].read(), self._outs[1].read()
        self.traffic.up += len(up)
        self.traffic.down += len(down)
        self._ins[1].write(up)
        self._ins[0].write(down)

    def ask(self, request: bytes, answer: bytes) -> None:
        """Send a request one way and its answer the other."""
        self._client.write(request)
        self._carry()
        self._server.write(answer)
        self._carry()


def make_chain(folder: Path) -> Path:
    """Write a leaf with its key and an intermediate as sites have them, and the root apart."""
    root_key, root = _certificate("Root", None, None)
    middle_key, middle = _certificate("Intermediate CA R11", root_key, root)
    key, leaf = _certificate(HOST, middle_key, middle, is_site=True)
    (folder / "root.pem").write_bytes(_pem(root))
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "chain.pem").write_bytes(secret + _pem(leaf) + _pem(middle))
    return folder / "chain.pem"


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _certificate(
    name: str,
    signer: ec.EllipticCurvePrivateKey | None,
    issuer: x509.Certificate | None,
    *,
    is_site: bool = False,
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer_key = signer or key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=90))
        .add_extension(x509.BasicConstraints(ca=not is_site, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
    )
    if is_site:
        names = x509.SubjectAlternativeName([x509.DNSName(HOST), x509.DNSName(f"www.{HOST}")])
        # Two certificate-transparency stamps of 119 bytes, as every public certificate carries.
        stamps = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), bytes(240))
        builder = builder.add_extension(names, critical=False).add_extension(stamps, critical=False)
    return key, builder.sign(issuer_key, hashes.SHA256())


def send(port: int, raw: bytes) -> bytes:
    """Send raw bytes to the server on a connection of their own and return the whole answer."""
    with closing(create_connection(("127.0.0.1", port))) as line:
        line.sendall(raw)
        heard = b""
        while not is_whole(heard):
            heard += line.recv(65536)
    return heard


def is_whole(heard: bytes) -> bool:
    """Say whether a request or an answer has come with all its bytes."""
    head, separator, body = heard.partition(b"\r\n\r\n")
    lines = [line.lower() for line in head.split(b"\r\n")]
    length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
    return bool(separator) and len(body) >= length


def request(method: str, path: str, body: str = "") -> bytes:
    """Write a request as a basic phone does."""
    form = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\n{PHONE}{form if body else ''}\r\n"
    return (head + body).encode()


def walk(port: int, lang: str, folder: Path) -> Traffic:
    """Go from the front page to the receipt and return what it took."""
    plain = send(port, request("GET", f"/{lang}/help").replace(b"Encoding: gzip", b"Encoding: x"))
    token = TOKEN.findall(plain.decode())[0]
    tunnel = Tunnel(folder)
    for asked in (
        request("GET", f"/{lang}/"),
        request("GET", f"/{lang}/help"),
        request("POST", f"/{lang}/help", urlencode({**FILLED, "token": token})),
    ):
        answer = send(port, asked)
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(answer[:200])
        tunnel.ask(asked, answer)
    return tunnel.traffic


def seconds(traffic: Traffic, speed: int, round_trip: float) -> float:
    """Return how long the journey takes on a link."""
    return ROUND_TRIPS * round_trip + (traffic.down + traffic.up) * 8 / speed


def main() -> None:
    """Print one line a language."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with live_site(folder, NAV_TRUSTED_HOSTS=f"{HOST} 127.0.0.1") as site:
            port = int(site.url.rpartition(":")[2])
            walks = {one.path: walk(port, one.path, folder) for one in list_offered()}
        hands = Tunnel(folder).traffic
    print(f"TLS 1.3 handshake alone: {hands.down} bytes down, {hands.up} up; 3 requests")
    slow = "".join(f"{f'{bits // 1000} kbit/s':>11}" for bits, _, _ in LINKS)
    print(f"{'':<6}{'KB down':>9}{'KB up':>7}{slow}")
    for lang, traffic in walks.items():
        times = "".join(f"{seconds(traffic, bits, trip):>9.1f} s" for bits, trip, _ in LINKS)
        print(f"{lang:<6}{traffic.down / 1000:>9.1f}{traffic.up / 1000:>7.1f}{times}")
    aims = "".join(f"{f'≤ {most} s':>11}" for _, _, most in LINKS)
    print(f"{'aim':<6}{f'≤ {MOST_DOWN}':>9}{f'≤ {MOST_UP}':>7}{aims}")


if __name__ == "__main__":
    main()
