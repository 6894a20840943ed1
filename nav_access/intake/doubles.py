"""Requests that came with the phone of a protected person: born protected, told from the others.

Anybody who knows a number can send a request with it. So nobody but those with the role may see
from one that the number is a protected person's: whoever sent it sees what they would of any.
"""

from dataclasses import replace

from sqlalchemy import ColumnElement, String, and_, bindparam, or_, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import AliasedClass

from nav_access.core.prepared import Prepared
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.sealing import blind_indexes
from nav_access.intake.applications import Application
from nav_access.intake.codes import CaseStatus, Flag
from nav_access.intake.models import Case, Reaching

_IS_OPEN = or_(Case.status == CaseStatus.WAITING, Case.status == CaseStatus.ANSWERED)

_OF_PHONE = Prepared(
    lambda _: (
        select(Reaching.case_id)
        .join(Case, Case.id == Reaching.case_id)
        .where(Reaching.phone_index == bindparam("phone_index"))
        .where(Case.is_protected.is_(True), _IS_OPEN, Case.wrapped_key.is_not(None))
        .limit(1)
    )
)


def flag_double(session: Session, application: Application, keyring: Keyring) -> Application:
    """Return a request as it is stored: flagged where its phone has a protected case open.

    Asked of every request with a phone, and nothing more is done for one that is flagged.
    """
    phone = application.wishes.phone
    indexes = blind_indexes(keyring, phone) if phone else ()
    if not any(_OF_PHONE.find(session, {"phone_index": one}) for one in indexes):
        return application
    return replace(application, flags=application.flags | {Flag.PROTECTED_PHONE})


def is_double(case: type[Case] | AliasedClass[Case] = Case) -> ColumnElement[bool]:
    """Return the condition that a case is protected for its phone alone, and nobody looked yet."""
    is_flagged = type_coerce(case.flags, String).contains(str(Flag.PROTECTED_PHONE))
    return and_(case.is_protected.is_(True), is_flagged)


def is_as_any_other() -> ColumnElement[bool]:
    """Return the condition a case meets for whoever knows of it by themselves: who sent it."""
    return or_(Case.is_protected.is_(False), is_double())
