"""Signing in: a code works once, guesses are counted exactly, and nobody is told what was wrong."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest

from nav_access.core.db import Database
from nav_access.core.security import passwords
from nav_access.staff import rules, service, signing_in
from nav_access.staff.errors import SignInPaused, SignInRefused
from nav_access.staff.rules import code_at

MINUTE = timedelta(minutes=1)
WRONG = [
    {"email": "nobody@nav.no"},
    {"password": "wrong"},
    {"code": "000000"},
    {"code": ""},
    {"password": ""},
    {"email": ""},
]


def outcome(sign_in, **how: object) -> str:
    try:
        sign_in(**how)
    except (SignInRefused, SignInPaused) as fact:
        return type(fact).__name__
    return "in"


def at_once(sign_in, database_url: str, many: list[dict[str, object]]) -> list[str]:
    patient = Database(database_url, patience_ms=60_000, info={"keyring": sign_in.keyring})
    door = replace(sign_in, database=patient)
    with ThreadPoolExecutor(len(many)) as pool:
        found = list(pool.map(lambda how: outcome(door, **how), many))
    patient.dispose()
    return found


def test_all_right_is_signed_in(sign_in, database, now) -> None:
    signed_in = sign_in(email=" KARI@nav.no ")
    who = service.recognise(database, signed_in.token, now)
    assert who
    assert (who.staff_id, who.name) == (signed_in.staff_id, "Kari Nordmann")


def test_a_code_may_be_typed_in_groups_and_other_digits(sign_in, now) -> None:
    code = code_at(sign_in.kari.totp_secret, now)
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert sign_in(code=f"{arabic[:3]} {arabic[3:]}")


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_whatever_is_wrong_is_refused_alike(sign_in, wrong) -> None:
    with pytest.raises(SignInRefused) as fact:
        sign_in(**wrong)
    assert fact.value.args == ()


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_whatever_is_wrong_costs_the_same_work(sign_in, wrong) -> None:
    with (
        patch.object(signing_in, "is_password", wraps=passwords.is_password) as checked,
        patch.object(rules, "find_step", wraps=rules.find_step) as stepped,
    ):
        assert outcome(sign_in, **wrong) == "SignInRefused"
    assert (checked.call_count, stepped.call_count) == (1, 1)


def test_someone_disabled_looks_like_any_other(sign_in, database, kari, now) -> None:
    with database.unit_of_work() as session:
        service.disable(session, kari.staff_id, actor="cli", now=now)
    with patch.object(signing_in, "is_password", wraps=passwords.is_password) as checked:
        assert outcome(sign_in) == "SignInRefused"
    assert checked.call_count == 1


def test_a_code_works_once(sign_in) -> None:
    assert outcome(sign_in) == "in"
    assert outcome(sign_in) == "SignInRefused"


def test_an_earlier_code_does_not_work_after_a_later_one(sign_in, now) -> None:
    earlier = code_at(sign_in.kari.totp_secret, now - timedelta(seconds=30))
    assert outcome(sign_in) == "in"
    assert outcome(sign_in, code=earlier) == "SignInRefused"


def test_the_next_code_works(sign_in, now) -> None:
    assert outcome(sign_in) == "in"
    assert outcome(sign_in, now=now + timedelta(seconds=30)) == "in"


def test_the_same_code_ten_times_at_once_works_once(sign_in, database_url) -> None:
    assert at_once(sign_in, database_url, [{}] * 10).count("in") == 1


def test_guesses_at_once_are_bounded_exactly(sign_in, database_url) -> None:
    with patch.object(signing_in, "is_password", return_value=False):
        found = at_once(sign_in, database_url, [{"password": "guess"}] * 200)
    assert found.count("SignInRefused") == rules.CAP_PERSON
    assert found.count("SignInPaused") == 200 - rules.CAP_PERSON


def test_many_people_tried_from_one_address_are_bounded_too(sign_in, database_url) -> None:
    tries = [{"email": f"{number}@nav.no"} for number in range(60)]
    with patch.object(signing_in, "is_password", return_value=False):
        found = at_once(sign_in, database_url, tries)
    assert found.count("SignInRefused") == rules.CAP_ADDRESS


def test_others_tries_never_lock_the_rightful_holder_out(sign_in) -> None:
    with patch.object(signing_in, "is_password", return_value=False):
        for number in range(120):
            outcome(sign_in, password="guess", address=f"198.51.100.{number % 12}")
    assert outcome(sign_in, address="192.0.2.99") == "in"


def test_an_address_is_a_whole_ipv6_subscriber(sign_in) -> None:
    for number in range(rules.CAP_PERSON):
        outcome(sign_in, password="guess", address=f"2001:db8::{number:x}")
    assert outcome(sign_in, address="2001:db8::ffff") == "SignInPaused"
    assert outcome(sign_in, address="2001:db8:0:100::1") == "in"


def test_a_pause_ends(sign_in, now) -> None:
    for _ in range(rules.CAP_PERSON + 1):
        outcome(sign_in, password="guess")
    assert outcome(sign_in) == "SignInPaused"
    assert outcome(sign_in, now=now + rules.WINDOW) == "in"


@pytest.mark.parametrize("counter", ["CAP_PERSON", "CAP_ADDRESS"])
def test_right_tries_are_not_counted(sign_in, now, counter) -> None:
    with patch.object(rules, counter, 2):
        for number in range(5):
            assert outcome(sign_in, now=now + number * timedelta(seconds=30)) == "in"


def test_a_network_shared_by_an_office_has_more_tries(sign_in) -> None:
    for number in range(rules.CAP_ADDRESS):
        outcome(sign_in, email=f"{number}@nav.no", is_shared_address=True)
    assert outcome(sign_in, is_shared_address=True) == "in"
    assert outcome(sign_in, is_shared_address=False) == "SignInPaused"


def test_every_try_is_in_the_audit_without_personal_data(sign_in, kari) -> None:
    whose = f"staff:{kari.staff_id}"
    for wrong in WRONG[:3]:
        outcome(sign_in, **wrong)
    sign_in()
    outcome(sign_in)
    assert sign_in.audit() == [
        ("visitor", "staff.sign_in_refused", "staff:unknown", '{"why":"unknown"}'),
        ("visitor", "staff.sign_in_refused", whose, '{"why":"password"}'),
        ("visitor", "staff.sign_in_refused", whose, '{"why":"code"}'),
        (whose, "staff.signed_in", whose, "{}"),
        ("visitor", "staff.sign_in_refused", whose, '{"why":"code_used"}'),
    ]


def test_a_flood_of_paused_tries_is_one_entry(sign_in) -> None:
    for _ in range(rules.CAP_PERSON + 20):
        outcome(sign_in, password="guess")
    noted = [action for _, action, _, _ in sign_in.audit()]
    assert noted.count("staff.sign_in_paused") == 1
    assert noted.count("staff.sign_in_refused") == rules.CAP_PERSON


def test_a_password_changed_meanwhile_is_not_let_in(sign_in, database, kari, now) -> None:
    def reset_first(*_: object) -> bool:
        with database.unit_of_work() as session:
            service.reset(session, kari.staff_id, actor="cli", keyring=sign_in.keyring, now=now)
        return True

    with patch.object(signing_in, "is_password", reset_first):
        assert outcome(sign_in) == "SignInRefused"


def test_a_hash_of_lower_cost_is_made_anew_when_signing_in(sign_in, kari, session) -> None:
    with patch.object(signing_in, "needs_rehash", return_value=True):
        sign_in()
    member = session.get_one(signing_in.StaffMember, kari.staff_id)
    assert passwords.is_password(member.password_hash, kari.password)


def test_others_can_write_while_a_password_is_checked(sign_in, database) -> None:
    def write_meanwhile(*_: object) -> bool:
        with database.unit_of_work() as session:
            session.connection()
        return True

    with patch.object(signing_in, "is_password", write_meanwhile):
        assert outcome(sign_in) == "in"
