"""Your rights: each with its source, worded as it is known, readable, in Arabic."""

import pytest

from nav_access.core.facts import load_facts
from nav_access.core.i18n.check_words import MOST_LIX, lix
from nav_access.core.i18n.locales import OFFERED
from nav_access.web.citizen.rights import RIGHTS

TOLD = {
    "apply": "oral_application",
    "interpreter": "interpreter",
    "complaint": "decision_and_complaint",
}
"""The rights with a place of their own to link to, and the key of each one's reference."""


def test_each_right_stands_with_its_source(citizen):
    found = citizen.page("/en/rights")
    shown = [item.get_text(" ", strip=True) for item in found.all(".rows li")]
    assert shown == [f"{words} {load_facts().law[key]}" for key, words in RIGHTS.items()]


def test_every_reference_is_used():
    assert {*RIGHTS, *TOLD.values()} == set(load_facts().law)


def test_the_same_day_is_not_called_the_law_s_words(citizen):
    text = citizen.page("/en/rights").text
    assert "the office must look at your case the same day" in text
    assert "The law does not say so in these words." in text


@pytest.mark.parametrize("locale", OFFERED, ids=str)
def test_three_rights_have_a_place_of_their_own_in_every_language(citizen, locale):
    found = citizen.page(f"/{locale.path}/rights")
    for place, key in TOLD.items():
        heading = found.one(f"h2[id={place}]")
        told = heading.find_next_siblings("p")[:2]
        assert load_facts().law[key] in told[0].get_text()
        assert all(len(one.get_text()) > 20 for one in told)
    assert found.phone_numbers.count("+4755553333") > 1


def test_it_says_how_to_complain_and_when_it_was_checked(citizen):
    text = citizen.page("/en/rights").text
    assert "You can complain within 3 weeks." in text
    assert "Statsforvalteren" in text
    assert "last checked on Saturday 15 August" in text


@pytest.mark.parametrize("path", ["rights", "privacy", "accessibility", "about"])
def test_plain_words(citizen, path):
    found = citizen.page(f"/en/{path}")
    for foreign in found.all("[lang=nb]"):
        foreign.decompose()
    sentences = [part.get_text(" ") for part in found.all("main p, main li")]
    assert lix(sentences) <= MOST_LIX


def test_in_arabic_and_wrong_method(citizen):
    assert citizen.page("/ar/rights").root["dir"] == "rtl"
    assert citizen.client.post("/ar/rights").status_code == 405
