"""One-time codes, the life of a session, and who may be what."""

from datetime import timedelta

import pyotp
import pytest

from nav_access.staff.codes import StaffRole
from nav_access.staff.errors import AdministratorsHaveNoOffice
from nav_access.staff.rules import (
    ABSOLUTE,
    IDLE,
    check_roles,
    code_at,
    find_step,
    is_live,
    normal_email,
    otpauth_uri,
)

SECRET = pyotp.random_base32()


@pytest.mark.parametrize(("steps_away", "fits"), [(-2, 0), (-1, 1), (0, 1), (1, 1), (2, 0)])
def test_a_code_fits_one_step_either_way(now, steps_away: int, fits: int) -> None:
    code = code_at(SECRET, now + timedelta(seconds=30 * steps_away))
    step = find_step(SECRET, code, now)
    assert step == (int(now.timestamp()) // 30 + steps_away if fits else None)


def test_the_code_is_what_an_authenticator_shows(now) -> None:
    assert code_at(SECRET, now) == pyotp.TOTP(SECRET).at(now)
    assert pyotp.parse_uri(otpauth_uri(SECRET, "a@b.no")).secret == SECRET


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef"])
def test_what_is_no_code_fits_nothing(now, code: str) -> None:
    assert find_step(SECRET, code, now) is None


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("age", "idle", "is_over", "lives"),
    [
        (IDLE - SECOND, IDLE - SECOND, False, True),
        (IDLE, IDLE, False, False),
        (ABSOLUTE - SECOND, SECOND, False, True),
        (ABSOLUTE, SECOND, False, False),
        (SECOND, SECOND, True, False),
    ],
)
def test_a_session_lives_while_used_and_for_a_day(now, age, idle, is_over, lives) -> None:
    ended = now if is_over else None
    assert is_live(now, created=now - age, seen=now - idle, ended=ended) is lives


def test_an_email_has_one_form() -> None:
    assert normal_email("  Kari.Straße@NAV.no ") == "kari.strasse@nav.no"


@pytest.mark.parametrize(
    ("site", "offices"),
    [
        ({StaffRole.ADMINISTRATOR}, {1: StaffRole.CASEWORKER}),
        ({StaffRole.ADMINISTRATOR, StaffRole.OPERATOR}, {}),
        ({StaffRole.ADMINISTRATOR, StaffRole.SUPERVISOR}, {}),
    ],
)
def test_who_runs_the_site_reads_no_cases(site, offices) -> None:
    with pytest.raises(AdministratorsHaveNoOffice):
        check_roles(site, offices)


@pytest.mark.parametrize(
    ("site", "offices"), [({StaffRole.MANAGER}, {}), (set(), {1: StaffRole.OPERATOR})]
)
def test_a_role_belongs_where_it_belongs(site, offices) -> None:
    with pytest.raises(ValueError, match="wrong kind"):
        check_roles(site, offices)
