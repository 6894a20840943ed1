"""A server with a fault put in on purpose, to show that the drills would notice it.

usage: python -m tests.drills.faulty_serve late|forgetful|broken
"""

import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Timer

from nav_access import serve
from nav_access.core.db import Database, Session
from nav_access.intake import service
from nav_access.web.shared.help_form import HelpForm

LATE_SECONDS = 0.15


@contextmanager
def _late_unit_of_work(self: Database) -> Iterator[Session]:
    """Commit some time after the person has been answered."""
    begun = ExitStack()
    session = self._session(begun.enter_context(self._begun("BEGIN IMMEDIATE")))
    yield session
    session.flush()
    for finish in session.info.pop("at_commit", ()):
        finish(session)
    Timer(LATE_SECONDS, lambda: (session.commit(), session.close(), begun.close())).start()


def _commit_late() -> None:
    Database.unit_of_work = _late_unit_of_work  # type: ignore[method-assign]  # the fault


def _forget_forms() -> None:
    """Give every arrival of a form a name of its own."""
    service.name_submission = lambda _keyring, _submission: secrets.token_bytes(32)


def _break_forms() -> None:
    """Fail at every form that is handed in."""

    def fail(_form: HelpForm) -> bool:
        raise ZeroDivisionError

    HelpForm.validate = fail  # type: ignore[method-assign]  # the fault


FAULTS = {"late": _commit_late, "forgetful": _forget_forms, "broken": _break_forms}

if __name__ == "__main__":
    FAULTS[sys.argv[1]]()
    serve.serve()
