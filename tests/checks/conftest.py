"""A browser for the checkers of one module, and every page and state of a language to look at."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.checks.browser import Window, chromium, window
from tests.conftest import open_sample_site
from tests.pages import Seen, list_visits, visit_state


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for the tests of one module."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def phone(browser: Browser) -> Iterator[Window]:
    """A window as small as the smallest phone we serve."""
    with window(browser, width=240, height=320) as opened:
        yield opened


@pytest.fixture(scope="module")
def lang(request: pytest.FixtureRequest) -> str:
    """The language a test is about; the test says which there are, with `in_each`."""
    return str(request.param)


@pytest.fixture(scope="module")
def seen_in_lang(lang: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Seen]]:
    """Every page and state in that language; a site for each, or its free times would run out."""
    with open_sample_site(tmp_path_factory.mktemp(lang)) as app:
        yield [visit_state(app, *visit) for visit in list_visits((lang,))]
