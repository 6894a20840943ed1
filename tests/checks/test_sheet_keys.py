"""A sheet of paper is entered with the keyboard alone, in few enough keys for a minute."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.checks.browser import window
from tests.pages import load_states, visit_state

MOST_KEYS = 200
"""At 0.28 s a key, an average typist's, with time left to read the sheet."""

STEPS = (
    *("ukr", "Tab", "Tab", "0915", "Tab"),
    *("Tab", "Space", "Tab", "Tab", "Space", "Tab", "Tab", "Tab", "Tab"),
    *("Space", "Tab", "Tab", "Tab", "Space", "Tab"),
    *("9650 Granvik", "Tab", "ArrowDown", "ArrowDown", "Tab", "91234567", "Tab", "Tab"),
    *("ArrowDown", "Tab", "Tab", "ArrowDown", "Tab", "ukrainsk", "Tab", "Space", "Tab"),
    *("Olena", "Tab", "Jeg har to barn og ingen seng til den minste.", "Tab", "Tab"),
)
KEYS = frozenset({"Tab", "Space", "ArrowDown"})
ANSWERED = {
    "reads": ["uk"],
    "time": ["0915"],
    "need": ["food", "housing"],
    "acute": ["no_food_today"],
    "children": ["yes"],
    "place": ["9650 Granvik"],
    "reach": ["sms"],
    "phone": ["91234567"],
    "when": ["morning"],
    "voicemail": ["no"],
    "say_who": ["yes"],
    "speak": ["ukrainsk"],
    "interpreter": ["yes"],
    "name": ["Olena"],
    "message": ["Jeg har to barn og ingen seng til den minste."],
}
TYPED = """() => {
    const typed = {};
    for (const [name, value] of new FormData(document.querySelector('form:has(#reads)')))
        (typed[name] ??= []).push(value);
    return typed;
}"""


def press() -> Iterator[str]:
    """Give the keys one at a time."""
    for step in STEPS:
        yield from [step] if step in KEYS else step


@pytest.mark.audit
def test_a_full_sheet_takes_few_keys(browser: Browser, sample_app: Flask) -> None:
    (state,) = [one for one in load_states() if one.name == "desk, a form on paper"]
    with window(browser) as opened:
        opened.show(visit_state(sample_app, state, "nb").response)
        keys = [opened.tab.keyboard.press(key) or key for key in press()]
        typed = opened.run(TYPED)
        focused = opened.run("() => document.activeElement.textContent")
    print(f"{len(keys)} keys")
    assert {name: typed[name] for name in ANSWERED} == ANSWERED
    assert (len(keys) <= MOST_KEYS, focused) == (True, "Send")
