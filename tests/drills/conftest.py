"""What the drills need: a database with an office to answer, and real servers in front of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nav_access.core.db import Database
from nav_access.offices.codes import OfficeKind
from tests.desk_factory import add_office
from tests.drills.site import Site

NewSite = Callable[..., Site]


@pytest.fixture
def database_url(database_url: str, keyring: object) -> str:
    """A database with an office, and the contact centre for what no office is found for."""
    database = Database(database_url, info={"keyring": keyring})
    with database.unit_of_work() as session:
        add_office(session, "contact-centre", OfficeKind.CONTACT_CENTRE)
        add_office(session, "nav-eikevik")
    database.dispose()
    return database_url


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
