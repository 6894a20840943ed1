"""Where a request comes from, as far as the configured proxy vouches for it."""

from collections.abc import Sequence
from ipaddress import ip_address

from flask import request

from nav_access.core.settings import Network
from nav_access.web.shared.installation import installation


def client_address() -> str:
    """Return the address of whoever asks; what the client itself wrote does not count."""
    proxies = installation().settings.trusted_proxies
    return find_client(request.remote_addr, request.headers.get("X-Forwarded-For"), proxies)


def find_client(peer: str | None, forwarded: str | None, proxies: Sequence[Network]) -> str:
    """Walk back from the peer: past each trusted proxy to the hop it vouches for."""
    address = peer or "0.0.0.0"  # noqa: S104 - a name for «unknown», nothing listens on it
    hops = [hop.strip() for hop in (forwarded or "").split(",") if hop.strip()]
    while hops and is_within(address, proxies):
        address = hops.pop()
    return address if _is_address(address) else peer or "0.0.0.0"  # noqa: S104 - as above


def is_shared_network(address: str) -> bool:
    """Say whether many people are known to share this address (offices, libraries)."""
    return is_within(address, installation().settings.shared_networks)


def is_within(address: str, networks: Sequence[Network]) -> bool:
    """Say whether an address lies in one of the networks; garbage lies in none."""
    if not _is_address(address):
        return False
    parsed = ip_address(address)
    return any(parsed in network for network in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
