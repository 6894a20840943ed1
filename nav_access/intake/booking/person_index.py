"""Who somebody is for booking: a blind index, so that one person has one open booking."""

import hmac
from dataclasses import dataclass

from nav_access.core.security.keyring import Keyring
from nav_access.core.security.sealing import INDEX_BYTES
from nav_access.intake.codes import Reach
from nav_access.intake.models import Case, Reaching
from nav_access.intake.sealing import open_reaching, open_seal
from nav_access.offices.names import fold_name

PURPOSE = "booking-person"


@dataclass(frozen=True, slots=True)
class Person:
    """What tells people apart: the phone, and the name where one is given.

    Two people who share a helper's phone are two when they have names; without a name a
    helper's phone says nothing of who it is, and nobody is refused for it.
    """

    phone: str
    name: str


def find_person(reach: Reach, phone: str | None, name: str | None) -> Person | None:
    """Return whom a booking is for, None when nothing tells."""
    folded = fold_name(name or "")
    if phone is None or (reach is Reach.HELPER and not folded):
        return None
    return Person(phone, folded)


def person_of(keyring: Keyring, case: Case, reaching: Reaching) -> Person | None:
    """Return whom a case is about, as it is written there now."""
    seal = open_seal(keyring, case)
    phone = open_reaching(seal, case.number, "phone", reaching.phone_sealed)
    name = open_reaching(seal, case.number, "name", reaching.name_sealed)
    return find_person(reaching.reach, phone, name)


def index_person(keyring: Keyring, person: Person, key_id: str | None = None) -> bytes:
    """Return what a person is found by without being named: key id, then keyed HMAC."""
    used = key_id or keyring.active_id
    named = f"{person.phone}\0{person.name}".encode()
    return used.encode() + hmac.digest(keyring.subkey(PURPOSE, used), named, "sha256")[:INDEX_BYTES]


def older_indexes(keyring: Keyring, person: Person) -> tuple[bytes, ...]:
    """Return what the person may still be stored as while a rotation is under way."""
    return tuple(index_person(keyring, person, key_id) for key_id in keyring.ids[:-1])
