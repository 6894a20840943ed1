"""Where a typed text leads: postcode, address, municipality, place, name, with one slip."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest

from nav_access.core.db import Database
from nav_access.offices.codes import HitReason, PlaceKind
from nav_access.offices.models import OfficeArea, Postcode
from nav_access.offices.queries import PlaceMatch, match_place, search_offices
from tests.conftest import fresh_database
from tests.rooms.offices_data import (
    AREAS,
    STREETS,
    TODAY,
    UNITS,
    bring_in,
    bring_in_content,
    register_of_places,
)

Norways = Callable[[str], Database]


@pytest.fixture
def norway_of_my_own(database: Database) -> Database:
    """Norway's postcodes and the 37 units, to be changed."""
    return fill(database)


@pytest.fixture
def norway(db_engine: str, looked_at: Norways) -> Database:
    """Norway's postcodes and the 37 units, for looking only."""
    return looked_at(db_engine)


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Norways]:
    """Makes one database of each kind for all tests that only look."""
    with ExitStack() as open_ones:

        @cache
        def make(engine: str) -> Database:
            folder = tmp_path_factory.mktemp(engine)
            url = open_ones.enter_context(fresh_database(engine, folder))
            database = Database(url)
            open_ones.callback(database.dispose)
            return fill(database)

        yield make


def fill(database: Database) -> Database:
    bring_in_content(database, register_of_places())
    bring_in(database, UNITS, AREAS, STREETS)
    return database


def match(database: Database, text: str) -> PlaceMatch:
    with database.read_session() as session:
        return match_place(session, text, today=TODAY)


def names(database: Database, text: str) -> list[str]:
    with database.read_session() as session:
        return [hit.office.name for hit in search_offices(session, text, today=TODAY)]


def test_many_texts_lead_to_one_office(norway: Database) -> None:
    for text, office in {
        "8514": "NAV Narvik",
        "8514 Narvik": "NAV Narvik",
        "٨٥١٤": "NAV Narvik",
        "narvik": "NAV Narvik",
        "NAV Narvik": "NAV Narvik",
        "Narvk": "NAV Narvik",
        "Narivk": "NAV Narvik",
        "tromso": "NAV Tromsø",
        "Tromsø kommune": "NAV Tromsø",
        "Baerum": "NAV Bærum",
        "Aalesund": "NAV Ålesund",
        "Hárstták": "NAV Harstad",
        "harstad": "NAV Harstad",
        "Suorta": "NAV Sortland",
        "Hitra": "NAV Hitra Frøya",
        "Stjørdal": "NAV Værnes",
        "9999 Tromsø": "NAV Tromsø",
    }.items():
        found = match(norway, text)
        assert found.kind is PlaceKind.ONE_OFFICE, text
        assert [choice.name for choice in found.offices] == [office], text
        assert names(norway, text)[0] == office, text


def test_oslo_has_several_offices_to_choose_among(norway: Database) -> None:
    for text in ("0150", "Oslo", "oslo kommune"):
        found = match(norway, text)
        assert found.kind is PlaceKind.CHOOSE_OFFICE
        assert {c.slug for c in found.offices} == {
            "nav-gamle-oslo",
            "nav-frogner",
            "nav-sondre-nordstrand",
        }
        assert found.municipality_number == "0301"


def test_a_town_after_a_street_is_enough(norway: Database) -> None:
    for text in ("Storgata 5, Oslo", "Karl Johans gate 22 Oslo", "Frogner, Oslo", "NAV Oslo"):
        assert len(match(norway, text).offices) == 3, text


def test_a_guess_says_that_it_is_one(norway: Database) -> None:
    assert match(norway, "Narvk").is_guess
    assert not match(norway, "narvik").is_guess


def test_an_area_by_postcode_narrows_oslo_to_one(norway_of_my_own: Database) -> None:
    with norway_of_my_own.unit_of_work() as session:
        session.add(
            OfficeArea(
                office_number="0312", municipality_number="0301", postcode="0271", source="own"
            )
        )
    assert [choice.slug for choice in match(norway_of_my_own, "0271").offices] == ["nav-frogner"]
    assert match(norway_of_my_own, "0272").kind is PlaceKind.CHOOSE_OFFICE


def test_a_forest_address_leads_to_its_districts_office(norway: Database) -> None:
    for text in ("Døleruveien 3", "Døleruveien"):
        assert match(norway, text).kind is PlaceKind.UNKNOWN
    for text in (
        "Dølerudveien 3",
        "dølerudveien 12b, 1266 Oslo",
        "DØLERUDVEIEN",
        "Enebakkveien 699",
    ):
        assert [c.slug for c in match(norway, text).offices] == ["nav-sondre-nordstrand"], text


def test_the_same_street_elsewhere_is_not_the_forest(norway: Database) -> None:
    assert match(norway, "Enebakkveien 11").kind is PlaceKind.UNKNOWN
    assert match(norway, "Dølerudveien 3, 8514 Narvik").offices[0].slug == "nav-narvik"


def test_svalbard_and_jan_mayen_by_postcode_and_name(norway: Database) -> None:
    for text in ("9170", "9178", "Longyearbyen", "svalbard"):
        assert match(norway, text).kind is PlaceKind.SVALBARD, text
    for text in ("8099", "Jan Mayen"):
        assert match(norway, text).kind is PlaceKind.JAN_MAYEN, text


def test_2100_and_2211_are_other_peoples_postcodes(norway: Database) -> None:
    assert match(norway, "2100") == PlaceMatch(PlaceKind.UNKNOWN, (), "3415", "2100")
    assert match(norway, "2211") == PlaceMatch(PlaceKind.UNKNOWN, (), "3401", "2211")


@pytest.mark.parametrize(
    "text", ["", " ", "9999", "0000", "xyzzy", "%", "_", "\0", "😀", "1" * 500]
)
def test_what_nobody_knows_is_unknown_and_never_an_error(norway: Database, text: str) -> None:
    assert match(norway, text).kind is PlaceKind.UNKNOWN
    assert names(norway, text) == []


def test_a_withdrawn_postcode_is_unknown_and_kept_in_the_answer(norway_of_my_own: Database) -> None:
    with norway_of_my_own.unit_of_work() as session:
        session.get_one(Postcode, "8514").withdrawn_on = TODAY
    assert match(norway_of_my_own, "8514") == PlaceMatch(PlaceKind.UNKNOWN, postcode="8514")


def test_a_name_that_two_municipalities_share_offers_both(norway_of_my_own: Database) -> None:
    with norway_of_my_own.unit_of_work() as session:
        for number, office in (("1515", "1504"), ("1818", "1870")):
            area = OfficeArea(office_number=office, municipality_number=number, source="own")
            session.add(area)
    found = match(norway_of_my_own, "Herøy")
    assert found.kind is PlaceKind.CHOOSE_OFFICE
    assert [choice.name for choice in found.offices] == ["NAV Sortland", "NAV Ålesund"]
    assert found.municipality_number is None


def test_a_name_of_two_languages_is_found_by_each(norway_of_my_own: Database) -> None:
    with norway_of_my_own.unit_of_work() as session:
        session.add(OfficeArea(office_number="2012", municipality_number="5610", source="own"))
    for text in ("Karasjok", "kárášjohka", "Karasjohka", "KARASJOHKA KARASJOK", "Karasjokk"):
        assert [choice.name for choice in match(norway_of_my_own, text).offices] == ["NAV Alta"], (
            text
        )


def test_search_finds_parts_of_names_and_beginnings(norway: Database) -> None:
    assert names(norway, "frøya") == ["NAV Hitra Frøya"]
    assert names(norway, "Nordstr") == ["NAV Søndre Nordstrand"]
    assert "NAV Kviteseid - Nissedal" in names(norway, "nissedal")


def test_search_says_why_and_hidden_offices_never_come(norway: Database) -> None:
    with norway.read_session() as session:
        (hit,) = search_offices(session, "Mos", today=TODAY)[:1]
        assert (hit.office.name, hit.reason) == ("NAV Moss", HitReason.NAME)
        assert search_offices(session, "8514", today=TODAY)[0].reason is HitReason.POSTCODE
    for hidden in ("Os i Hedmark", "Midtbyen", "Hjelpemiddelsentral", "Kontaktsenter"):
        assert not any(hidden in name for name in names(norway, hidden))


def test_search_is_bounded(norway: Database) -> None:
    with norway.read_session() as session:
        assert len(search_offices(session, "Oslo", limit=2, today=TODAY)) == 2


def test_without_a_register_names_of_offices_still_lead_somewhere(database: Database) -> None:
    bring_in(database, UNITS)
    assert match(database, "Moss").kind is PlaceKind.ONE_OFFICE
    assert match(database, "9170").kind is PlaceKind.SVALBARD
    assert match(database, "0150").kind is PlaceKind.UNKNOWN
