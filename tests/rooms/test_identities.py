"""Who a person is to a provider of identities."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from nav_access.staff import identities, service, sessions
from nav_access.staff.codes import StaffRole
from nav_access.staff.errors import SignInPaused
from nav_access.staff.models import StaffIdentity, StaffMember, StaffSession
from nav_access.staff.provider.errors import IdentityRefused, ProviderDown, Why
from nav_access.staff.provider.rules import Identity
from nav_access.staff.provider.signing_in import sign_in
from nav_access.staff.rules import CAP_ADDRESS
from tests.desk_factory import add_staff

PETRA = Identity("https://id.example", "petra-1", "PETRA@example.org ", "912345678")
AT_ONCE = 8


@pytest.fixture
def petra(database, now):
    with database.unit_of_work() as session:
        return add_staff(session, "Petra", now=now).staff_id


def enter(database, keyring, now, identity=PETRA, *, is_theirs=True):
    """Sign in on the word of a provider that vouches for this identity."""

    def ask():
        if isinstance(identity, Exception):
            raise identity
        return identity

    given = {"address": "192.0.2.1", "keyring": keyring, "now": now}
    return sign_in(database, ask, lambda *_: is_theirs, **given)


def count(database, model=StaffIdentity):
    with database.read_session() as session:
        return session.scalar(select(func.count(model.id)))


def test_the_first_time_by_email_and_then_by_subject(database, keyring, now, petra):
    assert enter(database, keyring, now).staff_id == petra
    moved = Identity(PETRA.issuer, PETRA.subject, "new@example.org", PETRA.organisation)
    assert enter(database, keyring, now, moved).staff_id == petra
    assert (count(database), count(database, StaffSession)) == (1, 2)


@pytest.mark.parametrize("at_once", [AT_ONCE])
def test_many_first_times_at_once_are_one_identity(database, keyring, now, petra, at_once):
    together = Barrier(at_once)

    def go(_):
        together.wait()
        return enter(database, keyring, now).staff_id

    with ThreadPoolExecutor(at_once) as pool:
        assert set(pool.map(go, range(at_once))) == {petra}
    assert count(database) == 1


def test_of_two_identities_with_one_address_at_once_one_is_in(database, keyring, now, petra):
    together = Barrier(2)

    def go(subject):
        together.wait()
        try:
            return enter(database, keyring, now, Identity("i", subject, PETRA.email, "1")).staff_id
        except IdentityRefused as fact:
            return fact.why

    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(go, ("a", "b"))) == {petra, Why.SOMEBODY_ELSES}
    assert count(database) == 1


@pytest.mark.parametrize(
    ("email", "organisation", "is_theirs", "why"),
    [
        ("petra@example.org", "912345678", False, Why.ORGANISATION),
        ("petra@example.org", None, True, Why.ORGANISATION),
        ("nobody@example.org", "912345678", True, Why.UNKNOWN),
        (None, "912345678", True, Why.UNKNOWN),
    ],
)
@pytest.mark.usefixtures("petra")
def test_who_is_refused_is_not_linked(database, keyring, now, email, organisation, is_theirs, why):
    other = Identity(PETRA.issuer, PETRA.subject, email, organisation)
    with pytest.raises(IdentityRefused) as fact:
        enter(database, keyring, now, other, is_theirs=is_theirs)
    assert fact.value.why is why
    assert (count(database), count(database, StaffSession)) == (0, 0)


def test_new_credentials_forget_who_one_was(database, keyring, now, petra):
    enter(database, keyring, now)
    with database.unit_of_work() as session:
        service.reset(session, petra, actor="system", keyring=keyring, now=now)
    assert count(database) == 0
    other = Identity(PETRA.issuer, "petra-2", PETRA.email, PETRA.organisation)
    assert enter(database, keyring, now, other).staff_id == petra


def test_the_session_knows_who_vouched(database, keyring, now, petra):
    token = enter(database, keyring, now).token
    with database.unit_of_work() as session:
        own = sessions.start(session, petra, now=now)
        assert sessions.sign_out(session, token, now=now)
        assert not sessions.sign_out(session, token, now=now)
        assert not sessions.sign_out(session, own, now=now)


@pytest.mark.parametrize("fact", [IdentityRefused(Why.STATE), ProviderDown()])
def test_answers_that_are_none_are_counted(database, keyring, now, fact):
    for _ in range(CAP_ADDRESS):
        with pytest.raises(type(fact)):
            enter(database, keyring, now, fact)
    with pytest.raises(SignInPaused):
        enter(database, keyring, now, fact)


def test_a_disabled_person_is_found_and_refused(database, keyring, now, petra):
    with database.unit_of_work() as session:
        service.disable(session, petra, actor="system", now=now)
        with pytest.raises(IdentityRefused) as fact:
            identities.find_person(session, PETRA)
    assert fact.value.why is Why.DISABLED
    with pytest.raises(IdentityRefused):
        enter(database, keyring, now)


def test_who_runs_the_site_leans_on_nobody_outside_it(database, keyring, now, petra):
    with database.unit_of_work() as session:
        session.get_one(StaffMember, petra).site_roles = (StaffRole.ADMINISTRATOR,)
    with pytest.raises(IdentityRefused) as fact:
        enter(database, keyring, now)
    assert fact.value.why is Why.ADMINISTRATOR
