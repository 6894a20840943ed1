"""Find an office: hits, choices, guesses, nothing, the far north, hostile words, in Arabic."""

from urllib.parse import quote

import pytest

from nav_access.web.shared.page_cache import MAX_QUERY
from tests.page import page

HOSTILE = (
    "x" * 5000,
    "\x00",
    "Os\x00lo",
    "%ed%a0%80",
    "\u202eolsO\u2066",
    "'; DROP TABLE offices; --",
    "%' OR 1=1",
    "<script>alert(1)</script>",
    "🏠🍞",
    "٠١٥٠",
    "_" * 90,
    "{{ 7*7 }}",
    "../../etc/passwd",
)


@pytest.fixture
def reader(sample_app):
    """Someone who only looks, at the sample's offices."""
    client = sample_app.test_client(use_cookies=False)
    return lambda path: page(client.get(path))


def search(reader, asked, lang="en"):
    return reader(f"/{lang}/offices?q={quote(asked)}")


def test_before_searching_there_is_a_hint(reader):
    found = reader("/en/offices")
    assert "Write for example 0150 , Bergen or NAV Frogner" in found.text
    assert found.links["Ask for help"] == "/en/help"


def test_a_hit_says_where_it_is_and_when_its_door_opens(reader):
    found = search(reader, "Karasjok")
    assert found.links["NAV Eksempel Kárášjohka – Karasjok"].startswith("/en/offices/nav-eksempel")
    assert "Closed now. Opens at 10:00 today." in found.text
    assert "9730 Karasjok" in found.text


def test_a_town_with_several_offices_asks_where_one_is_staying(reader):
    found = search(reader, "Oslo")
    assert "Choose the one where you are staying." in found.text
    assert len(found.all(".rows a")) > 1


def test_one_wrong_letter_is_said_to_be_a_guess(reader):
    found = search(reader, "Karasjk")
    assert "These are close to what you wrote." in found.text
    assert found.all(".rows a")


def test_nothing_found_leaves_a_number_and_a_way_to_ask(reader):
    found = search(reader, "Ingensteds")
    assert "We found no office for “ Ingensteds ”." in found.text
    assert found.phone_numbers
    assert found.links["Ask for help"] == "/en/help"
    assert found.one("#q")["value"] == "Ingensteds"


@pytest.mark.parametrize(("asked", "place"), [("9170", "Svalbard"), ("Jan Mayen", "Jan Mayen")])
def test_the_far_north_has_its_own_words(reader, asked, place):
    found = search(reader, asked)
    assert f"{place} has no NAV office of this kind." in found.text
    assert not found.all(".rows a")


def test_another_language_keeps_the_question(reader):
    found = search(reader, "Oslo")
    assert found.links["norsk bokmål"] == "/nb/offices?q=Oslo"


def test_in_arabic(reader):
    found = search(reader, "Oslo", "ar")
    assert found.root["dir"] == "rtl"
    assert found.all(".rows a")


def test_wrong_method(citizen):
    answer = citizen.client.post("/nb/offices", data={"q": "Oslo"})
    assert answer.status_code == 405
    assert page(answer).phone_numbers


@pytest.mark.parametrize("path", ["offices", "duty"])
def test_hostile_questions_get_a_page(citizen, path):
    for asked in HOSTILE:
        found = citizen.page(f"/ar/{path}?q={quote(asked)}")
        assert "<script" not in found.response.text


def test_hostile_addresses_get_a_page(citizen):
    for raw in ("q=%ff%fe", "q=%ed%a0%80", "q", "q=a&q=b", "q[]=x", "=", "%00=%00"):
        assert citizen.page(f"/nb/offices?{raw}").heading


def test_open_now_is_kept_for_a_minute_at_most(citizen):
    said = citizen.page("/nb/offices?q=Oslo").response.headers["Cache-Control"]
    assert said.startswith("public,max-age=")
    assert int(said.split("=")[1].split(",")[0]) <= 60


def test_a_question_too_long_to_keep_is_not_kept(citizen):
    long = citizen.page(f"/nb/offices?q={'a' * MAX_QUERY}").response
    assert long.headers["Cache-Control"] == "no-store"
