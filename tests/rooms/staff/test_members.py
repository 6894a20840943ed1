"""An office's managers run its members: nobody is overwritten, and one manager always stays."""

from threading import Barrier, Thread

import pytest

from nav_access.staff import accounts, managing, members, service, sessions
from nav_access.staff.codes import Side, StaffRole
from nav_access.staff.errors import (
    AdministratorsHaveNoOffice,
    AlreadyMember,
    LastAdministrator,
    LastManager,
    MemberChanged,
    StaffDisabled,
)
from nav_access.staff.members import Standing
from nav_access.staff.service import NewStaff
from tests.rooms.staff.conftest import KARI

CASEWORKER = Standing(StaffRole.CASEWORKER)
MANAGER = Standing(StaffRole.MANAGER, Side.STATE, sees_protected=True)


class Office:
    """An office, and how its members are changed."""

    def __init__(self, database, office_id, keyring, now):
        self.database, self.id, self.keyring, self.now = database, office_id, keyring, now

    def add(self, name, standing=CASEWORKER):
        new = NewStaff(f"{name}@nav.no", name)
        how = {"actor": "staff:1", "keyring": self.keyring, "now": self.now}
        with self.database.unit_of_work() as session:
            return members.add_member(session, self.id, new, standing, **how)

    def do(self, verb, *arguments):
        with self.database.unit_of_work() as session:
            return verb(session, self.id, *arguments, actor="staff:1", now=self.now)

    def standing(self, staff_id):
        with self.database.read_session() as session:
            return members.get_member(session, self.id, staff_id).standing


@pytest.fixture
def office(database, office_ids, keyring, now):
    return Office(database, office_ids[0], keyring, now)


def test_a_new_member_gets_credentials_once(office):
    added = office.add("ola", MANAGER)
    assert added.credentials.password
    assert office.standing(added.staff_id) == MANAGER
    with pytest.raises(AlreadyMember):
        office.add("ola")


def test_who_works_elsewhere_keeps_their_credentials(database, office, office_ids, kari):
    other = Office(database, office_ids[1], office.keyring, office.now)
    added = other.add(KARI.partition("@")[0])
    assert (added.staff_id, added.credentials) == (kari.staff_id, None)
    assert added.name == "Kari Nordmann"


def test_a_refused_member_leaves_nothing_behind(database, office):
    how = {"actor": "cli", "keyring": office.keyring, "now": office.now}
    with database.unit_of_work() as session:
        new = NewStaff("root@nav.no", "R", frozenset({StaffRole.ADMINISTRATOR}))
        service.add(session, new, **how)
        gone = service.add(session, NewStaff("gone@nav.no", "G"), **how)
        service.disable(session, gone.staff_id, actor="cli", now=office.now)
    with pytest.raises(AdministratorsHaveNoOffice):
        office.add("root")
    with pytest.raises(StaffDisabled):
        office.add("gone")


def test_the_last_manager_stays(office):
    only = office.add("ola", MANAGER).staff_id
    with pytest.raises(LastManager):
        office.do(members.end_member, only, MANAGER)
    with pytest.raises(LastManager):
        office.do(members.change_member, only, MANAGER, CASEWORKER)
    office.do(members.change_member, only, MANAGER, Standing(StaffRole.MANAGER, Side.BOTH))
    assert office.standing(only).side is Side.BOTH


def test_a_manager_who_cannot_sign_in_does_not_count(database, office):
    ola, kim = office.add("ola", MANAGER).staff_id, office.add("kim", MANAGER).staff_id
    with database.unit_of_work() as session:
        service.disable(session, kim, actor="cli", now=office.now)
        assert managing.list_without_manager(session, ola) == [office.id]
    with pytest.raises(LastManager):
        office.do(members.end_member, ola, MANAGER)
    office.do(members.end_member, kim, MANAGER)


def test_work_ends_with_the_next_request(database, office):
    office.add("ola", MANAGER)
    kim = office.add("kim").staff_id
    with database.unit_of_work() as session:
        token = sessions.start(session, kim, now=office.now)
    office.do(members.end_member, kim, CASEWORKER)
    with database.read_session() as session:
        assert not sessions.find_signed_in(session, token, office.now).office_ids


def test_what_another_manager_changed_is_not_overwritten(office):
    kim = office.add("kim").staff_id
    office.do(members.change_member, kim, CASEWORKER, Standing(StaffRole.CASEWORKER, Side.STATE))
    with pytest.raises(MemberChanged):
        office.do(members.change_member, kim, CASEWORKER, MANAGER)
    with pytest.raises(MemberChanged):
        office.do(members.end_member, kim, CASEWORKER)


def test_anothers_member_is_nobodys(office, kari):
    other = Office(office.database, office.id + 1, office.keyring, office.now)
    with pytest.raises(MemberChanged):
        other.do(members.change_member, kari.staff_id, CASEWORKER, MANAGER)
    with pytest.raises(MemberChanged):
        other.do(members.end_member, kari.staff_id, CASEWORKER)


def test_two_managers_who_end_each_other_at_once_leave_one(office):
    both = [office.add(name, MANAGER).staff_id for name in ("ola", "kim")]
    start, refused = Barrier(2), []

    def end(staff_id):
        start.wait()
        try:
            office.do(members.end_member, staff_id, MANAGER)
        except LastManager:
            refused.append(staff_id)

    threads = [Thread(target=end, args=(one,)) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert office.standing(refused[0]) == MANAGER


def test_two_administrators_who_end_each_others_access_at_once_leave_one(database, keyring, now):
    how = {"actor": "cli", "keyring": keyring, "now": now}
    with database.unit_of_work() as session:
        roles = frozenset({StaffRole.ADMINISTRATOR})
        news = [NewStaff(f"{name}@nav.no", name, roles) for name in ("ada", "unn")]
        both = [service.add(session, new, **how).staff_id for new in news]
    start, refused = Barrier(2), []

    def end(staff_id):
        start.wait()
        try:
            with database.unit_of_work() as session:
                accounts.disable_account(session, staff_id, actor="cli", now=now)
        except LastAdministrator:
            refused.append(staff_id)

    threads = [Thread(target=end, args=(one,)) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
