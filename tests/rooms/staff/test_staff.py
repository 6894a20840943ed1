"""Staff: added, given offices, ended, given new credentials; each noted in the audit."""

import pytest
from sqlalchemy import select

from nav_access.core.audit_tables import ENTRIES
from nav_access.core.security.passwords import is_password
from nav_access.core.security.sealing import SealBroken
from nav_access.staff import queries, service
from nav_access.staff.codes import StaffRole
from nav_access.staff.errors import (
    AdministratorsHaveNoOffice,
    ChosenSince,
    EmailTaken,
    StaffDisabled,
    StaffNotFound,
)
from nav_access.staff.models import StaffMember
from nav_access.staff.one_time_codes import open_secret
from nav_access.staff.service import NewStaff
from tests.rooms.staff.conftest import KARI


def actions(database) -> list[str]:
    with database.read_session() as session:
        return list(session.scalars(select(ENTRIES.c.action).order_by(ENTRIES.c.number)))


def test_only_a_hash_and_a_sealed_secret_are_kept(session, kari, keyring) -> None:
    member = queries.get_member(session, kari.staff_id)
    assert is_password(member.password_hash, kari.password)
    sealed = member.totp_secret_sealed
    assert kari.totp_secret.encode() not in sealed
    assert open_secret(keyring, member.id, sealed) == kari.totp_secret
    assert kari.totp_secret in kari.otpauth_uri


@pytest.mark.usefixtures("kari")
def test_an_email_is_taken_whatever_its_case(session, keyring, now) -> None:
    with pytest.raises(EmailTaken):
        service.add(session, NewStaff(KARI.upper(), "K"), actor="cli", keyring=keyring, now=now)


def test_an_administrator_gets_no_office(session, office_ids, keyring, now) -> None:
    new = NewStaff(
        "a@nav.no", "A", frozenset({StaffRole.ADMINISTRATOR}), {office_ids[0]: StaffRole.MANAGER}
    )
    with pytest.raises(AdministratorsHaveNoOffice):
        service.add(session, new, actor="cli", keyring=keyring, now=now)


def test_nor_later(session, office_ids, keyring, now) -> None:
    new = NewStaff("a@nav.no", "A", frozenset({StaffRole.ADMINISTRATOR}))
    added = service.add(session, new, actor="cli", keyring=keyring, now=now)
    with pytest.raises(AdministratorsHaveNoOffice):
        service.join_office(
            session, added.staff_id, office_ids[0], StaffRole.CASEWORKER, actor="cli", now=now
        )


def test_a_role_at_an_office_is_changed_not_doubled(session, kari, office_ids, now) -> None:
    office_id = office_ids[0]
    service.join_office(session, kari.staff_id, office_id, StaffRole.MANAGER, actor="cli", now=now)
    session.expire_all()
    [held] = queries.get_member(session, kari.staff_id).memberships
    assert (held.office_id, held.role) == (office_id, StaffRole.MANAGER)


def test_an_office_lists_those_who_may_sign_in(session, kari, office_ids, now) -> None:
    assert [one.id for one in queries.list_office_staff(session, office_ids[0])] == [kari.staff_id]
    assert queries.list_office_staff(session, office_ids[1]) == []
    service.disable(session, kari.staff_id, actor="cli", now=now)
    assert queries.list_office_staff(session, office_ids[0]) == []


def test_leaving_an_office_ends_the_membership(session, kari, office_ids, now) -> None:
    service.leave_office(session, kari.staff_id, office_ids[0], actor="cli", now=now)
    assert queries.list_office_staff(session, office_ids[0]) == []


def test_new_credentials_end_the_old(session, kari, keyring, now) -> None:
    given = service.reset(session, kari.staff_id, actor="cli", keyring=keyring, now=now)
    member = queries.get_member(session, kari.staff_id)
    assert is_password(member.password_hash, given.password)
    assert not is_password(member.password_hash, kari.password)
    assert open_secret(keyring, member.id, member.totp_secret_sealed) != kari.totp_secret


def test_a_form_sent_again_makes_others_until_the_person_has_chosen(
    session, kari, keyring, now
) -> None:
    how = {"actor": "cli", "keyring": keyring, "now": now, "once": b"1"}
    first = service.reset(session, kari.staff_id, **how)
    assert service.reset(session, kari.staff_id, **how).password != first.password
    queries.get_member(session, kari.staff_id).handed_out_until_utc = None
    with pytest.raises(ChosenSince):
        service.reset(session, kari.staff_id, **how)
    service.reset(session, kari.staff_id, **{**how, "once": b"2"})


def test_ended_access_comes_back_only_on_purpose(session, kari, keyring, now) -> None:
    service.disable(session, kari.staff_id, actor="cli", now=now)
    how = {"actor": "cli", "keyring": keyring, "now": now}
    with pytest.raises(StaffDisabled):
        service.reset(session, kari.staff_id, **how)
    service.reset(session, kari.staff_id, may_enable=True, **how)
    assert not queries.get_member(session, kari.staff_id).is_disabled


def test_nobody_is_not_found(session) -> None:
    with pytest.raises(StaffNotFound):
        queries.get_member(session, 99)
    with pytest.raises(StaffNotFound):
        queries.get_member_by_email(session, "nobody@nav.no")
    assert queries.find_member_by_email(session, "nobody@nav.no") is None


def test_names_are_found_by_id(session, kari) -> None:
    assert queries.find_names(session, {kari.staff_id, 99}) == {kari.staff_id: "Kari Nordmann"}


def test_all_of_it_is_in_the_audit_without_names(database, kari, office_ids, keyring, now) -> None:
    how, kari = {"actor": "cli", "now": now}, kari.staff_id
    with database.unit_of_work() as session:
        service.join_office(session, kari, office_ids[0], StaffRole.CASEWORKER, **how)
        service.leave_office(session, kari, office_ids[0], **how)
        service.reset(session, kari, keyring=keyring, **how)
        service.disable(session, kari, **how)
    done = ["added", "joined_office", "left_office", "reset", "disabled"]
    assert actions(database) == [f"staff.{what}" for what in done]


def test_the_secret_of_one_row_does_not_open_in_another(session, kari, keyring, now) -> None:
    new = NewStaff("ola@nav.no", "Ola")
    ola = service.add(session, new, actor="cli", keyring=keyring, now=now)
    sealed = session.get_one(StaffMember, kari.staff_id).totp_secret_sealed
    with pytest.raises(SealBroken):
        open_secret(keyring, ola.staff_id, sealed)
