"""Every page for those who use it otherwise: by keys, larger, in their colours, without style."""

import pytest
from playwright.sync_api import Browser

from tests.checks import bare, forced, keyboard, larger
from tests.checks.looking import PHONE, complaints, in_each, told
from tests.page import Page
from tests.page_checks import is_citizen_page
from tests.pages import BOTH_WAYS, Seen

pytestmark = [pytest.mark.audit, in_each(BOTH_WAYS)]

ZOOMED = 320
"""A window 1280 pixels wide at 400 %."""
DESK = 1280
LOOKS = {
    "forced colours": (forced.complaints, ZOOMED),
    "large letters": (larger.complaints, DESK // 2),
    "no style, no pictures": (bare.complaints, ZOOMED),
    "keys, zoomed": (keyboard.complaints, ZOOMED),
    "keys, on a desk": (keyboard.complaints, DESK),
}


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_lost(browser: Browser, seen_in_lang: list[Seen], look: str) -> None:
    check, width = LOOKS[look]
    assert not (found := complaints(browser, seen_in_lang, check, width=width)), told(found)


def test_the_first_key_leads_out_or_to_what_is_left_to_do(
    browser: Browser, seen_in_lang: list[Seen]
) -> None:
    public = [one for one in seen_in_lang if is_citizen_page(Page.read(one.response))]
    assert not (found := complaints(browser, public, keyboard.first_stops, width=PHONE)), told(
        found
    )
