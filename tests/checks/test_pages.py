"""Every page in every state, before every checker."""

from collections.abc import Callable
from functools import cache, partial
from http.client import BAD_REQUEST, CONFLICT, FORBIDDEN, NOT_FOUND, OK, SERVICE_UNAVAILABLE
from http.client import UNPROCESSABLE_ENTITY as ASKED_AGAIN
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from nav_access.web.reports.subjects import SUBJECTS
from tests.checks import nu
from tests.checks.looking import complaints, every_check, readings, told
from tests.checks.telling import choose_telling
from tests.page import Page
from tests.pages import BOTH_WAYS, PageState, Seen, list_visits, visit_state

PARTS = 4
"""What is looked at in a browser is looked at in so many parts, none of which takes long."""

FILES = {f"/reports/{subject.name}/<table>.csv" for subject in SUBJECTS}
TERMINAL_FORMS = {
    f"/kiosk/<slug:slug>/<lang>/{form}/<leaf>"
    for form in ("case", "check-in", "finish", "help", "still", "ticket")
}
NO_PAGES = {
    *("/healthz", "/metrics", "/readyz", "/sms/report", "/<lang>/leave", "/<lang>/leave/away"),
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
REFUSED = {
    "partner, the provider's answer to nobody": BAD_REQUEST,
    "admin, not theirs": FORBIDDEN,
    "agency, not theirs any more while somebody wrote": FORBIDDEN,
    "contact centre, not theirs": FORBIDDEN,
    "figures, not theirs": FORBIDDEN,
    "partner, not theirs": FORBIDDEN,
    "not found": NOT_FOUND,
    "office, unknown": NOT_FOUND,
    "agency's case, ended": NOT_FOUND,
    "agency's case, ended while somebody wrote": NOT_FOUND,
    "desk, sent to a case that went elsewhere": NOT_FOUND,
    "terminal, nothing there": NOT_FOUND,
    "desk, a form on paper, not stored": SERVICE_UNAVAILABLE,
    "partner, the provider is down": SERVICE_UNAVAILABLE,
    "terminal, trouble": SERVICE_UNAVAILABLE,
}
"""The states in which one does not get to the page, each with its status."""
REACHED = {OK, CONFLICT, ASKED_AGAIN}

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


def test_every_page_is_among_the_states(sample_app: Flask, seen: list[Seen]) -> None:
    addresses = sample_app.url_map.bind("localhost")
    asked = [one.response.request for one in seen if one.response.status_code != NOT_FOUND]
    matched = [addresses.match(one.path, one.method, return_rule=True)[0] for one in asked]
    rules = [one for one in sample_app.url_map.iter_rules() if "GET" in (one.methods or ())]
    pages = {one.rule for one in rules} - NO_PAGES - SEEN_ELSEWHERE
    assert pages - {one.rule for one in matched} == set()


def test_no_state_has_become_a_page_that_is_not_there_or_is_refused(seen: list[Seen]) -> None:
    answers = {one.name[:-5]: one.response.status_code for one in seen}
    assert {name: said for name, said in answers.items() if said not in REACHED} == REFUSED


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
