"""What every test may ask for: a fresh database, keys, a clock to set, the site and a person."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings

from nav_access.core.clock import OSLO
from nav_access.core.db import Database
from nav_access.core.security.keyring import Keyring
from nav_access.core.settings import Settings
from nav_access.factory import create_app
from tests import no_network, run_folder, schema, tested
from tests.lent_databases import Lender
from tests.postgres import shared_server
from tests.quick_addresses import remember_addresses
from tests.quick_passwords import hash_quickly
from tests.quick_statements import remember_statements
from tests.quick_templates import remember_templates

MONDAY_MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=OSLO)
SHARED = "NAV_TEST_SHARED"
HERE = Path(__file__).parent
LONGEST = {"serving", "journeys", "checks", "drills"}

hypothesis_settings.register_profile("test", derandomize=True, max_examples=60, deadline=None)
hypothesis_settings.register_profile("audit", max_examples=2000, deadline=None)
hypothesis_settings.load_profile("test")
no_network.refuse_everyone_else()
no_network.forget_gateways()
hash_quickly()
remember_addresses()
remember_templates()
remember_statements()

_names = count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--db",
        choices=("sqlite", "postgres", "both"),
        default=os.environ.get("NAV_TEST_DB", "sqlite"),
        help="which database the tests that need one run on",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(tested)
    if not hasattr(config, "workerinput"):
        os.environ[SHARED] = str(run_folder.make())


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        run_folder.remove(Path(os.environ.pop(SHARED)))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: LONGEST.isdisjoint(item.path.relative_to(HERE).parts))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "db_engine" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--db")
        engines = ("sqlite", "postgres") if chosen == "both" else (chosen,)
        metafunc.parametrize("db_engine", [_mark(metafunc, one, chosen) for one in engines])


def _mark(metafunc: pytest.Metafunc, engine: str, chosen: str) -> Any:
    """Leave to the audit what is slow and would say the same again on the other database."""
    is_slow = metafunc.definition.get_closest_marker("postgres_in_audit") is not None
    is_again = engine == "postgres" and chosen == "both"
    return pytest.param(engine, marks=[pytest.mark.audit] if is_slow and is_again else [])


@pytest.fixture
def database_url(db_engine: str, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database at the newest schema."""
    with fresh_database(db_engine, tmp_path) as url:
        yield url


@contextmanager
def fresh_database(engine: str, folder: Path) -> Iterator[str]:
    """Yield the address of a fresh database at the newest schema, of one kind or the other."""
    shared = Path(os.environ[SHARED])
    if engine == "sqlite":
        yield schema.copy_sqlite(shared, folder / "nav_access.sqlite3")
        return
    lender = _lender(shared)
    name = lender.lend()
    yield shared_server(shared).url(name)
    lender.take_back(name)


@cache
def _lender(shared: Path) -> Lender:
    server = shared_server(shared)
    return Lender(
        server, lambda: schema.clone_postgres(shared, server, f"t{os.getpid()}_{next(_names)}")
    )


@pytest.fixture
def empty_url(db_engine: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a schema."""
    if db_engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    server = shared_server(Path(os.environ[SHARED]))
    name = f"e{os.getpid()}_{next(_names)}"
    server.run_sql(f"CREATE DATABASE {name}")
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def database(database_url: str, keyring: Keyring) -> Iterator[Database]:
    """A fresh database whose sessions carry the keyring, as the site's do."""
    database = Database(database_url, info={"keyring": keyring})
    yield database
    database.dispose()


@pytest.fixture
def keys_file(tmp_path: Path) -> Path:
    """A key file that exists and is well guarded."""
    path = tmp_path / "keys.json"
    Keyring.create(path)
    return path


@pytest.fixture
def keyring(keys_file: Path) -> Keyring:
    """The keyring of this test's installation."""
    return Keyring.load(keys_file)


class FixedClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, instant: datetime) -> None:
        self.set(instant)

    def __call__(self) -> datetime:
        return self.instant

    def set(self, instant: datetime) -> None:
        """Stand at `instant`, which must be aware."""
        self.instant = instant.astimezone(UTC)

    def advance(self, **step: float) -> datetime:
        """Move on, as `timedelta(**step)` says, and return the new instant."""
        self.set(self.instant + timedelta(**step))
        return self.instant


@pytest.fixture
def clock() -> FixedClock:
    """The site's clock: Monday 23 November 2026, 09:30 in Norway, until moved."""
    return FixedClock(MONDAY_MORNING)


@pytest.fixture
def now(clock: FixedClock) -> datetime:
    """The instant `clock` shows at first."""
    return clock()


@pytest.fixture
def settings(database_url: str, keys_file: Path, tmp_path: Path) -> Settings:
    """The settings of an installation that is not a sample."""
    return Settings.from_environment(
        {
            "NAV_INSTANCE": str(tmp_path),
            "NAV_DATABASE_URL": database_url,
            "NAV_KEYS_FILE": str(keys_file),
            "NAV_TRUSTED_HOSTS": "localhost",
        }
    )


@pytest.fixture
def app(settings: Settings, clock: FixedClock) -> Iterator[Flask]:
    """The whole site on a fresh database."""
    app = create_app(settings, clock=clock)
    app.testing = True
    yield app
    app.extensions["nav_access"].database.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A person whose browser refuses cookies."""
    return app.test_client(use_cookies=False)


@pytest.fixture
def new_browser(app: Flask) -> Callable[[], FlaskClient]:
    """Makes browsers that keep cookies: staff, partners and kiosks."""
    return app.test_client


@pytest.fixture(scope="session")
def sample_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The site with its sample offices, on SQLite; shared, so for looking only."""
    with open_sample_site(tmp_path_factory.mktemp("sample")) as app:
        yield app


@contextmanager
def open_sample_site(folder: Path) -> Iterator[Flask]:
    """Make the site with its sample offices in a folder."""
    url = schema.copy_sqlite(Path(os.environ[SHARED]), folder / "nav_access.sqlite3")
    environment = {"NAV_SAMPLE": "1", "NAV_INSTANCE": str(folder), "NAV_DATABASE_URL": url}
    app = create_app(Settings.from_environment(environment), clock=FixedClock(MONDAY_MORNING))
    app.testing = True
    done = app.test_cli_runner().invoke(args=["sample", "load"])
    assert done.exit_code == 0, done.output
    yield app
    app.extensions["nav_access"].database.dispose()
