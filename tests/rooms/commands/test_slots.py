"""`flask slots make` and the times of the sample."""

import pytest

from nav_access.appointments.codes import BookingKind
from nav_access.appointments.models import Slot
from nav_access.appointments.queries import list_free_times
from nav_access.offices.models import Office


@pytest.fixture
def sampled(run, app):
    """The site with its sample, and what it has of free times at an office."""
    assert run("sample", "load").exit_code == 0
    site = app.extensions["nav_access"]

    def free(number, kind):
        with site.database.read_session() as session:
            office_id = session.query(Office.id).filter_by(number=number).scalar()
            return list_free_times(session, office_id, kind, now=site.clock())

    return free


@pytest.mark.parametrize("kind", list(BookingKind))
def test_the_sample_has_times_to_book(sampled, kind):
    assert len(sampled("9901", kind)) > 20


def test_an_office_that_publishes_nothing_offers_nothing(sampled):
    assert sampled("9903", BookingKind.CALLBACK) == ()


def test_slots_are_made_once_and_told(sampled, run, app):
    with app.extensions["nav_access"].database.unit_of_work() as session:
        session.query(Slot).delete()
    first, again = run("slots", "make"), run("slots", "make")
    assert sampled("9901", BookingKind.OFFICE)
    assert "Times made: 0." not in first.output
    assert "Times made: 0. Changed: 0. Removed: 0." in again.output
