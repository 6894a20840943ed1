"""Asking for help in lynx, w3m and edbrowse: text only, no script, cookies refused."""

import pytest

from tests.journeys.asking import ask_for_help, main_button, open_case
from tests.journeys.clients.base import Client
from tests.page import text_of


@pytest.mark.parametrize("lang", ["nb", "ar"])
def test_a_person_asks_and_comes_back(text_browser: Client, lang: str) -> None:
    kept = ask_for_help(text_browser, lang)
    open_case(text_browser, lang, kept)
    assert kept.number in text_browser.text.replace(" ", "")
    assert text_browser.recorder.cookies_offered == []


def test_the_first_thing_read_after_a_fault_is_the_fault(text_browser: Client) -> None:
    text_browser.open("/nb/help")
    text_browser.press(main_button(text_browser, "/nb/help"))
    fault = text_browser.recorder.source.select_one("main a[href^='#']")
    question = text_browser.recorder.source.select_one("main legend")
    assert fault
    assert question
    shown = " ".join(text_browser.text.split())
    assert 0 <= shown.find(text_of(fault)) < shown.find(text_of(question)), shown
