"""What the drills need: a database with an office to answer, and real servers in front of it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nav_access.core.db import Database
from nav_access.offices.codes import OfficeKind
from tests import schema
from tests.conftest import SHARED
from tests.desk_factory import add_office
from tests.drills.site import Site

NewSite = Callable[..., Site]


def fill(url: str, keyring: object) -> str:
    """Add an office, and the contact centre for what no office is found for."""
    database = Database(url, info={"keyring": keyring})
    with database.unit_of_work() as session:
        add_office(session, "contact-centre", OfficeKind.CONTACT_CENTRE)
        add_office(session, "nav-eikevik")
    database.dispose()
    return url


@pytest.fixture
def database_url(database_url: str, keyring: object) -> str:
    """The address of a database with offices."""
    return fill(database_url, keyring)


@pytest.fixture
def sqlite_file(tmp_path: Path, keyring: object) -> Path:
    """A file of SQLite with offices, whichever database the run is for."""
    file = tmp_path / "drill.sqlite3"
    fill(schema.copy_sqlite(Path(os.environ[SHARED]), file), keyring)
    return file


@pytest.fixture
def sqlite_site(tmp_path: Path, sqlite_file: Path, keys_file: Path) -> Iterator[Site]:
    """A server on that file, not started yet."""
    site = Site(tmp_path, f"sqlite:///{sqlite_file}", keys_file)
    yield site
    site.stop()


@pytest.fixture
def new_site(tmp_path: Path, database_url: str, keys_file: Path) -> Iterator[NewSite]:
    """Makes servers on one database; they are ended when the test is over."""
    made: list[Site] = []

    def make(**options: object) -> Site:
        made.append(Site(tmp_path, database_url, keys_file, **options))
        return made[-1]

    yield make
    for site in made:
        site.stop()


@pytest.fixture
def site(new_site: NewSite) -> Site:
    """One running server."""
    site = new_site()
    site.start()
    return site
