"""The settings of a provider of identities: whole, or the start stops with one sentence."""

import pytest

from nav_access.core.settings import Settings, SettingsError

GOOD = {
    "NAV_PUBLIC_URL": "https://access.example",
    "NAV_OIDC_ISSUER": "https://id.example/realm",
    "NAV_OIDC_CLIENT_ID": "site",
    "NAV_OIDC_CLIENT_SECRET": "secret",
    "NAV_OIDC_ACR": "high, substantial",
}


def read(tmp_path, **changes):
    environ = {"NAV_INSTANCE": str(tmp_path), "NAV_TRUSTED_HOSTS": "localhost", **GOOD, **changes}
    return Settings.from_environment(environ).oidc


def test_without_any_there_is_no_provider(tmp_path):
    assert read(tmp_path, **dict.fromkeys(GOOD, "")) is None


def test_the_least_is_enough(tmp_path):
    found = read(tmp_path)
    assert found.acr == ("high", "substantial")
    assert found.doors == {"partner"}
    assert found.organisation_claim == "organisation_number"
    assert "secret" not in repr(found).replace("client_secret", "")


def test_a_secret_may_stand_in_a_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text("hidden\n")
    found = read(tmp_path, NAV_OIDC_CLIENT_SECRET="", NAV_OIDC_CLIENT_SECRET_FILE=str(path))
    assert found.client_secret == "hidden"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"NAV_OIDC_ISSUER": ""}, "NAV_OIDC_ISSUER"),
        ({"NAV_OIDC_ISSUER": "http://id.example"}, "NAV_OIDC_ISSUER"),
        ({"NAV_OIDC_ISSUER": "https://id.example/?a"}, "NAV_OIDC_ISSUER"),
        ({"NAV_OIDC_ISSUER": "https://[x"}, "NAV_OIDC_ISSUER"),
        ({"NAV_OIDC_CLIENT_ID": " "}, "NAV_OIDC_CLIENT_ID"),
        ({"NAV_OIDC_CLIENT_SECRET": ""}, "NAV_OIDC_CLIENT_SECRET"),
        ({"NAV_OIDC_CLIENT_SECRET_FILE": "/nowhere"}, "NAV_OIDC_CLIENT_SECRET"),
        ({"NAV_OIDC_ACR": ""}, "NAV_OIDC_ACR"),
        ({"NAV_OIDC_SCOPE": "email"}, "NAV_OIDC_SCOPE"),
        ({"NAV_OIDC_DOORS": "admin"}, "NAV_OIDC_DOORS"),
        ({"NAV_OIDC_DOORS": "desk"}, "NAV_OIDC_ORGANISATIONS"),
        ({"NAV_OIDC_ORGANISATIONS": "12"}, "NAV_OIDC_ORGANISATIONS"),
        ({"NAV_PUBLIC_URL": ""}, "NAV_PUBLIC_URL"),
    ],
)
def test_a_wrong_one_is_named(tmp_path, changes, named):
    with pytest.raises(SettingsError, match=named):
        read(tmp_path, **changes)
