"""The public pages are easy to read where that is measured: in Bokmål and in English."""

from collections.abc import Iterator

import pytest
from bs4 import Tag
from flask import Flask

from nav_access.core.i18n.check_words import (
    MOST_LIX,
    MOST_WORDS_ON_AVERAGE,
    average_length,
    full_sentences,
    lix,
)
from tests.page import Page, attribute, text_of
from tests.pages import ALL, list_visits, visit_state

MEASURED = ("nb", "en")
BLOCKS = ["p", "li", "dt", "dd", "h1", "h2", "h3", "legend", "label", "summary", "td", "div"]
FEWEST = 5
"""Sentences a page must have before it is measured by itself."""


def sentences_on(page: Page) -> list[str]:
    """Return the full sentences a page says in its own language, one by one."""
    main = page.soup.find("main")
    found = main.find_all(BLOCKS) if isinstance(main, Tag) else []
    blocks = [one for one in found if not one.find(BLOCKS)]
    ours = [one for one in blocks if _language_of(one) == page.lang]
    return full_sentences(map(text_of, ours))


def _language_of(block: Tag) -> str:
    said = block if block.has_attr("lang") else block.find_parent(lang=True)
    return attribute(said, "lang") if isinstance(said, Tag) else ""


def too_hard(page: Page) -> str:
    """Say how hard a page is when it is harder than a page may be."""
    found = sentences_on(page)
    figures = lix(found), average_length(found)
    is_plain = figures[0] <= MOST_LIX and figures[1] <= MOST_WORDS_ON_AVERAGE
    said = f"{page.address}: LIX {figures[0]:.0f}, {figures[1]:.0f} words a sentence"
    return "" if is_plain or len(found) < FEWEST else said


def addresses(app: Flask, lang: str) -> Iterator[str]:
    """Yield the citizens' pages that need nothing but a language."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("citizen.") and rule.arguments == {"lang"}:
            yield rule.rule.replace("<lang>", lang)


@pytest.mark.parametrize("lang", MEASURED)
def test_pages_are_plain(sample_app: Flask, lang: str) -> None:
    answers = map(sample_app.test_client().get, addresses(sample_app, lang))
    pages = [Page.read(one) for one in answers if one.status_code == 200]
    assert sum(len(sentences_on(page)) >= FEWEST for page in pages) > 10
    assert [said for page in pages if (said := too_hard(page))] == []


@pytest.mark.audit
@pytest.mark.parametrize("lang", MEASURED)
def test_every_state_is_plain(sample_app: Flask, lang: str) -> None:
    visits = [visit for visit in list_visits((lang,)) if visit[0].languages == ALL]
    seen = [visit_state(sample_app, state, lang) for state, lang in visits]
    pages = [Page.read(one.response) for one in seen]
    assert sum(len(sentences_on(page)) >= FEWEST for page in pages) > 20
    assert [said for page in pages if (said := too_hard(page))] == []


def test_a_hard_page_is_found(client) -> None:
    words = " ".join(["saksbehandlingstidsbestemmelsene"] * 16)
    page = Page.read(client.get("/nb/about"))
    for block in page.all("main p"):
        block.string = f"{words}. {words}."
    assert "LIX" in too_hard(page)
