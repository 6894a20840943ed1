"""Delivery reports: the address a gateway calls names one message and is signed for it alone."""

import hmac
from hashlib import sha256


def sign_report(secret: str, once: str) -> str:
    """Return what shows that an address for reports was made by us for the message `once`."""
    return hmac.digest(secret.encode(), b"report" + once.encode(), sha256).hex()[:32]


def is_signed(secret: str, once: str, signature: str) -> bool:
    """Say whether a report's signature is the one given for this message."""
    return hmac.compare_digest(sign_report(secret, once).encode(), signature.encode())
