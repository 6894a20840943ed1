"""A real OpenID Connect provider on this machine, and somebody's way through its pages."""

import json
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, build_opener

FOLDER = Path(__file__).parent / "browser"
PUBLIC_URL = "https://access.example.org"
SECRET = "a-secret-of-the-tests-alone-123456"
DOORS = ("partner", "desk", "contact-centre")
ORGANISATION = "912345678"
OFFICES = "987654321"
MOST_STEPS = 8


def account(login: str, **changes: object) -> dict[str, object]:
    """Return an account of the provider; `changes` replace what it says, `acr` its level.

    With an `id` it is another way to sign in to the account of this name.
    """
    how = {"acr": changes.pop("acr", "high"), "id": changes.pop("id", None)}
    claims = {
        "email": f"{login}@people.example",
        "email_verified": True,
        "organisation_number": ORGANISATION,
    }
    return how | {"claims": claims | changes}


ACCOUNTS: Mapping[str, object] = {
    "partner": account("partner"),
    "weak": account("partner", acr="low"),
    "weak, with two steps": account("partner", id="weak"),
    "unverified": account("partner", email_verified=False),
    "elsewhere": account("partner", organisation_number="999999999"),
    "homeless": account("partner", organisation_number=None),
    "namesake": account("partner"),
    "stranger": account("stranger"),
    "desk": account("desk", organisation_number=f"0192:{OFFICES}"),
}


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing by itself."""


@dataclass
class RealProvider:
    """A provider that is running, and a browser at its pages."""

    port: int
    opener: OpenerDirector = field(
        default_factory=lambda: build_opener(_NoRedirects, HTTPCookieProcessor(CookieJar()))
    )

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def settings(self, **changes: str) -> dict[str, str]:
        """Return the settings of a site that uses this provider."""
        return {
            "NAV_PUBLIC_URL": PUBLIC_URL,
            "NAV_OIDC_ISSUER": self.issuer,
            "NAV_OIDC_CLIENT_ID": "site",
            "NAV_OIDC_CLIENT_SECRET": SECRET,
            "NAV_OIDC_ACR": "high",
            "NAV_OIDC_SCOPE": "openid email organisation",
            "NAV_OIDC_DOORS": "partner desk contact_centre",
            "NAV_OIDC_ORGANISATIONS": OFFICES,
        } | changes

    def walk(self, address: str, login: str) -> str:
        """Go through the provider's pages as somebody new; return where it sends the browser."""
        self.opener = build_opener(_NoRedirects, HTTPCookieProcessor(CookieJar()))
        return self.go_on(address, login)

    def go_on(self, address: str, login: str | None) -> str:
        """Go through the provider's pages in the same browser; `login` is for when it asks.

        Without one it must know already.
        """
        for _ in range(MOST_STEPS):
            is_asked = "/interaction/" in address
            assert login is not None or not is_asked, "the provider asks who it is"
            sent = urlencode({"login": login}).encode() if is_asked else None
            status, headers = self._open(address, sent)
            assert status in (302, 303), f"the provider answers {status} at {address}"
            address = urljoin(address, headers["Location"])
            if address.startswith(PUBLIC_URL):
                return address.removeprefix(PUBLIC_URL)
        raise AssertionError("the provider sends the browser around in a ring")

    def _open(self, address: str, sent: bytes | None) -> tuple[int, Mapping[str, str]]:
        try:
            with self.opener.open(address, sent, timeout=10) as answer:
                return answer.status, answer.headers
        except HTTPError as answer:
            return answer.code, answer.headers


@contextmanager
def run_provider() -> Iterator[RealProvider]:
    """Run a provider until the block is left."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    given = {
        "port": port,
        "redirects": [f"{PUBLIC_URL}/{door}/sign-in/answer" for door in DOORS],
        "afterwards": [f"{PUBLIC_URL}/{door}/sign-in?done=yes" for door in DOORS],
        "accounts": ACCOUNTS,
    }
    command = ["node", "oidc_provider.mjs", json.dumps(given)]
    process = subprocess.Popen(
        command, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        if process.stdout.readline().strip() != "ready":
            raise RuntimeError(process.communicate()[1])
        try:
            yield RealProvider(port)
        finally:
            process.terminate()
