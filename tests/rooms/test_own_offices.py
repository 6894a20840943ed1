"""Offices made here: found like others, plainly our own, and removed without losing anything."""

import pytest

from nav_access.intake import removing
from nav_access.intake.removing import OfficeHasOpenCases
from nav_access.offices.codes import PlaceKind
from nav_access.offices.errors import OfficeNotFound
from nav_access.offices.keeping import own
from nav_access.offices.keeping.errors import (
    NoSuchMunicipality,
    NotToRemove,
    NumberInUse,
    StillInRegister,
)
from nav_access.offices.keeping.own import NewOffice
from nav_access.offices.models import Municipality, Office
from nav_access.offices.queries import find_public_office, match_place
from tests.desk_factory import Desk, add_office

NEW = NewOffice("x-1", "NAV Fjellheim", ("4601",), street="Gata 1", postcode="5003", place="Bergen")
HOW = {"actor": "staff:1"}


@pytest.fixture
def office_id(database, now):
    with database.unit_of_work() as session:
        session.add(Municipality(number="4601", name="Bergen", search_name="bergen"))
        session.flush()
        return own.create_office(session, NEW, **HOW, now=now)


def test_an_office_made_here_is_found_and_plainly_our_own(database, office_id):
    with database.read_session() as session:
        known = own.get_known_office(session, office_id)
        assert (known.is_own, known.slug) == (True, "nav-fjellheim")
        assert [one.name for one in match_place(session, "Bergen").offices] == ["NAV Fjellheim"]


@pytest.mark.usefixtures("office_id")
def test_a_number_is_somebodys_and_a_municipality_exists(database, now):
    with database.unit_of_work() as session:
        with pytest.raises(NumberInUse):
            own.create_office(session, NEW, **HOW, now=now)
        for numbers in ((), ("9999",), ("4601", "9999")):
            with pytest.raises(NoSuchMunicipality):
                own.create_office(session, NewOffice("x-2", "A", numbers), **HOW, now=now)


@pytest.mark.usefixtures("office_id")
def test_two_of_a_name_have_two_addresses(database, now):
    with database.unit_of_work() as session:
        again = NewOffice("x-2", NEW.name, NEW.municipalities)
        other = own.create_office(session, again, **HOW, now=now)
        assert own.get_known_office(session, other).slug == "nav-fjellheim-x-2"


def test_a_removed_office_is_shown_to_nobody(database, office_id, now):
    with database.unit_of_work() as session:
        removing.remove_office(session, office_id, **HOW, now=now)
    with database.read_session() as session:
        assert find_public_office(session, "nav-fjellheim") is None
        assert match_place(session, "Bergen").kind is PlaceKind.UNKNOWN
        assert session.get(Office, office_id) is not None


def test_it_is_removed_once(database, office_id, now):
    with database.unit_of_work() as session:
        removing.remove_office(session, office_id, **HOW, now=now)
        with pytest.raises(NotToRemove):
            removing.remove_office(session, office_id, **HOW, now=now)
        with pytest.raises(OfficeNotFound):
            removing.remove_office(session, 9999, **HOW, now=now)


def test_an_office_of_the_register_stays_while_the_register_has_it(database, now):
    with database.unit_of_work() as session:
        office_id = add_office(session, "nav-registret")
        with pytest.raises(StillInRegister):
            removing.remove_office(session, office_id, **HOW, now=now)
        session.get_one(Office, office_id).missing_since = now.date()
        removing.remove_office(session, office_id, **HOW, now=now)


def test_while_somebody_waits_an_office_is_not_removed(database, keyring, now):
    desk = Desk(database, keyring, now)
    desk.receive()
    with database.unit_of_work() as session:
        session.get_one(Office, desk.office_id).missing_since = now.date()
        session.flush()
        with pytest.raises(OfficeHasOpenCases) as refused:
            removing.remove_office(session, desk.office_id, **HOW, now=now)
    assert refused.value.count == 1


def test_offices_are_found_by_name_and_number(database, office_id):
    with database.read_session() as session:
        for asked in ("x-1", "fjellhe", "NAV Fjellheim", "", "FJELL"):
            assert [one.id for one in own.list_known_offices(session, asked)] == [office_id], asked
        for asked in ("%", "_", "zz", "'"):
            assert own.list_known_offices(session, asked) == [], asked
