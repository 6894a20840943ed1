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
from nav_access.staff.models import StaffMember
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


@pytest.mark.parametrize("person", PEOPLE)
def test_each_can_sign_in_as_described(sample, keyring, now, person):
    load_sample_staff(sample)
    code = code_at(person.secret, now)
    given = {"address": "127.0.0.1", "keyring": keyring, "now": now}
    assert sign_in(sample.database, person.email, PASSWORD, code, **given).token
    assert any(code in line for line in describe_sample_sign_ins(sample))


def test_nobody_is_added_outside_a_sample(sample):
    real = replace(sample, settings=replace(sample.settings, is_sample=False))
    with pytest.raises(NotASample):
        load_sample_staff(real)
    with pytest.raises(NotASample):
        list(describe_sample_sign_ins(real))
