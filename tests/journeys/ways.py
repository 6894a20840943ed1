"""The four ways through the site that every client must come to the end of, in any language.

A step is done with the client's own hands; what was sent and what came back is read where the
recorder stands, and what every screen can show is read off the screen.
"""

import time
from collections.abc import Callable
from itertools import count

from bs4 import BeautifulSoup, Tag

from tests.journeys.asking import ask_for_help, fill_in_help, main_button, open_case
from tests.journeys.booking import OFFICE, choose_last_time
from tests.journeys.clients.base import PATIENCE_S, Client
from tests.page import attribute, text_of

WORDS = {
    "nb": "Jeg bor hos søsteren min på Grünerløkka.",
    "en": "I am staying with my sister.",
    "ar": "أقيم عند أختي.",
    "ti": "ምስ ሓብተይ እየ ዝነብር።",
}
"""Something to tell, in letters that must arrive as they were written."""

MOST_TRIES = 3
_people = count(1)


def help_way(client: Client, lang: str) -> None:
    """From the front page: ask for food today, and read the code and the promise."""
    client.open(f"/{lang}/")
    client.follow(text_of(_one(client, f'main a[href="/{lang}/help"]')))
    fill_in_help(client, WORDS[lang])
    client.press(main_button(client, f"/{lang}/help"))
    _shows(client, _one(client, "#code bdi"))
    _sent(client, need="food", acute="no_food_today", place="0150", message=WORDS[lang])
    _shows(client, _one(client, "main .big"))


def offices_way(client: Client, lang: str) -> None:
    """Search a postcode, open the office, read when it is open and what number to ring."""
    client.open(f"/{lang}/offices")
    client.fill("q", "0150")
    client.press(text_of(_one(client, f'form[action="/{lang}/offices"] button')))
    client.follow(text_of(_one(client, "main .rows a")))
    _shows(client, _one(client, "main h1"))
    _shows(client, _one(client, "main table td"))
    _shows(client, _one(client, 'main h2 ~ .big a[href^="tel:"]'))


def callback_way(client: Client, lang: str) -> None:
    """Say where one is, choose the office and a time, and read that the time is booked."""
    client.open(f"/{lang}/callback")
    client.fill("place", "0550")
    client.press(text_of(_one(client, f'form[action="/{lang}/callback"] button')))
    client.follow(text_of(_one(client, f'main a[href$="={OFFICE}"]')))
    client.fill("phone", f"91 00 {next(_people):04}")
    client.fill("name", WORDS[lang])
    for _ in range(MOST_TRIES):
        # A time may have been taken by another while one looked: one chooses again.
        if client.recorder.source.select_one("#code"):
            break
        choose_last_time(client)
        client.press(main_button(client, f"/{lang}/callback"))
    _sent(client, office=OFFICE, name=WORDS[lang])
    _shows(client, _one(client, "#code bdi"))
    _shows(client, _one(client, "main .big"))


def case_way(client: Client, lang: str) -> None:
    """Open the case with its code, read how it stands, tell more, and read that it arrived."""
    kept = ask_for_help(client, lang)
    open_case(client, lang, kept)
    _shows(client, _one(client, "main .big"))
    assert kept.number in client.text.replace(" ", ""), client.text
    before = len(client.recorder.source.select("main > ul:last-of-type li"))
    client.fill("message", WORDS[lang])
    client.press(text_of(_one(client, 'button[value="add"]')))
    _sent(client, do="add", message=WORDS[lang])
    _shows(client, _one(client, '[role="status"]'))
    assert len(client.recorder.source.select("main > ul:last-of-type li")) == before + 1


WAYS: dict[str, Callable[[Client, str], None]] = {
    "help": help_way,
    "offices": offices_way,
    "callback": callback_way,
    "case": case_way,
}


def go(client: Client, journey: str, lang: str) -> None:
    """Go one of the ways to its end, in one language throughout, without a cookie."""
    WAYS[journey](client, lang)
    pages = (BeautifulSoup(one, "html5lib").select_one("html") for one in client.recorder.pages)
    assert {one and attribute(one, "lang") for one in pages} == {lang}
    assert client.recorder.cookies_offered == []


def _one(client: Client, selector: str) -> Tag:
    found = client.recorder.source.select_one(selector)
    assert found is not None, f"nothing is {selector}: {client.text}"
    return found


def _sent(client: Client, **fields: str) -> None:
    last = client.recorder.sent[-1]
    assert {name: last.get(name) for name in fields} == {
        name: [value] for name, value in fields.items()
    }


def _shows(client: Client, tag: Tag) -> None:
    """Give the browser time to draw: on a busy machine the answer is there before the words."""
    assert text_of(tag), f"there is nothing to read in {tag}"
    until = time.monotonic() + PATIENCE_S
    while not client.shows(text_of(tag)):
        assert time.monotonic() < until, f"not on the screen: {text_of(tag)}\n{client.text}"
        time.sleep(0.1)
