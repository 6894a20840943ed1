"""Who becomes an operator is told to the other operators, whoever made them one."""

from datetime import timedelta

import pytest

from nav_access.intake.centre import joining
from nav_access.staff.codes import NoticeKind, StaffRole
from nav_access.staff.notices import TOLD_FOR, list_about_operators
from nav_access.staff.service import NewStaff


@pytest.fixture
def told(centre):
    """Return what somebody reads of other operators, by kind and name."""

    def read(who, after=timedelta(0)):
        with centre.database.read_session() as session:
            found = list_about_operators(session, who, centre.now + after)
        return [(notice.kind, notice.name) for notice in found]

    return read


@pytest.fixture
def add(centre, keyring):
    def one(role, by="system"):
        new = NewStaff("ny@nav.no", "Ny", site_roles=frozenset({role}))
        with centre.database.unit_of_work() as session:
            return joining.add_for_site(session, new, actor=by, keyring=keyring, now=centre.now)

    return one


def test_a_new_operator_is_named_to_the_others_for_two_weeks(centre, add, told):
    add(StaffRole.OPERATOR)
    assert told(centre.olga) == [(NoticeKind.OPERATOR, "Ny")]
    assert told(centre.olga, TOLD_FOR) == []


def test_nobody_is_told_of_a_supervisor_or_of_what_they_did(centre, add, told):
    add(StaffRole.SUPERVISOR)
    assert told(centre.olga) == []


def test_whoever_added_the_operator_reads_nothing_new(centre, add, told):
    add(StaffRole.OPERATOR, by=f"staff:{centre.olga.staff_id}")
    assert told(centre.olga) == []
    assert told(centre.omar) == [(NoticeKind.OPERATOR, "Ny")]


def test_new_credentials_of_an_operator_are_told_too(centre, keyring, told):
    with centre.database.unit_of_work() as session:
        joining.renew(
            session,
            centre.omar.staff_id,
            actor="system",
            keyring=keyring,
            now=centre.now,
            once=b"1" * 16,
        )
    assert told(centre.olga)[0][0] is NoticeKind.OPERATOR_RENEWED
    assert told(centre.omar) == []
