"""Leave quickly: away at once, from every page, with nothing kept."""

import pytest

from nav_access.core.facts import load_facts
from tests.page import page


@pytest.mark.parametrize("lang", ["nb", "ar"])
def test_it_leads_away_and_is_not_kept(client, lang):
    answer = client.get(f"/{lang}/leave")
    assert (answer.status_code, answer.data) == (303, b"")
    assert answer.headers["Location"] == load_facts().leave_address
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_every_page_offers_it_first(citizen):
    for path in ("/nb/", "/nb/help", "/nb/offices", "/nb/nowhere"):
        found = page(citizen.client.get(path))
        assert found.all("a")[0]["href"] == "/nb/leave"


def test_wrong_method(client):
    assert client.post("/nb/leave").status_code == 405
