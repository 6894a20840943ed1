"""Asking for help in Chromium without script, on the smallest screen, with the keyboard."""

import pytest

from tests.journeys.asking import ask_for_help, open_case
from tests.journeys.clients.base import Client


@pytest.mark.parametrize("lang", ["nb", "ar"])
def test_a_person_asks_and_comes_back(small_screen: Client, lang: str) -> None:
    kept = ask_for_help(small_screen, lang)
    open_case(small_screen, lang, kept)
    assert kept.number in small_screen.text.replace(" ", "")
    assert small_screen.recorder.cookies_offered == []
