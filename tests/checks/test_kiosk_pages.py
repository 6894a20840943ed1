"""Terminals' pages on terminals' screens: large enough to press, nothing beside the screen."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.checks import axe, layout
from tests.checks.browser import Window, window
from tests.checks.test_print import A_PAGE, POINTS, SHOWN, SIZES
from tests.pages import Seen, list_visits, visit_state

pytestmark = [pytest.mark.audit, pytest.mark.timeout(600)]

LANGUAGES = ("nb", "ar", "ti")
SCREENS = ((1080, 1920), (1280, 1024))
ROLL = {"width": "80mm", "height": "200mm", "margin": dict.fromkeys(("left", "right"), "4mm")}
ROLL_PIXELS = 72 * 96 // 25
TICKET_POINTS = 40
TICKETS = ("terminal, ticket", "terminal, checked in")
TELEVISION = (1920, 1080)
LEAST_PIXELS = 64
LEAST_FROM_FAR = 90
"""Pixels of 1,080: read at eight metres on a screen of a metre."""
SMALL_LINKS = """least => [...document.querySelectorAll('a')]
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.height < least || box.width < least)
  .map(([one, box]) => `${box.width}×${box.height}: ` + one.outerHTML.slice(0, 90))"""
BELOW = "() => document.documentElement.scrollHeight - document.documentElement.clientHeight"
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
LETTERS = """() => [...document.querySelectorAll('.called strong')]
  .map(one => parseFloat(getComputedStyle(one).fontSize))"""


@pytest.fixture(scope="module")
def seen(sample_app: Flask) -> list[Seen]:
    """Every page of a terminal, in every state."""
    visits = [one for one in list_visits(LANGUAGES) if one[0].name.startswith(("termin", "wait"))]
    return [visit_state(sample_app, *one) for one in visits]


def complaints(opened: Window) -> Iterator[str]:
    """Yield what is too small or too wide, and what axe says."""
    yield from layout.complaints(opened, LEAST_PIXELS)
    yield from opened.run(SMALL_LINKS, LEAST_PIXELS)
    yield from axe.complaints(opened)


@pytest.mark.parametrize("size", SCREENS)
def test_everything_is_large_and_fits(
    browser: Browser, seen: list[Seen], size: tuple[int, int]
) -> None:
    found = []
    with window(browser, width=size[0], height=size[1]) as opened:
        for one in seen:
            opened.show(one.response)
            found += [f"{one.name}: {said}" for said in complaints(opened)]
    assert not found, "\n".join(found)
    assert len(seen) > 3 * 18


def test_the_waiting_room_reads_from_far_and_nobody_has_to_scroll(
    browser: Browser, seen: list[Seen]
) -> None:
    screens = [one for one in seen if one.name.startswith("waiting room")]
    sizes = []
    with window(browser, width=TELEVISION[0], height=TELEVISION[1]) as opened:
        for one in screens:
            opened.show(one.response)
            assert opened.run(BELOW) <= 0, one.name
            sizes += opened.run(LETTERS)
    assert min(sizes) >= LEAST_FROM_FAR
    assert len(screens) == 3 * len(LANGUAGES)


def test_a_ticket_prints_on_a_roll(browser: Browser, seen: list[Seen]) -> None:
    tickets = [one for one in seen if one.name.startswith(TICKETS)]
    with window(browser, width=ROLL_PIXELS) as opened:
        for one in tickets:
            opened.show(one.response)
            opened.tab.emulate_media(media="print")
            assert len(A_PAGE.findall(opened.tab.pdf(**ROLL))) == 1, one.name
            assert opened.run(SHOWN) == [], one.name
            assert opened.run(WIDER) <= 0, one.name
            (number,) = opened.run(SIZES, ".huge")
            assert number * POINTS >= TICKET_POINTS, one.name
    assert len(tickets) == 2 * len(LANGUAGES)
