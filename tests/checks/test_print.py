"""On paper: what people take along or hang up is one sheet, without navigation, easy to read."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.checks.browser import Window, window
from tests.pages import BOTH_WAYS, Seen, load_states, visit_state

RECEIPTS = frozenset(
    {
        "help, receipt",
        "callback, booked",
        "appointment, booked",
        "request for a person, sent",
        "request for a person, sent for somebody who reads Arabic",
        "desk, a new case code, given",
        "desk, a form on paper, entered",
        "paper form",
    }
)
NO_PHONE = frozenset({"terminal, ticket", "waiting room", "desk, a letter"})
"""On what is read in the reception there is none, and a letter says its own where it may."""
SHEETS = RECEIPTS | {
    "case, with a time",
    "case, with a plan",
    "case, the next call is planned",
    "case, ringing did not work",
    "case, with a helper",
    "desk, a form on paper, entered late",
    "desk, a letter",
    "desk, diary",
    "desk, roster",
    "desk, roster, read only",
    "duty",
    "office, restricted hours",
    "office, two doors",
    "office, with measures",
    "terminal, ticket",
    "waiting room",
}
LARGE = frozenset({"paper form, large", "office, in large print", "duty, in large print"})
LANGUAGES = (*BOTH_WAYS, "uk", "ti")
"""One in each direction, and two whose sentences are long."""

A_PAGE = re.compile(rb"/Type\s*/Page\b")
MARGINS = dict.fromkeys(("top", "bottom", "left", "right"), "1cm")
POINTS = 72 / 96
LARGE_PRINT = 16
CLEAR_PRINT = 12
A_SHEET = "() => [...document.querySelectorAll('header ul, footer, nav, form, button, .row')]"
SHOWN = f"{A_SHEET}.filter(one => one.getClientRects().length).map(one => one.outerHTML)"
SIZES = """words => [...document.querySelectorAll(words)]
    .filter(one => one.getClientRects().length)
    .map(one => parseFloat(getComputedStyle(one).fontSize))"""


def count_sheets(opened: Window) -> int:
    return len(A_PAGE.findall(opened.tab.pdf(format="A4", margin=MARGINS)))


def put_on_paper(opened: Window, seen: Seen) -> None:
    opened.show(seen.response)
    opened.tab.emulate_media(media="print")


def list_seen(app: Flask, names: frozenset[str], langs: tuple[str, ...]) -> list[Seen]:
    states = [state for state in load_states() if state.name in names]
    assert {state.name for state in states} == names
    wanted = [(state, lang) for state in states for lang in langs if lang in state.languages]
    return [visit_state(app, state, lang) for state, lang in wanted]


def test_a_receipt_is_one_sheet(browser: Browser, sample_app: Flask) -> None:
    with window(browser) as opened:
        for receipt in list_seen(sample_app, RECEIPTS, BOTH_WAYS):
            opened.show(receipt.response)
            assert count_sheets(opened) == 1, receipt.name


@pytest.mark.audit
def test_what_is_printed_is_one_sheet_without_navigation(
    browser: Browser, sample_app: Flask
) -> None:
    seen = list_seen(sample_app, SHEETS, LANGUAGES)
    with window(browser) as opened:
        for sheet in seen:
            put_on_paper(opened, sheet)
            assert count_sheets(opened) == 1, sheet.name
            assert opened.run(SHOWN) == [], sheet.name
            is_rung = sheet.name.rpartition(" [")[0] not in NO_PHONE
            assert not is_rung or any(opened.run(SIZES, "a[href^='tel:']")), sheet.name
    print(f"{len(seen)} printed pages of one sheet each")


@pytest.mark.audit
def test_a_code_on_paper_is_large(browser: Browser, sample_app: Flask) -> None:
    codes = RECEIPTS - {"paper form"}
    with window(browser) as opened:
        for receipt in list_seen(sample_app, codes, LANGUAGES):
            put_on_paper(opened, receipt)
            (code,) = opened.run(SIZES, "#code")
            assert code * POINTS >= LARGE_PRINT, receipt.name
            assert min(opened.run(SIZES, "#code ~ p")) * POINTS >= CLEAR_PRINT, receipt.name


@pytest.mark.audit
def test_large_print_is_large(browser: Browser, sample_app: Flask) -> None:
    with window(browser) as opened:
        for sheet in list_seen(sample_app, LARGE, LANGUAGES):
            put_on_paper(opened, sheet)
            sizes = opened.run(SIZES, "main > p, .sheet p, .sheet td, .paper li")
            assert min(sizes) * POINTS >= LARGE_PRINT, sheet.name
