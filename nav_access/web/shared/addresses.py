"""Where a request comes from, as far as the configured proxy vouches for it."""

import logging
from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address

from flask import request

from nav_access.core.settings import Network
from nav_access.web.shared.installation import installation
from nav_access.web.shared.metrics import count_unvouched

log = logging.getLogger(__name__)

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
    known = read_address(address) if networks else None
    if known is None:
        return False
    found = ip_address(known)
    return any(found in network for network in networks)


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


class ProxyWatch:
    """Notices a proxy that NAV_TRUSTED_PROXY does not name, and says so once.

    What such a proxy says is not believed, so everybody behind it counts as one address and
    shares its limits: after a few wrong case codes nobody gets in.
    """

    def __init__(self) -> None:
        self._has_said = False

    def look(self) -> None:
        """Look at a request: does something near by speak for somebody else?"""
        if "HTTP_X_FORWARDED_FOR" not in request.environ:
            return
        peer = read_address(request.remote_addr or "")
        if peer is None or not is_unnamed_proxy(peer, installation().settings.trusted_proxies):
            return
        count_unvouched()
        if not self._has_said:
            self._has_said = True
            log.warning(
                "Requests come through a proxy at %s that NAV_TRUSTED_PROXY does not name: "
                "everybody behind it shares one address and its limits.",
                peer,
            )


def is_unnamed_proxy(address: str, proxies: Sequence[Network]) -> bool:
    """Say whether an address that forwards is on this machine or network, and not named."""
    return not is_within(address, proxies) and ip_address(address).is_private
