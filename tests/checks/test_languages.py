"""Every page in every state and every language, before every checker: for the audit."""

from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.checks import axe, english, htmlcs, layout, nu
from tests.checks.looking import WIDTHS, complaints, in_each, must_be_nothing, readings, told
from tests.journeys.promised import LANGUAGES
from tests.page import Page
from tests.pages import ALL, Seen
from tests.tested import Tested

pytestmark = pytest.mark.audit


@in_each(ALL)
def test_every_page_reads_well(seen_in_lang: list[Seen]) -> None:
    read = (Page.read(one.response) for one in seen_in_lang)
    assert not (found := readings(seen_in_lang, read)), told(found)


@in_each(ALL)
def test_no_english_is_left(seen_in_lang: list[Seen]) -> None:
    found = [
        f"{one.name}: {said}"
        for one in seen_in_lang
        for said in english.complaints(Page.read(one.response))
    ]
    assert not found, told(found)


@in_each(ALL)
def test_everything_fits(browser: Browser, seen_in_lang: list[Seen]) -> None:
    check = partial(layout.complaints_at, widths=WIDTHS)
    assert not (found := complaints(browser, seen_in_lang, check)), told(found)


@in_each(ALL)
def test_html_and_css_are_valid(
    seen_in_lang: list[Seen], lang: str, tested: Tested, tmp_path: Path
) -> None:
    pages = {one.name: one.response.get_data() for one in seen_in_lang}
    found = nu.complaints(pages, tmp_path)
    must_be_nothing(found, tested, nu, lang=lang, pages=len(pages))


@in_each(ALL)
def test_axe_finds_nothing(
    browser: Browser, seen_in_lang: list[Seen], lang: str, tested: Tested
) -> None:
    found = complaints(browser, seen_in_lang, axe.complaints)
    must_be_nothing(found, tested, axe, lang=lang, pages=len(seen_in_lang))


@in_each(LANGUAGES)
def test_html_codesniffer_finds_nothing(
    browser: Browser, seen_in_lang: list[Seen], lang: str, tested: Tested
) -> None:
    found = complaints(browser, seen_in_lang, htmlcs.complaints)
    must_be_nothing(found, tested, htmlcs, lang=lang, pages=len(seen_in_lang))
