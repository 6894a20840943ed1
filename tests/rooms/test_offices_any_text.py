"""Whatever people type in a search, it is answered and never an error."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nav_access.core.db import Database
from nav_access.offices.codes import PlaceKind
from nav_access.offices.queries import get_staffed_hours, match_place, search_offices
from nav_access.offices.sample import load_sample
from tests.rooms.offices_data import TODAY

typed = st.text(max_size=60) | st.text("0159 ,.-osloberghamdin%_'\"\\;\0", max_size=40)


@pytest.fixture
def sample(database: Database) -> Database:
    """A database with the sample in it."""
    with database.unit_of_work() as session:
        load_sample(session, today=TODAY)
    return database


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed)
def test_any_text_is_answered(sample: Database, text: str) -> None:
    with sample.read_session() as session:
        found = match_place(session, text, today=TODAY)
        hits = search_offices(session, text, today=TODAY)
        assert all(get_staffed_hours(session, choice.id) for choice in found.offices)
    assert (found.kind is PlaceKind.ONE_OFFICE) == (len(found.offices) == 1)
    assert all(hit.office.is_sample for hit in hits)
