"""Every page in every state, before every checker."""

from collections.abc import Callable
from http.client import NOT_FOUND
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.checks import axe, htmlcs, layout, nu
from tests.checks.browser import Window, window
from tests.page import Page
from tests.page_checks import problems_of
from tests.pages import ALL, BOTH_WAYS, Seen, visit_all

PHONE = 240
WIDTHS = (PHONE, 320, 1280)
"""The smallest phone, a wide screen at 400 %, and a desk."""
PARTS = 4
"""The pages are looked at in so many parts, so that several workers can share them."""

NO_PAGES = {"/healthz", "/metrics", "/readyz", "/sms/report", "/<lang>/leave"}
"""What machines read, and the address that only leads away."""
SEEN_ELSEWHERE = {"/", "/contact-centre/sign-in/answer", "/desk/sign-in/answer"}
"""Pages that are seen: the front page, and what another door says to a provider's answer."""
NOT_THERE = {"not found", "office, unknown", "agency's case, ended"}
"""The states of pages that are not there."""


@pytest.fixture(scope="module")
def seen(sample_app: Flask) -> list[Seen]:
    """Every page and state in one language of each direction."""
    return list(visit_all(sample_app, BOTH_WAYS))


@pytest.fixture(scope="module")
def seen_in_all(sample_app: Flask) -> list[Seen]:
    """Every page and state in every language."""
    return list(visit_all(sample_app, ALL))


def complaints(
    browser: Browser, seen: list[Seen], check: Callable[[Window], list[str]]
) -> list[str]:
    """Return what a check says of all these pages in a phone's window."""
    with window(browser, width=PHONE) as opened:
        return [f"{one.name}: {said}" for one in seen for said in _look(opened, one, check)]


def _look(opened: Window, one: Seen, check: Callable[[Window], list[str]]) -> list[str]:
    opened.show(one.response)
    return check(opened)


def every_check(opened: Window) -> list[str]:
    """Return what any checker says; a page is loaded once for all of them."""
    found = layout.complaints_at(opened, WIDTHS)
    opened.resize(PHONE)
    return found + axe.complaints(opened) + htmlcs.complaints(opened)


def told(found: list[str]) -> str:
    """Return complaints one a line."""
    return "\n".join(found)


def test_every_page_is_among_the_states(sample_app: Flask, seen: list[Seen]) -> None:
    addresses = sample_app.url_map.bind("localhost")
    asked = [one.response.request for one in seen if one.response.status_code != NOT_FOUND]
    matched = [addresses.match(one.path, one.method, return_rule=True)[0] for one in asked]
    rules = [one for one in sample_app.url_map.iter_rules() if "GET" in (one.methods or ())]
    pages = {one.rule for one in rules} - NO_PAGES - SEEN_ELSEWHERE
    assert pages - {one.rule for one in matched} == set()


def test_no_state_has_become_a_page_that_is_not_there(seen: list[Seen]) -> None:
    missing = {one.name[:-5] for one in seen if one.response.status_code == NOT_FOUND}
    assert missing == NOT_THERE


def test_every_page_reads_well(seen: list[Seen]) -> None:
    read = [(one.name, problems_of(Page.read(one.response))) for one in seen]
    found = [f"{name}: {problem}" for name, problems in read for problem in problems]
    assert not found, told(found)


def test_html_and_css_are_valid(seen: list[Seen], tmp_path: Path) -> None:
    pages = {one.name: one.response.get_data() for one in seen}
    assert not (found := nu.complaints(pages, tmp_path)), told(found)


@pytest.mark.parametrize("part", range(PARTS))
def test_everything_fits_and_axe_and_html_codesniffer_find_nothing(
    browser: Browser, seen: list[Seen], part: int
) -> None:
    found = complaints(browser, seen[part::PARTS], every_check)
    assert not found, told(found)


@pytest.mark.audit
def test_everything_fits_in_every_language(browser: Browser, seen_in_all: list[Seen]) -> None:
    assert not (found := complaints(browser, seen_in_all, layout.complaints)), told(found)


@pytest.mark.audit
def test_axe_finds_nothing_in_any_language(browser: Browser, seen_in_all: list[Seen]) -> None:
    assert not (found := complaints(browser, seen_in_all, axe.complaints)), told(found)


@pytest.mark.audit
def test_html_is_valid_in_every_language(seen_in_all: list[Seen], tmp_path: Path) -> None:
    pages = {one.name: one.response.get_data() for one in seen_in_all}
    assert not (found := nu.complaints(pages, tmp_path)), told(found)
