"""Booking a time, moving it and giving it up, with real browsers without script or cookies."""

import pytest

from tests.journeys.asking import main_button
from tests.journeys.booking import OFFICE, book, choose_last_time, go_on
from tests.journeys.clients.base import Client

WAYS = [("callback", "nb"), ("appointment", "ar")]


def book_move_cancel(client: Client, lang: str, path: str) -> None:
    """Go the whole way; each step must lead to the next."""
    book(client, lang, path)
    go_on(client, "show")
    go_on(client, "move")
    choose_last_time(client)
    go_on(client, "choose")
    assert len(client.recorder.source.select("button[value=cannot]")) == 1, client.text
    go_on(client, "cannot")
    go_on(client, "cancel-time")
    assert not client.recorder.source.select("button[value=cannot]")
    assert client.recorder.source.select_one('[role="status"]'), client.text
    assert client.recorder.cookies_offered == []


@pytest.mark.parametrize(("path", "lang"), WAYS)
def test_with_a_text_browser(text_browser: Client, path: str, lang: str) -> None:
    book_move_cancel(text_browser, lang, path)


@pytest.mark.parametrize("lang", ["nb", "ar"])
@pytest.mark.parametrize("path", ["callback", "appointment"])
def test_on_a_small_screen(small_screen: Client, path: str, lang: str) -> None:
    book_move_cancel(small_screen, lang, path)


def test_nothing_is_booked_by_pressing_on(text_browser: Client) -> None:
    text_browser.open(f"/nb/appointment?office={OFFICE}")
    text_browser.press(main_button(text_browser, "/nb/appointment"))
    source = text_browser.recorder.source
    assert source.select("input[name=slot][aria-invalid]")
    assert [one["value"] for one in source.select("input[name=slot][checked]")] == [""]
