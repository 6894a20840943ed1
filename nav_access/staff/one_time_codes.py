"""Staff's one-time-code secrets, sealed with the keyring and reached by a rotation."""

from nav_access.core.security.keyring import Keyring
from nav_access.core.security.registry import ColumnResealer, Cursor, register
from nav_access.core.security.sealing import open_with_keyring, reseal, seal_with_keyring
from nav_access.staff.models import StaffMember

PURPOSE = "staff-totp"
NOBODYS_SECRET = "A" * 32
"""What codes are compared with for an unknown person, so that the answer takes as long."""


def seal_secret(keyring: Keyring, staff_id: int, secret: str) -> bytes:
    """Seal a secret for one person's row."""
    return seal_with_keyring(keyring, secret.encode(), purpose=PURPOSE, aad=_place(staff_id))


def open_secret(keyring: Keyring, staff_id: int, sealed: bytes) -> str:
    """Return the secret sealed for this person's row."""
    return open_with_keyring(keyring, sealed, purpose=PURPOSE, aad=_place(staff_id)).decode()


def _reseal(keyring: Keyring, staff_id: Cursor, sealed: bytes) -> bytes:
    return reseal(keyring, sealed, purpose=PURPOSE, aad=_place(staff_id))


def _place(staff_id: Cursor) -> str:
    return f"{StaffMember.__tablename__}|{staff_id}|totp_secret_sealed"


register(
    ColumnResealer(
        name="staff one-time codes",
        key=StaffMember.id,
        column=StaffMember.totp_secret_sealed,
        reseal=_reseal,
    )
)
