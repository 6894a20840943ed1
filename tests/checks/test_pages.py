"""Every page in every state, before every checker."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from http.client import NOT_FOUND
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from nav_access.web.reports.subjects import SUBJECTS
from tests.checks import axe, htmlcs, layout, nu
from tests.checks.browser import Window, window
from tests.checks.telling import choose_telling
from tests.conftest import open_sample_site
from tests.page import Page
from tests.page_checks import problems_of
from tests.pages import ALL, BOTH_WAYS, PageState, Seen, list_visits, visit_state

PHONE = 240
WIDTHS = (1280, 320, PHONE)
"""A desk, a wide screen at 400 %, and the smallest phone: there the other checkers look too."""
PARTS = 4
"""What is looked at in a browser is looked at in so many parts, none of which takes long."""

FILES = {f"/reports/{subject.name}/<table>.csv" for subject in SUBJECTS}
TERMINAL_FORMS = {
    f"/kiosk/<slug:slug>/<lang>/{form}/<leaf>"
    for form in ("case", "check-in", "finish", "help", "still", "ticket")
}
NO_PAGES = {
    *("/healthz", "/metrics", "/readyz", "/sms/report", "/<lang>/leave"),
    *FILES,
    *TERMINAL_FORMS,
}
"""What machines read, files to keep, and addresses that only lead away."""
SEEN_ELSEWHERE = {
    "/",
    "/contact-centre/sign-in/answer",
    "/desk/sign-in/answer",
    "/admin/sign-in/first",
    "/contact-centre/sign-in/first",
    "/desk/sign-in/first",
    "/reports/sign-in/first",
}
"""Pages that are seen: the front page, and what another door says to a provider's answer and to
somebody who signs in for the first time."""
NOT_THERE = {
    "not found",
    "office, unknown",
    "agency's case, ended",
    "agency's case, ended while somebody wrote",
}
"""The states of pages that are not there."""


Look = Callable[[PageState, str], Seen]


@pytest.fixture(scope="module")
def look(sample_app: Flask) -> Look:
    """Goes to a state in one language; to each but once."""
    return cache(partial(visit_state, sample_app))


@pytest.fixture(scope="module")
def seen(look: Look) -> list[Seen]:
    """Every page and state, in one language of each direction."""
    return [look(*visit) for visit in list_visits(BOTH_WAYS)]


@pytest.fixture(scope="module")
def read(seen: list[Seen]) -> list[Page]:
    """The same, parsed."""
    return [Page.read(one.response) for one in seen]


@pytest.fixture(scope="module")
def telling(seen: list[Seen], read: list[Page]) -> list[Seen]:
    """Of these as few as show everything the others show."""
    return [seen[place] for place in choose_telling(read)]


@pytest.fixture(scope="module", params=ALL)
def seen_in_all(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Seen]]:
    """Every page and state in each language; a site for each, or its free times would run out."""
    with open_sample_site(tmp_path_factory.mktemp(request.param)) as app:
        yield [visit_state(app, *visit) for visit in list_visits((request.param,))]


def complaints(
    browser: Browser, seen: list[Seen], check: Callable[[Window], list[str]]
) -> list[str]:
    """Return what a check says of all these pages in a phone's window."""
    with window(browser, width=PHONE) as opened:
        return [f"{one.name}: {said}" for one in seen for said in _look(opened, one, check)]


def _look(opened: Window, one: Seen, check: Callable[[Window], list[str]]) -> list[str]:
    opened.show(one.response)
    return check(opened)


def readings(seen: list[Seen], read: Iterable[Page]) -> list[str]:
    """Return what is wrong with what these pages say, how they say it and what they weigh."""
    return [
        f"{one.name}: {problem}"
        for one, page in zip(seen, read, strict=True)
        for problem in problems_of(page)
    ]


def every_check(opened: Window) -> list[str]:
    """Return what any checker says; a page is loaded once for all of them."""
    return layout.complaints_at(opened, WIDTHS) + axe.complaints(opened) + htmlcs.complaints(opened)


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


def test_every_page_reads_well(seen: list[Seen], read: list[Page]) -> None:
    assert not (found := readings(seen, read)), told(found)


def test_html_and_css_are_valid(seen: list[Seen], tmp_path: Path) -> None:
    pages = {one.name: one.response.get_data() for one in seen}
    assert not (found := nu.complaints(pages, tmp_path)), told(found)


@pytest.mark.parametrize("part", range(PARTS))
def test_everything_fits_and_axe_and_html_codesniffer_find_nothing(
    browser: Browser, telling: list[Seen], part: int
) -> None:
    assert not (found := complaints(browser, telling[part::PARTS], every_check)), told(found)


@pytest.mark.audit
@pytest.mark.parametrize("part", range(PARTS))
def test_no_browser_finds_anything_on_any_page(
    browser: Browser, seen: list[Seen], part: int
) -> None:
    assert not (found := complaints(browser, seen[part::PARTS], every_check)), told(found)


@pytest.mark.audit
def test_every_page_reads_well_in_every_language(seen_in_all: list[Seen]) -> None:
    read = (Page.read(one.response) for one in seen_in_all)
    assert not (found := readings(seen_in_all, read)), told(found)


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
