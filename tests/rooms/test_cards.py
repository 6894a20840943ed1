"""Which offices serve a place is remembered while the data stay; where somebody stays is not."""

import pytest
from sqlalchemy import update

from nav_access.core.clock import system_clock, to_oslo
from nav_access.core.db import Database
from nav_access.offices import cards, queries
from nav_access.offices.models import Office, OfficeDataVersion
from nav_access.offices.sample import load_sample

NAMES_A_PLACE = ["0150", "Bergen", "Kárášjohka"]
SAYS_MORE = ["Storgata 7, Oslo", "0150 Oslo, hos Kari", "Beergen", "hos min søster", "", "9999"]


@pytest.fixture
def sample(database: Database) -> Database:
    """A database with the sample in it, as of today: cards go by the database's own date."""
    with database.unit_of_work() as session:
        load_sample(session, today=to_oslo(system_clock()).date())
    return database


def remembered(database: Database) -> set[str]:
    return set(cards._kept[database.engine].by_place)


@pytest.mark.parametrize("text", NAMES_A_PLACE + SAYS_MORE)
def test_a_place_leads_where_the_query_leads_and_does_so_again(sample: Database, text: str) -> None:
    with sample.read_session() as session:
        found = [cards.match_place(session, text) for _ in range(2)]
        assert found == [queries.match_place(session, text)] * 2


def test_only_public_names_are_remembered(sample: Database) -> None:
    with sample.read_session() as session:
        for text in NAMES_A_PLACE + SAYS_MORE:
            cards.match_place(session, text)
    assert remembered(sample) <= {*NAMES_A_PLACE, "9999"}
    assert remembered(sample) >= {*NAMES_A_PLACE}


def test_it_is_forgotten_when_the_offices_change(
    sample: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cards, "GOOD_FOR_S", 0.0)
    with sample.unit_of_work() as session:
        office = cards.match_place(session, "0150").offices[0]
        session.execute(update(Office).where(Office.id == office.id).values(name="Flyttet"))
        session.execute(update(OfficeDataVersion).values(version=OfficeDataVersion.version + 1))
    with sample.read_session() as session:
        assert cards.match_place(session, "0150").offices[0].name == "Flyttet"


def test_what_a_session_from_before_a_change_reads_is_not_kept_as_the_new(
    sample: Database,
) -> None:
    with sample.read_session() as early:
        office = queries.match_place(early, "0150").offices[0]
        with sample.unit_of_work() as session:
            session.execute(update(Office).where(Office.id == office.id).values(name="Flyttet"))
            session.execute(update(OfficeDataVersion).values(version=OfficeDataVersion.version + 1))
        with sample.read_session() as session:
            cards.get_centre_card(session)
        cards.get_card(early, office.id)
        cards.match_place(early, "0150")
    with sample.read_session() as session:
        assert cards.get_card(session, office.id).name == "Flyttet"
        assert cards.match_place(session, "0150").offices[0].name == "Flyttet"
