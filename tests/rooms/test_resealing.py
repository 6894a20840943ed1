"""A rotation reaches all that a case holds: its key, the phone index, its code."""

import pytest
from sqlalchemy import select

import nav_access.intake.resealing  # noqa: F401 - declares what the room holds
from nav_access.core.references import CaseCode
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.registry import resealers
from nav_access.core.security.sealing import blind_index
from nav_access.intake import access
from nav_access.intake.models import Case, Reaching
from nav_access.intake.sealing import open_reaching, open_seal
from tests.desk_factory import Desk


@pytest.fixture
def desk(database, keyring, now):
    return Desk(database, keyring, now)


OURS = {"case keys", "phone index"}


def reencrypt(desk):
    for resealer in (one for one in resealers() if one.name in OURS):
        cursor, rounds = None, 0
        while rounds == 0 or cursor is not None:
            rounds += 1
            with desk.database.unit_of_work() as session:
                cursor = resealer.reseal_batch(session, desk.keyring, cursor, 2)


def rotate(desk, keys_file):
    """Add a root key and give the desk the keyring that seals with it."""
    Keyring.rotate(keys_file)
    desk.keyring = Keyring.load(keys_file)
    return desk.keyring


def in_use(desk, name):
    with desk.database.read_session() as session:
        return next(r.key_ids_in_use(session) for r in resealers() if r.name == name)


def test_case_keys_and_the_index_move_to_the_new_key(desk, keys_file):
    for _ in range(5):
        desk.receive()
    keyring = rotate(desk, keys_file)
    reencrypt(desk)
    assert in_use(desk, "case keys") == in_use(desk, "phone index") == {keyring.active_id}


def test_what_was_sealed_still_opens(desk, keys_file):
    desk.receive()
    keyring = rotate(desk, keys_file)
    reencrypt(desk)
    with desk.database.read_session() as session:
        case, reaching = session.execute(select(Case, Reaching).join(Reaching)).one()
    phone = open_reaching(open_seal(keyring, case), case.number, "phone", reaching.phone_sealed)
    assert phone == "+4791234567"
    assert reaching.phone_index == blind_index(keyring, phone)


def test_a_code_opens_its_case_after_the_old_key_is_gone(desk, keys_file, now):
    receipt = desk.receive()
    old, keyring = desk.keyring.active_id, rotate(desk, keys_file)
    reencrypt(desk)
    Keyring.retire(keys_file, old, in_use=in_use(desk, "case keys"))
    with desk.database.unit_of_work() as session:
        entry = access.try_code(
            session,
            CaseCode(receipt.number, receipt.key),
            address="192.0.2.1",
            is_shared_network=False,
            keyring=Keyring.load(keys_file),
            now=now,
        )
        assert session.scalars(select(Case)).one().verifier.startswith(keyring.active_id)
    assert entry is access.Entry.OPENED
