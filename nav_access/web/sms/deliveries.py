"""Reading what a gateway delivers: Kannel's own post, or plain form fields; never a fault.

Kannel's `post-url` sends the text as the body in the alphabet its Content-Type names, the sender
in X-Kannel-From and the rest where its configuration puts it (`?id=%I&ts=%T`). Other gateways
send a form: from, to, text, id, charset, coding, ts.
"""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from nav_access.core.references import digits_of
from nav_access.web.shared.fields import clean, parse_phone

MOST_FIELDS = 40
MOST_CHARACTERS = 2000
MOST_OF_AN_ID = 200
FEWEST_DIGITS = 8
"""Of a person's phone; services text from shorter ones."""

_UCS2 = "utf-16-be"
_CODING_UCS2 = frozenset({"2", "3"})
_ALPHABETS = {
    "utf-8": "utf-8",
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "iso8859-15": "iso8859-15",
    "cp1252": "cp1252",
    "utf-16-be": _UCS2,
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
}
_OTHER_NAMES = {"ucs-2": _UCS2, "ucs2": _UCS2, "utf16-be": _UCS2, "ucs-2be": _UCS2}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One text as it was delivered. `sender` is E.164, None when nobody could be answered."""

    sender: str | None
    receiver: str | None
    text: str
    gateway_id: str | None
    sent_utc: datetime | None


def read_fields(body: bytes) -> dict[str, bytes]:
    """Return a form's fields as the bytes they were, whatever alphabet they are in."""
    try:
        pairs = parse_qsl(
            body.decode("latin-1"),
            keep_blank_values=True,
            encoding="latin-1",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        return {}
    fields: dict[str, bytes] = {}
    for name, value in pairs:
        fields.setdefault(name, value.encode("latin-1"))
    return fields


def read_form(fields: Mapping[str, bytes]) -> Delivery | None:
    """Return the text that form fields hold; None when there is no text or no sender at all."""
    if "text" not in fields or "from" not in fields:
        return None
    words = {name: decode(value) for name, value in fields.items() if name != "text"}
    text = decode(fields["text"], words.get("charset", ""), words.get("coding", ""))
    return _delivery(words, text)


def read_kannel(
    headers: Mapping[str, str], query: Mapping[str, str], body: bytes, charset: str
) -> Delivery | None:
    """Return the text Kannel posted as a body; None when its header for the sender is missing."""
    if "X-Kannel-From" not in headers:
        return None
    words = {
        "from": headers["X-Kannel-From"],
        "to": headers.get("X-Kannel-To", ""),
        "id": query.get("id", ""),
        "ts": query.get("ts", "") or headers.get("X-Kannel-Time", ""),
    }
    return _delivery(words, decode(body, charset, headers.get("X-Kannel-Coding", "")))


def decode(data: bytes, charset: str = "", coding: str = "") -> str:
    """Return bytes as text, in the alphabet that was named if they can be in it at all."""
    for alphabet in (_find_alphabet(charset), _guess_alphabet(data, coding)):
        try:
            return data.decode(alphabet) if alphabet else data.decode()
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", "replace")


def parse_sender(text: str) -> str | None:
    """Return a sender as E.164, or None: names and short numbers are no people's phones.

    Gateways leave out the plus sign, or a form turned it into a space.
    """
    digits = digits_of(text)
    if len(digits) < FEWEST_DIGITS or any(character.isalpha() for character in text):
        return None
    return parse_phone(text) or parse_phone(f"+{digits}")


def _delivery(words: Mapping[str, str], text: str) -> Delivery:
    gateway_id = clean(words.get("id", ""))[:MOST_OF_AN_ID]
    return Delivery(
        sender=parse_sender(words["from"][:MOST_OF_AN_ID]),
        receiver=parse_sender(words.get("to", "")[:MOST_OF_AN_ID]),
        text=clean(text)[:MOST_CHARACTERS].strip(),
        gateway_id=gateway_id or None,
        sent_utc=_instant(words.get("ts", "")),
    )


def _find_alphabet(charset: str) -> str | None:
    name = charset.strip().strip('"').lower()
    if name in _OTHER_NAMES:
        return _OTHER_NAMES[name]
    try:
        return _ALPHABETS.get(codecs.lookup(name).name)
    except (LookupError, ValueError):
        return None


def _guess_alphabet(data: bytes, coding: str) -> str:
    """Return UCS-2 for a text said to be in it that is not readable UTF-8 without zero bytes."""
    if coding not in _CODING_UCS2 or len(data) % 2:
        return "utf-8"
    try:
        is_utf8 = b"\0" not in data and bool(data.decode())
    except UnicodeDecodeError:
        return _UCS2
    return "utf-8" if is_utf8 else _UCS2


def _instant(stamp: str) -> datetime | None:
    """Return a time stamp, in seconds since 1970 or as Kannel writes it, in UTC."""
    stamp = stamp.strip()
    try:
        if stamp.isascii() and stamp.isdigit():
            return datetime.fromtimestamp(int(stamp), UTC)
        found = datetime.fromisoformat(stamp)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None
