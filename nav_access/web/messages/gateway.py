"""Texts through a gateway that takes them by plain HTTP, as Kannel's «sendsms» does."""

from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import quote, urlencode

from nav_access.core.message_settings import MessageSettings, Server
from nav_access.messaging.reports import sign_report
from nav_access.messaging.segments import Alphabet, find_alphabet
from nav_access.web.messages.carrying import NotTaken, Parcel

TIMEOUT_S = 10
REPORTS_WANTED = 1 + 2 + 16
"""Kannel's mask: delivered, not delivered, refused by the network."""

_CODINGS = {Alphabet.GSM7: "0", Alphabet.UCS2: "2"}


@dataclass(frozen=True, slots=True)
class Gateway:
    """The gateway at NAV_SMS_URL."""

    server: Server
    sender: str
    reports: str | None = None
    secret: str | None = None
    is_real: bool = True

    @classmethod
    def from_settings(cls, settings: MessageSettings, server: Server) -> "Gateway":
        """Return the gateway these settings name."""
        address = settings.public_url
        reports = f"{address}/sms/report" if address and settings.sms_secret else None
        return cls(server, settings.sms_sender or "", reports, settings.sms_secret)

    def carry(self, parcel: Parcel) -> None:
        """Hand one text over; any answer of the 200s means that the gateway has it."""
        status = self._ask(parcel)
        if not 200 <= status < 300:
            # Never final: what a gateway refuses today is most often its own setting-up.
            raise NotTaken(f"http_{status}", is_away=status in (401, 403, 404) or status >= 500)

    def _ask(self, parcel: Parcel) -> int:
        connection = self._connect()
        try:
            connection.request("GET", self._target(parcel), headers=self._headers(parcel))
            with connection.getresponse() as answer:
                answer.read(1000)
                return answer.status
        except (OSError, HTTPException) as error:
            raise NotTaken("no_answer", is_away=True) from error
        finally:
            connection.close()

    def _connect(self) -> HTTPConnection:
        make = HTTPSConnection if self.server.scheme == "https" else HTTPConnection
        return make(self.server.host, self.server.port, timeout=TIMEOUT_S)

    def _target(self, parcel: Parcel) -> str:
        query = urlencode(self._fields(parcel), quote_via=quote)
        return f"{self.server.target}{'&' if '?' in self.server.target else '?'}{query}"

    def _headers(self, parcel: Parcel) -> dict[str, str]:
        return {"Idempotency-Key": quote(parcel.once, safe="")}

    def _fields(self, parcel: Parcel) -> dict[str, str]:
        text = parcel.wording.text
        fields = {
            "username": self.server.user or "",
            "password": self.server.password or "",
            "from": self.sender,
            "to": parcel.address,
            "text": text,
            "charset": "UTF-8",
            "coding": _CODINGS[find_alphabet(text)],
        }
        return fields | self._report(parcel.once)

    def _report(self, once: str) -> dict[str, str]:
        if self.reports is None or self.secret is None:
            return {}
        named = urlencode({"id": once, "key": sign_report(self.secret, once)}, quote_via=quote)
        # The gateway puts the outcome's number where %d stands.
        return {"dlr-mask": str(REPORTS_WANTED), "dlr-url": f"{self.reports}?{named}&is=%d"}
