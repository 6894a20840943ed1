"""On paper: every receipt is one page, and so is the form to fill in by hand, in any language."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.checks.browser import window
from tests.pages import BOTH_WAYS, Seen, load_states, visit_state

RECEIPTS = frozenset(
    {
        "help, receipt",
        "callback, booked",
        "appointment, booked",
        "request for a person, sent",
        "request for a person, sent for somebody who reads Arabic",
        "desk, a new case code, given",
        "paper form",
    }
)
A_PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture(scope="module")
def receipts(sample_app: Flask) -> list[Seen]:
    """Every receipt in one language of each direction."""
    states = [state for state in load_states() if state.name in RECEIPTS]
    assert len(states) == len(RECEIPTS)
    return [
        visit_state(sample_app, state, lang)
        for state in states
        for lang in BOTH_WAYS
        if lang in state.languages
    ]


def test_a_receipt_is_one_page(browser: Browser, receipts: list[Seen]) -> None:
    with window(browser) as opened:
        for receipt in receipts:
            opened.show(receipt.response)
            pages = A_PAGE.findall(opened.tab.pdf(format="A4"))
            assert len(pages) == 1, receipt.name
