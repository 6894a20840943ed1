"""What keys, seals, tokens and codes cost in CPU. Run: python -m benchmarks.keys_and_seals"""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nav_access.core.references import is_key, make_verifier
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.passwords import hash_password, is_password
from nav_access.core.security.sealing import CaseSeal, blind_index
from nav_access.core.security.tokens import FormTokens, SealedTokens

NOW = datetime.now(UTC)
KEY, WRONG = "123456789012", "210987654321"
PLACE = {"table": "case_reaching", "row": "12345674", "column": "name"}
HOUR = timedelta(hours=1)


def main() -> None:
    """Print microseconds of CPU for each act."""
    with tempfile.TemporaryDirectory() as folder:
        keyring = Keyring.create(Path(folder) / "keys.json")
        for name, act in acts(keyring).items():
            print(f"{name:32} {cpu_us(act):10.1f} µs")


def cpu_us(act: Callable[[], object]) -> float:
    """Return the mean CPU time of `act` in microseconds, over about a third of a second."""
    act()
    times, start = 0, time.process_time()
    while (spent := time.process_time() - start) < 0.3:
        act()
        times += 1
    return spent / times * 1e6


def acts(keyring: Keyring) -> dict[str, Callable[[], object]]:
    """Return what is measured, by name."""
    return {**token_acts(keyring), **seal_acts(keyring), **secret_acts(keyring)}


def token_acts(keyring: Keyring) -> dict[str, Callable[[], object]]:
    """Return the acts on tokens."""
    forms, sealed = FormTokens(keyring), SealedTokens(keyring)
    form, case = forms.issue(NOW, "help"), sealed.seal({"case": "12345674"}, NOW, HOUR, "case")
    return {
        "form token, issue": lambda: forms.issue(NOW, "help"),
        "form token, read": lambda: forms.read(form, NOW, "help"),
        "sealed token, seal": lambda: sealed.seal({"case": "12345674"}, NOW, HOUR, "case"),
        "sealed token, open": lambda: sealed.open(case, NOW, "case"),
    }


def seal_acts(keyring: Keyring) -> dict[str, Callable[[], object]]:
    """Return the acts on a case's personal columns."""
    seal = CaseSeal.new(keyring, "12345674")
    sealed = seal.seal("Kari Nordmann", **PLACE)
    return {
        "case, new key": lambda: CaseSeal.new(keyring, "12345674"),
        "case, open key": lambda: CaseSeal.open(keyring, seal.wrapped, "12345674"),
        "column, seal": lambda: seal.seal("Kari Nordmann", **PLACE),
        "column, open": lambda: seal.open_text(sealed, **PLACE),
        "phone, blind index": lambda: blind_index(keyring, "+4740000000"),
    }


def secret_acts(keyring: Keyring) -> dict[str, Callable[[], object]]:
    """Return the acts on case keys and passwords; right, wrong and unknown should be alike."""
    verifier, hashed = make_verifier(keyring, "12345674", KEY), hash_password("right")
    return {
        "case key, make verifier": lambda: make_verifier(keyring, "12345674", KEY),
        "case key, right": lambda: is_key(keyring, verifier, "12345674", KEY),
        "case key, wrong": lambda: is_key(keyring, verifier, "12345674", WRONG),
        "case key, unknown case": lambda: is_key(keyring, None, "12345674", KEY),
        "password, right": lambda: is_password(hashed, "right"),
        "password, wrong": lambda: is_password(hashed, "wrong"),
        "password, unknown person": lambda: is_password(None, "right"),
    }


if __name__ == "__main__":
    main()
