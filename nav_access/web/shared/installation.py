"""What a running site holds: settings, database, keys, clock; and the way doors reach them."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app

from nav_access.core.clock import Clock
from nav_access.core.db import Database, Session
from nav_access.core.security.keyring import Keyring
from nav_access.core.security.tokens import FormTokens, SealedTokens
from nav_access.core.settings import Settings
from nav_access.staff.provider.rules import Provider

_EXTENSION = "nav_access"


@dataclass(frozen=True, slots=True)
class Installation:
    """One running site."""

    settings: Settings
    database: Database
    keyring: Keyring
    clock: Clock
    form_tokens: FormTokens
    sealed_tokens: SealedTokens
    provider: Provider | None = None
    """Who vouches for people beside password and code, where one is configured."""


def install(app: Flask, installation: Installation) -> None:
    """Make an installation reachable from the app's requests and commands."""
    app.extensions[_EXTENSION] = installation


def installation() -> Installation:
    """Return the installation of the current app."""
    found: Installation = current_app.extensions[_EXTENSION]
    return found


def unit_of_work() -> AbstractContextManager[Session]:
    """Open the one transaction of this request; it commits at the end."""
    return installation().database.unit_of_work()


def rehearsal() -> AbstractContextManager[Session]:
    """Open a session in which a change is tried and then undone."""
    return installation().database.rehearsal()


def read_session() -> AbstractContextManager[Session]:
    """Open a session for reading."""
    return installation().database.read_session()


def keyring() -> Keyring:
    """Return the keys of this site."""
    return installation().keyring


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return installation().clock()
