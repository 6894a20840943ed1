"""E-mail through an SMTP server, over TLS with its certificate checked."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from nav_access.core.clock import Clock, system_clock
from nav_access.core.message_settings import Server
from nav_access.web.messages.carrying import NotTaken, Parcel

TIMEOUT_S = 10
_FOR_GOOD = range(500, 600)


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server at NAV_SMTP_URL; `sender` is the address messages come from."""

    server: Server
    sender: str
    clock: Clock = system_clock
    is_real: bool = True

    def carry(self, parcel: Parcel) -> None:
        """Hand one e-mail over; an address the server knows is wrong is not tried again."""
        try:
            letter = self._letter(parcel)
        except (ValueError, HeaderParseError) as error:
            raise NotTaken("no_such_address", is_final=True) from error
        self._hand_over(letter, to_ascii_domain(parcel.address))

    def _hand_over(self, letter: EmailMessage, address: str) -> None:
        try:
            with self._connected() as smtp:
                smtp.send_message(letter, to_addrs=[address])
        except smtplib.SMTPRecipientsRefused as error:
            ((code, _),) = error.recipients.values()
            raise NotTaken(f"smtp_{code}", is_final=code in _FOR_GOOD) from error
        except smtplib.SMTPResponseException as error:
            raise NotTaken(f"smtp_{error.smtp_code}", is_away=True) from error
        except smtplib.SMTPNotSupportedError as error:
            raise NotTaken("smtp_not_supported") from error
        except ssl.SSLError as error:
            raise NotTaken("no_trust", is_away=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotTaken("no_answer", is_away=True) from error

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        trust = ssl.create_default_context()
        smtp = self._open(trust)
        try:
            if self.server.scheme == "smtp+starttls":
                smtp.starttls(context=trust)
            if self.server.user:
                smtp.login(self.server.user, self.server.password or "")
            yield smtp
        finally:
            # What was taken stays taken, however the server says goodbye.
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            smtp.close()

    def _open(self, trust: ssl.SSLContext) -> smtplib.SMTP:
        where = (self.server.host, self.server.port)
        if self.server.scheme == "smtps":
            return smtplib.SMTP_SSL(*where, timeout=TIMEOUT_S, context=trust)
        return smtplib.SMTP(*where, timeout=TIMEOUT_S)

    def _letter(self, parcel: Parcel) -> EmailMessage:
        letter = EmailMessage()
        letter["From"] = self.sender
        letter["To"] = Address(addr_spec=to_ascii_domain(parcel.address))
        letter["Subject"] = parcel.wording.subject or ""
        letter["Date"] = format_datetime(self.clock())
        # The same message, sent again, is the same: servers and readers show it once.
        domain = self.sender.partition("@")[2]
        letter["Message-ID"] = f"<{sha256(parcel.once.encode()).hexdigest()[:32]}@{domain}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(parcel.wording.text)
        return letter


def to_ascii_domain(address: str) -> str:
    """Return an address with its domain as mail servers know it: blåbær.no is xn--…"""
    name, _, domain = address.rpartition("@")
    return f"{name}@{domain.encode('idna').decode()}"
