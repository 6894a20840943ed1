"""Who does what, for everybody: five lines of each service, in a language that is said."""

import pytest

from nav_access.guide.codes import LANGUAGES, Owner
from nav_access.guide.reading import load_guide
from tests.doors.citizen.conftest import Citizen

GUIDE = load_guide()


@pytest.fixture
def citizen(sample_app):
    """Somebody who only reads: nothing here depends on a database."""
    database = sample_app.extensions["nav_access"].database
    return Citizen(sample_app.test_client(use_cookies=False), database)


@pytest.mark.parametrize("lang", [*LANGUAGES, "uk", "ar"])
def test_every_service_is_listed_and_can_be_opened(citizen, lang):
    links = citizen.page(f"/{lang}/services").links.values()
    assert {f"/{lang}/services/{key}" for key in GUIDE.services} <= set(links)
    assert all(citizen.page(f"/{lang}/services/{key}") for key in list(GUIDE.services)[::7])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_whose_desk_has_what(citizen, lang):
    found = citizen.page(f"/{lang}/services")
    headings = [one.get_text() for one in found.all("main h2")]
    assert headings == [GUIDE.frames[lang][owner] for owner in Owner]
    assert not found.all("main .note[lang], main div[lang]:not(.box)")


def test_a_service_in_five_lines_with_its_source_and_day(citizen):
    found = citizen.page("/nb/services/social-assistance")
    assert found.heading == "Økonomisk sosialhjelp"
    assert len(found.all("dl dt")) == 5
    assert "Sosialtjenesteloven §§ 18, 19" in found.text
    assert "Sist sjekket: søndag 22. november" in found.text
    assert found.links["lovdata.no"] == "https://lovdata.no/lov/2009-12-18-131"


@pytest.mark.parametrize("lang", ["uk", "ar"])
def test_where_it_is_not_written_it_is_english_and_says_so(citizen, lang):
    found = citizen.page(f"/{lang}/services/advice")
    marked = found.one("main div[lang=en]")
    assert (marked["dir"], "What it is" in marked.get_text()) == ("ltr", True)
    assert found.one("h1")["lang"] == "en"
    assert found.all("main p.note")


def test_the_law_is_marked_as_norwegian_where_the_lines_are_not(citizen):
    assert [law.get_text() for law in citizen.page("/en/services/advice").all("dd [lang=nb]")] == [
        "Sosialtjenesteloven § 17"
    ]
    assert not citizen.page("/nb/services/advice").all("dd [lang]")


def test_it_is_kept_for_everybody_and_found_from_the_rights(citizen):
    kept = citizen.client.get("/en/services").headers
    assert "public" in kept["Cache-Control"]
    assert "/en/services" in citizen.page("/en/rights").links.values()


@pytest.mark.parametrize("path", ["/en/services/no-such", "/en/services/Advice"])
def test_an_unknown_service_is_no_page(citizen, path):
    assert citizen.client.get(path).status_code == 404


def test_wrong_method(citizen):
    assert citizen.client.post("/en/services").status_code == 405
