"""What a provider publishes of itself: its addresses and its keys, fetched seldom and kept."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nav_access.staff.provider.errors import ProviderDown
from nav_access.staff.provider.fetching import get

KEPT_S = 3600.0
AGAIN_S = 60.0
"""Keys are asked for again when one is unknown, but not by everybody who makes one up."""
_ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass
class _Kept:
    found: dict[str, Any]
    at: float


class Documents:
    """The published documents of one issuer."""

    def __init__(self, issuer: str, *, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._issuer, self._elapsed = issuer, elapsed
        self._kept: dict[str, _Kept] = {}
        self._lock = threading.Lock()

    def metadata(self) -> dict[str, Any]:
        """Return the discovery document; raise ProviderDown, also when it is another's."""
        address = self._issuer.rstrip("/") + "/.well-known/openid-configuration"
        return self._get(address, KEPT_S, self._is_right)

    def keys(self, *, is_unknown: bool = False) -> dict[str, Any]:
        """Return the keys it signs with; fetched anew when one `is_unknown`, once a minute."""
        age = AGAIN_S if is_unknown else KEPT_S
        return self._get(self.metadata()["jwks_uri"], age, lambda found: "keys" in found)

    def _get(
        self, address: str, age: float, is_right: Callable[[dict[str, Any]], bool]
    ) -> dict[str, Any]:
        with self._lock:
            kept = self._kept.get(address)
            if kept is not None and self._elapsed() - kept.at < age:
                return kept.found
        # Fetched while nobody is kept waiting; two at once fetch the same.
        found = get(address)
        if not is_right(found):
            raise ProviderDown
        with self._lock:
            self._kept[address] = _Kept(found, self._elapsed())
        return found

    def _is_right(self, found: dict[str, Any]) -> bool:
        has_all = all(self._may_be_asked(found.get(name)) for name in _ADDRESSES)
        return found.get("issuer") == self._issuer and has_all

    def _may_be_asked(self, address: object) -> bool:
        """Say whether an address is as safe as the issuer's own."""
        scheme = self._issuer.partition("://")[0]
        return isinstance(address, str) and address.startswith((f"{scheme}://", "https://"))
