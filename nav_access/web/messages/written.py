"""Where no gateway is set up: messages are written to a file of the instance and the console."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from nav_access.messaging.codes import MessageChannel
from nav_access.web.messages.carrying import NotTaken, Parcel

FILE = "outbox.txt"
MASK = "\N{BULLET}"


@dataclass(frozen=True, slots=True)
class WrittenOutbox:
    """A file anyone at the machine can read: so nobody's whole number or address is in it."""

    folder: Path
    channel: MessageChannel
    is_real: bool = False

    def carry(self, parcel: Parcel) -> None:
        """Add one message to the end of the file, and show it where the process was started."""
        subject = f"{parcel.wording.subject}\n" if parcel.wording.subject else ""
        head = f"--- {self.channel} to {mask(parcel.address)}, not sent ({parcel.once})"
        entry = f"{head}\n{subject}{parcel.wording.text}\n\n"
        try:
            self._append(entry.encode())
        except OSError as error:
            raise NotTaken("not_written", is_away=True) from error
        print(entry, end="", file=sys.stderr, flush=True)

    def _append(self, entry: bytes) -> None:
        # One write: several processes may be at it.
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        handle = os.open(self.folder / FILE, flags, 0o600)
        try:
            os.write(handle, entry)
        finally:
            os.close(handle)


def mask(address: str) -> str:
    """Return an address of which only so much is left that its owner would know it."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}{MASK * 3}@{domain}" if at else f"{MASK * 6}{address[-2:]}"
