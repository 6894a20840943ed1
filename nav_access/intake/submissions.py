"""The once-only name of a form, as it is stored: useless to whoever reads the database."""

import hmac

from sqlalchemy import select
from sqlalchemy.orm import Session

from nav_access.core.security.keyring import Keyring
from nav_access.intake.applications import Submission
from nav_access.intake.errors import AlreadyDone
from nav_access.intake.models import CaseEvent


def name_submission(keyring: Keyring, submission: Submission) -> bytes:
    """Return the 32 bytes under which a form's submission is stored and found again."""
    key = keyring.subkey("submission", submission.key_id)
    return hmac.digest(key, submission.once, "sha256")


def name_once(session: Session, submission: Submission, keyring: Keyring) -> bytes:
    """Return the name for the event a form leads to; raise AlreadyDone when one bears it."""
    name = name_submission(keyring, submission)
    if session.scalar(select(CaseEvent.id).where(CaseEvent.submission == name)) is not None:
        raise AlreadyDone
    return name


def digest_content(keyring: Keyring, submission: Submission) -> bytes:
    """Return the 32 bytes that tell whether a form came back with the same words."""
    key = keyring.subkey("submission", submission.key_id)
    return hmac.digest(key, b"content" + submission.once + submission.content, "sha256")
