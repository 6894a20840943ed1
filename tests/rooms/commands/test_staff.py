"""`flask staff`: what is printed signs a person in; what is wrong is said in one sentence."""

import re

import pyotp
import pytest

from nav_access.core.settings import Settings
from nav_access.staff import queries, service
from nav_access.staff.codes import StaffRole
from nav_access.staff.errors import SignInRefused
from nav_access.staff.first_sign_in import choose, find_choosing
from tests.desk_factory import add_office

KARI = "kari@nav.no"


@pytest.fixture
def office_id(database) -> int:
    """An office with number nav-eikevik."""
    with database.unit_of_work() as session:
        return add_office(session, "nav-eikevik")


def add_kari(run) -> dict[str, str]:
    result = run("staff", "add", KARI, "--name", "Kari", "--office", "nav-eikevik")
    assert result.exit_code == 0, result.output
    return printed(result.output)


def printed(output: str) -> dict[str, str]:
    return dict(re.findall(r"^(Password|One-time-code secret): (\S+)$", output, re.MULTILINE))


def sign_in(database, keyring, now, given: dict[str, str]) -> service.SignedIn:
    code = pyotp.TOTP(given["One-time-code secret"]).at(now)
    how = {"address": "192.0.2.1", "keyring": keyring, "now": now}
    return service.sign_in(database, KARI, given["Password"], code, **how)


def test_what_is_printed_signs_the_person_in_to_choose(
    run, database, keyring, now, office_id
) -> None:
    token = sign_in(database, keyring, now, add_kari(run)).token
    assert service.recognise(database, token, now) is None
    with database.read_session() as session:
        new = find_choosing(session, token, keyring=keyring, now=now)
    code = pyotp.TOTP(new.secret).at(now)
    mine = choose(database, token, "tog kaffe elv ost", code, keyring=keyring, now=now)
    who = service.recognise(database, mine.token, now)
    assert (who.office_ids, who.roles) == ({office_id}, {StaffRole.CASEWORKER})


@pytest.mark.usefixtures("office_id")
def test_a_reset_prints_what_signs_in_from_now_on(run, database, keyring, now) -> None:
    old = add_kari(run)
    new = printed(run("staff", "reset", KARI).output)
    with pytest.raises(SignInRefused):
        sign_in(database, keyring, now, old)
    assert sign_in(database, keyring, now, new)


@pytest.mark.usefixtures("office_id")
def test_ended_access_is_ended_until_opened_on_purpose(run, database, keyring, now) -> None:
    given = add_kari(run)
    assert run("staff", "disable", KARI).exit_code == 0
    with pytest.raises(SignInRefused):
        sign_in(database, keyring, now, given)
    assert "--enable" in run("staff", "reset", KARI).output
    new = printed(run("staff", "reset", KARI, "--enable").output)
    assert sign_in(database, keyring, now, new)


@pytest.mark.usefixtures("office_id")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", KARI, "--name", "K", "--office", "nav-eikevik"), "already"),
        (("add", "a@b.no", "--name", "K", "--office", "0000"), "no office with number 0000"),
        (("add", "a@b.no", "--name", "K"), "name the --office"),
        (("add", "a@b.no", "--name", "K", "--role", "operator", "--office", "1"), "whole site"),
        (("disable", "a@b.no"), "Nobody is registered"),
        (("reset", "a@b.no"), "Nobody is registered"),
        (("code", KARI), "sample mode only"),
    ],
)
def test_what_is_wrong_is_said(run, words, sentence) -> None:
    add_kari(run)
    result = run("staff", *words)
    assert result.exit_code
    assert sentence in result.output
    assert "Traceback" not in result.output


def test_an_administrator_has_no_office(run, database) -> None:
    run("staff", "add", "a@nav.no", "--name", "A", "--role", "administrator")
    with database.read_session() as session:
        member = queries.get_member_by_email(session, "a@nav.no")
    assert (member.site_roles, member.memberships) == (("administrator",), [])


class TestSample:
    """Where everything is sample data."""

    @pytest.fixture
    def settings(self, database_url, keys_file, tmp_path) -> Settings:
        return Settings.from_environment(
            {
                "NAV_SAMPLE": "1",
                "NAV_INSTANCE": str(tmp_path),
                "NAV_DATABASE_URL": database_url,
                "NAV_KEYS_FILE": str(keys_file),
            }
        )

    @pytest.mark.usefixtures("office_id")
    def test_the_code_of_now_is_printed(self, run, now) -> None:
        secret = add_kari(run)["One-time-code secret"]
        assert run("staff", "code", KARI).output == pyotp.TOTP(secret).at(now) + "\n"
