"""A browser for the checkers of one module."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.checks.browser import Window, chromium, window


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
