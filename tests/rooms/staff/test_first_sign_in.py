"""The first sign-in: what somebody else has seen opens nothing but the choice of one's own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from nav_access.core.security.keyring import Keyring
from nav_access.staff import first_sign_in, rules, service, sessions
from nav_access.staff.errors import (
    CodeNotOfKey,
    CredentialsExpired,
    NothingToChoose,
    PasswordHandedOut,
    PasswordTooPlain,
    PasswordTooShort,
    SignInRefused,
)
from nav_access.staff.models import StaffMember
from nav_access.staff.rules import code_at
from tests.rooms.staff.conftest import KARI, Door

OWN = "tog kaffe elv ost"
MINUTE = timedelta(minutes=1)


class First:
    """Kari with credentials that were handed out, signed in for the first time."""

    def __init__(self, door: Door):
        self.door, self.database, self.keyring = door, door.database, door.keyring
        self.hand_out()
        self.now = door.now
        self.token = door().token

    def hand_out(self):
        with self.database.unit_of_work() as session:
            how = {"actor": "cli", "keyring": self.keyring, "now": self.door.now}
            self.door.kari = service.reset(session, self.door.kari.staff_id, **how)

    def found(self, token=None, now=None):
        with self.database.read_session() as session:
            how = {"keyring": self.keyring, "now": now or self.now}
            return first_sign_in.find_choosing(session, token or self.token, **how)

    def choose(self, password=OWN, **other):
        if "code" not in other:
            found = self.found()
            other["code"] = code_at(found.secret, self.now) if found else "000000"
        how = {"keyring": self.keyring, "now": self.now} | other
        return first_sign_in.choose(self.database, self.token, password, **how)


@pytest.fixture
def first(sign_in) -> First:
    return First(sign_in)


def test_a_first_session_opens_nothing(first, database):
    assert sessions.recognise(database, first.token, first.now) is None
    with sessions.reading(database, first.token, first.now) as (_, who):
        assert who is None
    with database.read_session() as session:
        assert sessions.find_signed_in(session, first.token, first.now) is None
    assert first.found().email == KARI


def test_who_has_chosen_is_signed_in_and_the_old_is_over(first, sign_in, database):
    secret = first.found().secret
    own = first.choose()
    assert sessions.recognise(database, own.token, first.now).name == "Kari Nordmann"
    assert first.found() is None
    assert first.found(own.token) is None
    later = first.now + MINUTE
    with pytest.raises(SignInRefused):
        sign_in(now=later)
    again = sign_in(password=OWN, code=code_at(secret, later), now=later)
    assert not again.is_first


def test_the_code_that_was_shown_works_no_second_time(first, sign_in):
    code = code_at(first.found().secret, first.now)
    first.choose()
    with pytest.raises(SignInRefused):
        sign_in(password=OWN, code=code)


@pytest.mark.parametrize(
    ("password", "fact"),
    [
        ("elleve tegn", PasswordTooShort),
        ("abcabcabcabcabc", PasswordTooPlain),
        ("234567890123", PasswordTooPlain),
        ("lkjhgfdsapoi", PasswordTooPlain),
        ("Qwertyuiopas", PasswordTooPlain),
    ],
)
def test_what_is_easily_guessed_is_not_taken(first, password, fact):
    with pytest.raises(fact):
        first.choose(password)
    assert first.found()


@pytest.mark.parametrize(
    "password", ["tolv tegn nå", "éèêàâäöøæñçß", "ost-ost-elv-kaffe", "123456 er min"]
)
def test_whatever_else_is(first, password):
    assert first.choose(password)


def test_what_was_handed_out_cannot_be_chosen(first, sign_in):
    with pytest.raises(PasswordHandedOut):
        first.choose(sign_in.kari.password)


@pytest.mark.parametrize("code", ["", "000000", "12345", "x"])
def test_the_new_key_has_to_be_in_the_app(first, code):
    with pytest.raises(CodeNotOfKey):
        first.choose(code=code)
    with pytest.raises(CodeNotOfKey):
        first.choose(code=code_at(first.door.kari.totp_secret, first.now))


def test_the_new_key_is_the_same_on_the_page_and_another_in_another_session(first, sign_in):
    later = first.now + MINUTE
    other = sign_in(now=later).token
    assert first.found().secret == first.found().secret
    assert first.found(other, later).secret != first.found().secret


def test_a_root_key_that_comes_in_between_changes_nothing(first, keys_file):
    code = code_at(first.found().secret, first.now)
    Keyring.rotate(keys_file)
    first.keyring._look_again()
    assert first.choose(code=code)


def test_what_was_handed_out_is_good_for_seven_days(first, sign_in):
    last = first.now + rules.HANDED_OUT - MINUTE
    assert sign_in(now=last).is_first
    over = first.now + rules.HANDED_OUT
    with pytest.raises(CredentialsExpired):
        sign_in(now=over)
    with pytest.raises(SignInRefused) as fact:
        sign_in(now=over, password="wrong")
    assert type(fact.value) is SignInRefused


def test_the_choice_is_over_when_what_was_handed_out_is(first, sign_in):
    token = sign_in(now=first.now + rules.HANDED_OUT - MINUTE).token
    assert first.found(token, first.now + rules.HANDED_OUT) is None


def test_an_idle_ended_or_disabled_session_chooses_nothing(first, database):
    assert first.found(now=first.now + rules.IDLE) is None
    with pytest.raises(NothingToChoose):
        first.choose(now=first.now + rules.IDLE)
    with database.unit_of_work() as session:
        service.disable(session, first.door.kari.staff_id, actor="cli", now=first.now)
    with pytest.raises(NothingToChoose):
        first.choose()


def test_new_credentials_end_the_choice(first):
    first.hand_out()
    with pytest.raises(NothingToChoose):
        first.choose()


def test_two_windows_choose_once(first):
    def attempt(password):
        try:
            return first.choose(password, code=code)
        except NothingToChoose:
            return None

    code = code_at(first.found().secret, first.now)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(attempt, [f"{OWN} {number}" for number in range(4)]))
    assert len([one for one in done if one]) == 1


def test_it_is_in_the_audit(first, sign_in):
    first.choose()
    whose = f"staff:{sign_in.kari.staff_id}"
    assert sign_in.audit()[-1] == (whose, "staff.chose_own", whose, "{}")


def test_whose_own_it_is_stays(first, database):
    first.choose()
    with database.read_session() as session:
        assert session.scalars(select(StaffMember.handed_out_until_utc)).all() == [None]
