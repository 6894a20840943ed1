"""The paper form asks what the form on the screen asks, in its order, and can be read by staff."""

import pytest

from tests.page import text_of

ASKED = "form label.field, form legend, form > div > label.choice"


def on_screen(citizen, lang):
    """Return the questions of the form, and single ticks, as they stand."""
    shown = citizen.page(f"/{lang}/help").all(ASKED)
    return [text_of(one).strip() for one in shown if one.get("for") not in ("website", "to")]


def on_paper(citizen, lang):
    """Return the same of the paper form."""
    return [asked(item) for item in citizen.page(f"/{lang}/print").all(".paper > li")]


def asked(item):
    return text_of(item.find("strong") or item.find("li").contents[0]).strip()


@pytest.mark.parametrize("lang", ["nb", "ar"])
def test_the_questions_are_those_of_the_screen_in_order(citizen, lang):
    assert on_paper(citizen, lang) == on_screen(citizen, lang)


def test_who_enters_it_reads_norwegian_beside(citizen):
    shown = citizen.page("/ar/print")
    norwegian = [text_of(one) for one in shown.all("[lang=nb]")]
    for said in on_paper(citizen, "nb"):
        assert said in norwegian


def test_large_print_leads_there_and_back(citizen):
    large = citizen.page("/nb/print").links
    assert "/nb/print?size=large" in large.values()
    assert "/nb/print" in citizen.page("/nb/print?size=large").links.values()
    assert citizen.page("/nb/print?size=large").all(".large .paper")
