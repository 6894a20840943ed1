"""Facts the pages state (numbers to ring, references to law), read once from facts.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FACTS_FILE = Path(__file__).parents[1] / "facts.toml"


@dataclass(frozen=True, slots=True)
class ServicePhone:
    """The number on every page. `number` is E.164; hours are local, on weekdays."""

    number: str
    shown: str
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What the accessibility statement says beside what was tested; `faults` are codes."""

    reference: str
    authority: str
    """The address of the authority that sees to it."""
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person last checked, and when."""

    last_checked: date
    service_phone: ServicePhone
    emergency: dict[str, str]
    law: dict[str, str]
    leave_address: str
    """Where «leave quickly» leads: a page nobody wonders about."""
    data_protection_authority: str
    """The address of the authority that takes complaints about privacy."""
    accessibility: Accessibility


@cache
def load_facts() -> Facts:
    """Return the facts; they change only with a new release."""
    raw = tomllib.loads(FACTS_FILE.read_text(encoding="utf-8"))
    return Facts(
        last_checked=raw["last_checked"],
        service_phone=ServicePhone(**raw["service_phone"]),
        emergency=raw["emergency"],
        law={entry["key"]: entry["reference"] for entry in raw["law"]},
        leave_address=raw["leave"]["address"],
        data_protection_authority=raw["privacy"]["authority"],
        accessibility=Accessibility(
            **raw["accessibility"] | {"faults": tuple(raw["accessibility"]["faults"])}
        ),
    )
