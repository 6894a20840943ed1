"""Where a request comes from, as far as the configured proxy vouches for it."""

from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address

from flask import request

from nav_access.core.settings import Network
from nav_access.web.shared.installation import installation

UNKNOWN = "0.0.0.0"  # noqa: S104 - a name for «unknown», nothing listens on it


def client_address() -> str:
    """Return the address of whoever asks; what the client itself wrote does not count."""
    proxies = installation().settings.trusted_proxies
    return find_client(request.remote_addr, request.headers.get("X-Forwarded-For"), proxies)


def find_client(peer: str | None, forwarded: str | None, proxies: Sequence[Network]) -> str:
    """Walk back from the peer: past each trusted proxy to the hop it vouches for."""
    address = read_address(peer or "") or UNKNOWN
    hops = [read_address(hop) for hop in (forwarded or "").split(",") if hop.strip()]
    while hops and is_within(address, proxies):
        hop = hops.pop()
        if hop is None:
            break
        address = hop
    return address


def is_shared_network(address: str) -> bool:
    """Say whether many people are known to share this address (offices, libraries)."""
    return is_within(address, installation().settings.shared_networks)


def is_within(address: str, networks: Sequence[Network]) -> bool:
    """Say whether an address lies in one of the networks; garbage lies in none."""
    known = read_address(address)
    return known is not None and any(ip_address(known) in network for network in networks)


def read_address(text: str) -> str | None:
    """Return an address as proxies write it: with a port, in brackets, or mapped into IPv6."""
    written = text.strip()
    if written.startswith("["):
        written = written[1:].partition("]")[0]
    elif written.count(":") == 1:
        written = written.partition(":")[0]
    try:
        found = ip_address(written.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return str(mapped or found)
