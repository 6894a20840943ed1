"""The once-only name of a form, as it is stored: useless to whoever reads the database."""

import hmac

from nav_access.core.security.keyring import Keyring
from nav_access.intake.applications import Submission


def name_submission(keyring: Keyring, submission: Submission) -> bytes:
    """Return the 32 bytes under which a form's submission is stored and found again."""
    key = keyring.subkey("submission", submission.key_id)
    return hmac.digest(key, submission.once, "sha256")
