"""Sample staff: there for trying the desk, and nowhere else."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from nav_access.cli.sample_staff import (
    PASSWORD,
    PEOPLE,
    NotASample,
    describe_sample_sign_ins,
    load_sample_staff,
)
from nav_access.offices.sample import load_sample
from nav_access.partners.queries import find_membership
from nav_access.staff.models import StaffMember
from nav_access.staff.queries import get_member_by_email
from nav_access.staff.rules import code_at
from nav_access.staff.signing_in import sign_in
from nav_access.web.shared.installation import installation


@pytest.fixture
def sample(app, now):
    with app.app_context():
        here = installation()
    with here.database.unit_of_work() as session:
        load_sample(session, today=now.date())
    return replace(here, settings=replace(here.settings, is_sample=True))


def test_loading_twice_adds_once(sample):
    assert (load_sample_staff(sample), load_sample_staff(sample)) == (len(PEOPLE), 0)
    with sample.database.read_session() as session:
        assert session.scalar(select(func.count(StaffMember.id))) == len(PEOPLE)


def test_each_can_sign_in_as_described(sample, keyring, now):
    load_sample_staff(sample)
    given = {"address": "127.0.0.1", "keyring": keyring, "now": now}
    described = "\n".join(describe_sample_sign_ins(sample))
    for person in PEOPLE:
        code = code_at(person.secret, now)
        assert not sign_in(sample.database, person.email, PASSWORD, code, **given).is_first
        assert code in described
        assert person.door in described


def test_who_was_there_before_is_asked_for_nothing_either(sample, keyring, now):
    load_sample_staff(sample)
    anne = PEOPLE[0]
    with sample.database.unit_of_work() as session:
        get_member_by_email(session, anne.email).handed_out_until_utc = now
    load_sample_staff(sample)
    given = {"address": "127.0.0.1", "keyring": keyring, "now": now}
    code = code_at(anne.secret, now)
    assert not sign_in(sample.database, anne.email, PASSWORD, code, **given).is_first


def test_those_of_an_agency_act_for_it(sample, now):
    load_sample_staff(sample)
    with sample.database.read_session() as session:
        for person in (one for one in PEOPLE if one.role is None):
            staff_id = get_member_by_email(session, person.email).id
            membership = find_membership(session, staff_id, now)
            assert membership.agency_name == person.at
            assert membership.municipalities


def test_nobody_is_added_outside_a_sample(sample):
    real = replace(sample, settings=replace(sample.settings, is_sample=False))
    with pytest.raises(NotASample):
        load_sample_staff(real)
    with pytest.raises(NotASample):
        list(describe_sample_sign_ins(real))
