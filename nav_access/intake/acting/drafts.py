"""Requests begun before the person said yes: sealed, their writer's alone, erased in two weeks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any, cast

from sqlalchemy import CursorResult, Select, delete, select
from sqlalchemy.orm import Session

from nav_access.core import audit
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.registry import ColumnResealer, Cursor, register
from nav_access.core.security.sealing import open_with_keyring, reseal, seal_with_keyring
from nav_access.intake.acting.errors import DraftNotFound
from nav_access.intake.acting.models import Draft
from nav_access.intake.acting.rules import DRAFTS_KEPT
from nav_access.intake.codes import ActorKind
from nav_access.partners.rules import Membership

PURPOSE = "agency-draft"
MOST = 50
"""Drafts one person may have; the oldest makes room."""

Typed = Mapping[str, Sequence[str]]
"""What was typed in a form, as it came: each field's values."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in its writer's list."""

    name: str
    begun_utc: datetime
    erased_utc: datetime


def save(
    session: Session, member: Membership, typed: Typed, *, keyring: Keyring, now: datetime
) -> str:
    """Keep what was typed and return the draft's name."""
    name = token_hex(16)
    session.add(
        Draft(
            name=name,
            agency_id=member.agency_id,
            staff_id=member.staff_id,
            begun_utc=now,
            typed_sealed=_seal(keyring, name, typed),
        )
    )
    session.flush()
    _make_room(session, member, now)
    _note(session, "draft.saved", member, now)
    return name


def save_over(
    session: Session,
    member: Membership,
    typed: Typed,
    name: str,
    *,
    keyring: Keyring,
    now: datetime,
) -> str:
    """Write over one's own draft; one that is gone is begun anew. It is not kept any longer."""
    try:
        draft = _get(session, member, name, now)
    except DraftNotFound:
        return save(session, member, typed, keyring=keyring, now=now)
    draft.typed_sealed = _seal(keyring, name, typed)
    session.flush()
    return name


def read(
    session: Session, member: Membership, name: str, *, keyring: Keyring, now: datetime
) -> dict[str, list[str]]:
    """Return what was typed in one of the reader's own drafts; raises DraftNotFound."""
    draft = _get(session, member, name, now)
    text = open_with_keyring(keyring, draft.typed_sealed, purpose=PURPOSE, aad=_place(name))
    return dict(json.loads(text))


def list_own(session: Session, member: Membership, now: datetime) -> tuple[DraftRow, ...]:
    """Return the reader's drafts, the newest first."""
    rows = session.scalars(_own(member, now).order_by(Draft.begun_utc.desc(), Draft.id.desc()))
    return tuple(DraftRow(row.name, row.begun_utc, row.begun_utc + DRAFTS_KEPT) for row in rows)


def forget(session: Session, member: Membership, name: str, *, now: datetime) -> None:
    """Erase one of the reader's own drafts; nothing happens when it is gone."""
    session.execute(delete(Draft).where(Draft.name == name, Draft.staff_id == member.staff_id))
    _note(session, "draft.erased", member, now)


def forget_old(session: Session, now: datetime) -> int:
    """Erase the drafts whose time is over; return how many."""
    is_over = Draft.begun_utc <= now - DRAFTS_KEPT
    return cast("CursorResult[Any]", session.execute(delete(Draft).where(is_over))).rowcount


def _own(member: Membership, now: datetime) -> Select[Draft]:
    return select(Draft).where(
        Draft.staff_id == member.staff_id,
        Draft.agency_id == member.agency_id,
        Draft.begun_utc > now - DRAFTS_KEPT,
    )


def _get(session: Session, member: Membership, name: str, now: datetime) -> Draft:
    draft = session.scalars(_own(member, now).where(Draft.name == name)).one_or_none()
    if draft is None:
        raise DraftNotFound
    return draft


def _make_room(session: Session, member: Membership, now: datetime) -> None:
    newest_first = _own(member, now).order_by(Draft.begun_utc.desc(), Draft.id.desc())
    for old in session.scalars(newest_first.offset(MOST)).all():
        session.delete(old)
    session.flush()


def _note(session: Session, action: str, member: Membership, now: datetime) -> None:
    actor = f"{ActorKind.PARTNER}:{member.staff_id}"
    subject = f"agency:{member.agency_id}"
    audit.record(session, now=now, actor=actor, action=action, subject=subject)


def _seal(keyring: Keyring, name: str, typed: Typed) -> bytes:
    text = json.dumps({field: list(values) for field, values in typed.items()})
    return seal_with_keyring(keyring, text.encode(), purpose=PURPOSE, aad=_place(name))


def _reseal(keyring: Keyring, name: Cursor, sealed: bytes) -> bytes:
    return reseal(keyring, sealed, purpose=PURPOSE, aad=_place(str(name)))


def _place(name: str) -> str:
    return f"{Draft.__tablename__}|{name}|typed"


register(ColumnResealer("agency drafts", Draft.name, Draft.typed_sealed, _reseal))
