"""A real SMTP server for tests: TLS at once or when asked for, a password, refusals on demand."""

import base64
import datetime as dt
import email
import email.policy
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as forms
from cryptography.hazmat.primitives.asymmetric import ec

USER, PASSWORD = "nav", "p@ss word"
CREDENTIALS = f"\0{USER}\0{PASSWORD}".encode()


class SmtpServer(ThreadingTCPServer):
    """What it was given is in `received`. It answers `refusals` by the command they are for."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, trust: ssl.SSLContext, *, is_tls_at_once: bool) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.trust, self.is_tls_at_once = trust, is_tls_at_once
        self.received: list[EmailMessage] = []
        self.refusals: dict[str, str] = {}
        self.tries = 0

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent when a client hangs up: some tests are about that."""


class _Conversation(StreamRequestHandler):
    """One client, from greeting to QUIT."""

    server: SmtpServer
    is_safe = False
    is_known = False

    def handle(self) -> None:
        self.server.tries += 1
        if self.server.is_tls_at_once:
            self._begin_tls()
        if not self._refuses("GREETING"):
            self._say("220 test ready")
        while line := self.rfile.readline():
            command, _, rest = line.decode().strip().partition(" ")
            if not self._refuses(command.upper()):
                getattr(self, f"on_{command.lower()}", self._on_unknown)(rest)

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def on_ehlo(self, _: str) -> None:
        offered = ["8BITMIME", "SMTPUTF8", "AUTH PLAIN" if self.is_safe else "STARTTLS"]
        self._say("250-test", *(f"250-{name}" for name in offered[:-1]), f"250 {offered[-1]}")

    def on_starttls(self, _: str) -> None:
        self._say("220 go on")
        self._begin_tls()

    def on_auth(self, rest: str) -> None:
        self.is_known = base64.b64decode(rest.partition(" ")[2]) == CREDENTIALS
        self._say("235 welcome" if self.is_known else "535 who are you")

    def on_mail(self, _: str) -> None:
        self._say("250 ok" if self.is_safe and self.is_known else "530 not like this")

    def on_rcpt(self, _: str) -> None:
        self._say("250 ok")

    def on_rset(self, _: str) -> None:
        self._say("250 ok")

    def on_quit(self, _: str) -> None:
        self._say("221 bye")

    def on_data(self, _: str) -> None:
        self._say("354 go on")
        lines = list(iter(self.rfile.readline, b".\r\n"))
        content = b"".join(line.removeprefix(b".") for line in lines)
        letter = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        self.server.received.append(letter)
        self._say("250 taken")

    def _on_unknown(self, _: str) -> None:
        self._say("502 what")

    def _refuses(self, command: str) -> bool:
        refusal = self.server.refusals.get(command)
        if refusal:
            self._say(refusal)
        return refusal is not None

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def _begin_tls(self) -> None:
        self.connection = self.server.trust.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.is_safe = True


@contextmanager
def smtp_server(folder: Path, *, is_tls_at_once: bool = False) -> Iterator[SmtpServer]:
    """Serve until the block ends; `folder/trust.pem` is what a client must believe in."""
    make_certificate(folder)
    trust = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trust.load_cert_chain(folder / "trust.pem", folder / "key.pem")
    with SmtpServer(trust, is_tls_at_once=is_tls_at_once) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


def make_certificate(folder: Path) -> None:
    """Write a certificate for «localhost» that is its own authority, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now, day = dt.datetime.now(dt.UTC), dt.timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "trust.pem").write_bytes(certificate.public_bytes(forms.Encoding.PEM))
    shape = (forms.Encoding.PEM, forms.PrivateFormat.PKCS8, forms.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(*shape))
