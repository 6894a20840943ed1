"""The role for protected persons: never given to oneself unseen, and the others are told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from nav_access.core.audit_tables import ENTRIES
from nav_access.staff import members, notices, service, sessions
from nav_access.staff.codes import NoticeKind, StaffRole
from nav_access.staff.errors import (
    HasManager,
    MemberChanged,
    NotForOneself,
    StaffDisabled,
    WorksElsewhere,
)
from nav_access.staff.members import Standing
from nav_access.staff.service import NewStaff

CASEWORKER = Standing(StaffRole.CASEWORKER)
KEEPER = Standing(StaffRole.CASEWORKER, sees_protected=True)
MANAGER = Standing(StaffRole.MANAGER)
BOTH = Standing(StaffRole.MANAGER, sees_protected=True)


class Office:
    """An office whose members act as themselves."""

    def __init__(self, database, office_id, keyring, now):
        self.database, self.id, self.keyring, self.now = database, office_id, keyring, now
        self.ids = {}

    def by(self, name):
        return f"staff:{self.ids[name]}" if name else "cli"

    def add(self, name, standing=CASEWORKER, by=None):
        given = {"actor": self.by(by), "keyring": self.keyring, "now": self.now}
        with self.database.unit_of_work() as session:
            new = NewStaff(f"{name}@nav.no", name.title())
            added = members.add_member(session, self.id, new, standing, **given)
        self.ids[name] = added.staff_id
        return added

    def change(self, name, seen, wanted, by):
        with self.database.unit_of_work() as session:
            given = {"actor": self.by(by), "now": self.now}
            members.change_member(session, self.id, self.ids[name], seen, wanted, **given)

    def renew(self, name, by):
        given = {"actor": self.by(by), "keyring": self.keyring, "now": self.now}
        with self.database.unit_of_work() as session:
            return members.renew_member(session, self.id, self.ids[name], **given)

    def first_manager(self, name):
        given = {"actor": "cli", "keyring": self.keyring, "now": self.now}
        with self.database.unit_of_work() as session:
            new = NewStaff(f"{name}@nav.no", name.title())
            return members.add_first_manager(session, self.id, new, **given)

    def disable(self, name):
        with self.database.unit_of_work() as session:
            service.disable(session, self.ids[name], actor="cli", now=self.now)

    def told(self, name, after=timedelta(0)):
        """Return what somebody is told: about whom, by whom."""
        with self.database.unit_of_work() as session:
            token = sessions.start(session, self.ids[name], now=self.now + after)
        with self.database.read_session() as session:
            who = sessions.find_signed_in(session, token, self.now + after)
            found = notices.list_notices(session, who, self.now + after)
            return [(one.kind, one.name, one.given_by) for one in found]

    def unwitnessed(self):
        with self.database.read_session() as session:
            return [(n.name, n.is_own) for n in notices.list_unwitnessed(session, self.now)]


@pytest.fixture
def office(database, office_ids, keyring, now):
    return Office(database, office_ids[0], keyring, now)


def test_nobody_gives_themself_the_role_beside_another_manager(office):
    office.add("ola", MANAGER)
    office.add("kim", MANAGER)
    with pytest.raises(NotForOneself):
        office.change("ola", MANAGER, BOTH, by="ola")
    office.change("ola", MANAGER, BOTH, by="kim")


def test_nor_beside_somebody_who_has_it(office):
    office.add("ola", MANAGER)
    office.add("pia", KEEPER, by="ola")
    with pytest.raises(NotForOneself):
        office.change("ola", MANAGER, BOTH, by="ola")


def test_who_is_alone_takes_it_and_those_who_run_the_site_are_told(office):
    office.add("ola", MANAGER)
    office.add("kim", MANAGER)
    office.disable("kim")
    office.change("ola", MANAGER, BOTH, by="ola")
    assert office.unwitnessed() == [("Ola", True)]


def test_what_one_has_already_one_keeps(office):
    office.add("ola", BOTH)
    office.add("kim", MANAGER)
    office.change("ola", BOTH, Standing(StaffRole.CASEWORKER, sees_protected=True), by="ola")


def test_the_others_who_have_it_and_the_managers_are_told(office):
    for name, standing in (
        ("ola", MANAGER),
        ("kim", MANAGER),
        ("pia", KEEPER),
        ("per", CASEWORKER),
    ):
        office.add(name, standing)
    office.add("ny", KEEPER, by="ola")
    new = (NoticeKind.KEEPER, "Ny", "Ola")
    assert new in office.told("pia")
    assert new in office.told("kim")
    assert new not in office.told("ola") + office.told("ny")
    assert office.told("per") == []


def test_they_are_told_for_two_weeks_whatever_follows(office):
    office.add("ola", MANAGER)
    office.add("pia", KEEPER)
    office.add("ny", KEEPER, by="ola")
    office.change("ny", KEEPER, CASEWORKER, by="ola")
    fortnight = timedelta(days=14)
    told = (NoticeKind.KEEPER, "Ny", "Ola")
    assert told in office.told("pia", fortnight - timedelta(minutes=1))
    assert told not in office.told("pia", fortnight)


def test_another_office_is_told_nothing(office, office_ids):
    other = Office(office.database, office_ids[1], office.keyring, office.now)
    other.add("eva", BOTH)
    office.add("ola", MANAGER)
    office.add("ny", KEEPER, by="ola")
    assert (NoticeKind.KEEPER, "Ny", "Ola") not in other.told("eva")


def test_a_new_account_with_the_role_is_not_unseen_either(office):
    office.add("ola", MANAGER)
    office.add("ny", KEEPER, by="ola")
    assert office.unwitnessed() == [("Ny", False)]
    office.add("kim", MANAGER)
    assert office.unwitnessed() == []


def test_a_manager_makes_new_credentials(office):
    office.add("ola", MANAGER)
    given = office.add("kari").credentials
    again = office.renew("kari", by="ola")
    assert again.password != given.password
    assert again.until_utc == office.now + timedelta(days=7)
    with office.database.read_session() as session:
        done = select(ENTRIES.c.actor).where(ENTRIES.c.action == "staff.reset")
        assert session.scalars(done).all() == [office.by("ola")]


def test_not_for_oneself_nor_for_who_has_left_or_is_out(office):
    office.add("ola", MANAGER)
    office.add("kari")
    with pytest.raises(NotForOneself):
        office.renew("ola", by="ola")
    office.disable("kari")
    with pytest.raises(StaffDisabled):
        office.renew("kari", by="ola")
    office.ids["nobody"] = 999
    with pytest.raises(MemberChanged):
        office.renew("nobody", by="ola")


def test_nor_for_who_works_elsewhere_too(office, office_ids):
    other = Office(office.database, office_ids[1], office.keyring, office.now)
    office.add("ola", MANAGER)
    office.add("kari")
    other.add("kari")
    with pytest.raises(WorksElsewhere):
        office.renew("kari", by="ola")
    with office.database.unit_of_work() as session:
        new = NewStaff("olav@nav.no", "Olav", frozenset({StaffRole.OPERATOR}))
        given = {"actor": "cli", "keyring": office.keyring, "now": office.now}
        service.add(session, new, **given)
    office.add("olav")
    with pytest.raises(WorksElsewhere):
        office.renew("olav", by="ola")


def test_new_credentials_for_a_keeper_are_told(office):
    office.add("ola", MANAGER)
    office.add("pia", KEEPER)
    office.add("kari", KEEPER)
    office.renew("kari", by="ola")
    assert office.told("pia")[0] == (NoticeKind.KEEPER_RENEWED, "Kari", "Ola")


def test_an_office_whose_only_manager_is_out_gets_another(office):
    office.add("ola", MANAGER)
    with pytest.raises(HasManager):
        office.first_manager("kim")
    office.disable("ola")
    office.add("per")
    assert office.first_manager("kim").credentials
    assert office.told("per")[0][:2] == (NoticeKind.MANAGER, "Kim")
    with pytest.raises(HasManager):
        office.first_manager("una")


def test_somebody_who_works_there_becomes_the_manager(office):
    office.add("per", KEEPER)
    assert office.first_manager("per").credentials is None
    with office.database.read_session() as session:
        standing = members.get_member(session, office.id, office.ids["per"]).standing
    assert standing == BOTH
