"""Opening and sealing a case's personal columns with the case's own key."""

from nav_access.core.security.keyring import Keyring
from nav_access.core.security.sealing import CaseSeal
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.models import Case, CaseEvent, Reaching


def open_seal(keyring: Keyring, case: Case) -> CaseSeal:
    """Return the case's seal; raise CaseNotFound when the case has been erased."""
    if case.wrapped_key is None:
        raise CaseNotFound
    return CaseSeal.open(keyring, case.wrapped_key, case.number)


def seal_reaching(seal: CaseSeal, number: str, column: str, text: str | None) -> bytes | None:
    """Return `text` sealed for one column of case_reaching; nothing stays nothing."""
    if not text:
        return None
    return seal.seal(text, table=Reaching.__tablename__, row=number, column=column)


def open_reaching(seal: CaseSeal, number: str, column: str, sealed: bytes | None) -> str | None:
    """Return the text of one sealed column of case_reaching."""
    if sealed is None:
        return None
    return seal.open_text(sealed, table=Reaching.__tablename__, row=number, column=column)


def seal_event_text(seal: CaseSeal, number: str, seq: int, text: str | None) -> bytes | None:
    """Return the free text of one event, sealed to its place in the case's list."""
    if not text:
        return None
    row = f"{number}/{seq}"
    return seal.seal(text, table=CaseEvent.__tablename__, row=row, column="text")


def open_event_text(seal: CaseSeal, number: str, seq: int, sealed: bytes | None) -> str | None:
    """Return the free text of one event."""
    if sealed is None:
        return None
    row = f"{number}/{seq}"
    return seal.open_text(sealed, table=CaseEvent.__tablename__, row=row, column="text")
