"""Settings: one sentence names what is wrong; the instance's own file fills the silence."""

import pytest

from nav_access.core.settings import Settings, SettingsError

GOOD = {"NAV_TRUSTED_HOSTS": "help.example.org, www.example.org"}


def read(**changes):
    return Settings.from_environment({**GOOD, **changes})


def test_hosts_are_a_list():
    assert read().trusted_hosts == ("help.example.org", "www.example.org")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NAV_DATABASE_URL", "mysql://x"),
        ("NAV_TRUSTED_HOSTS", " , "),
        ("NAV_TRUSTED_PROXY", "everyone"),
        ("NAV_SHARED_NETWORKS", "10.0.0.0/99"),
    ],
)
def test_what_is_wrong_is_named(name, value):
    with pytest.raises(SettingsError, match=name):
        read(**{name: value})


def test_postgresql_gets_its_driver():
    assert read(NAV_DATABASE_URL="postgres://a@b/c").database_url == "postgresql+psycopg://a@b/c"


def test_the_instance_fills_in_what_the_environment_leaves_out(tmp_path):
    (tmp_path / "settings.env").write_text("# a sample\nNAV_SAMPLE=1\nNAV_SERVICE_NAME=Saved\n")
    found = Settings.from_environment({"NAV_INSTANCE": str(tmp_path), "NAV_SERVICE_NAME": "Said"})
    assert (found.is_sample, found.service_name) == (True, "Said")
