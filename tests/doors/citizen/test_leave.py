"""Leave quickly: off the screen at once, from every page, with nothing kept."""

import pytest

from nav_access.core.facts import load_facts
from tests.page import Page, page


@pytest.mark.parametrize("lang", ["nb", "ar"])
def test_an_empty_page_comes_first_and_goes_on_by_itself(client, lang):
    answer = client.get(f"/{lang}/leave")
    shown = Page.read(answer)
    onward = f"/{lang}/leave/away"
    assert shown.one("[http-equiv=refresh]")["content"] == f"0;url={onward}"
    assert (shown.title, shown.text, shown.links) == ("yr.no", "yr.no", {"yr.no": onward})
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("lang", ["nb", "ar"])
def test_it_leads_away_and_has_the_browser_forget(client, lang):
    answer = client.get(f"/{lang}/leave/away")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert (answer.status_code, answer.data) == (303, b"")
    assert answer.headers["Location"] == load_facts().leave_address
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_every_page_offers_it_first(citizen):
    for path in ("/nb/", "/nb/help", "/nb/offices", "/nb/nowhere"):
        found = page(citizen.client.get(path))
        assert found.all("a")[0]["href"] == "/nb/leave"


def test_every_form_one_types_in_says_that_nothing_is_filled_in_again(citizen):
    for path in ("help", "callback", "appointment", "case", "feedback"):
        form = citizen.page(f"/nb/{path}").one("main form:has([name])")
        assert form["autocomplete"] == "off", path


def test_it_is_told_what_a_browser_remembers(citizen):
    for path in ("privacy", "rights"):
        links = citizen.page(f"/en/{path}").links.values()
        assert "/en/leave/about" in links
    assert citizen.page("/ar/leave/about").root["dir"] == "rtl"


def test_a_partner_s_page_offers_it_first_too(client):
    links = Page.read(client.get("/partner/sign-in")).all("a")
    assert links[0]["href"] == "/nb/leave"


def test_wrong_method(client):
    for path in ("leave", "leave/away", "leave/about"):
        assert client.post(f"/nb/{path}").status_code == 405
