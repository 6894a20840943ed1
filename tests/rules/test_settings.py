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
        ("NAV_WORKERS", "0"),
        ("NAV_WORKERS", "65"),
        ("NAV_WORKERS", "two"),
        ("NAV_WORKERS", "²"),
    ],
)
def test_what_is_wrong_is_named(name, value):
    with pytest.raises(SettingsError, match=name):
        read(**{name: value})


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"NAV_SMS_URL": "ftp://gateway.example.org"}, "NAV_SMS_URL"),
        ({"NAV_SMS_URL": "https://gateway.example.org"}, "NAV_SMS_SENDER"),
        ({"NAV_SMS_SENDER": "NAV"}, "NAV_SMS_SENDER"),
        ({"NAV_SMS_SENDER": "much too long a name"}, "NAV_SMS_SENDER"),
        ({"NAV_SMS_SECRET": "short"}, "NAV_SMS_SECRET"),
        ({"NAV_SMTP_URL": "smtps://mail.example.org"}, "NAV_MAIL_FROM"),
        ({"NAV_SMTP_URL": "smtp://mail.example.org", "NAV_MAIL_FROM": "a@b.no"}, "NAV_SMTP_URL"),
        ({"NAV_SMTP_URL": "smtps://mail.example.org:x"}, "NAV_SMTP_URL"),
        ({"NAV_MAIL_FROM": "nobody"}, "NAV_MAIL_FROM"),
        ({"NAV_PUBLIC_URL": "http://help.example.org"}, "NAV_PUBLIC_URL"),
        ({"NAV_PUBLIC_URL": "https://help.example.org/nb"}, "NAV_PUBLIC_URL"),
    ],
)
def test_what_is_wrong_with_messages_is_named(changes, named):
    with pytest.raises(SettingsError, match=named):
        read(**changes)


def test_a_gateways_password_is_not_shown_with_the_settings():
    url = "https://nav:s%C3%B8te@gateway.example.org:8443/send?smsc=A"
    found = read(NAV_SMS_URL=url, NAV_SMS_SENDER="2000", NAV_SMS_SECRET="a" * 20)
    assert found.messages.sms.password == "søte"
    assert found.messages.sms.target == "/send?smsc=A"
    assert not {"søte", "a" * 20} & set(str(found).split("'"))


def test_postgresql_gets_its_driver():
    assert read(NAV_DATABASE_URL="postgres://a@b/c").database_url == "postgresql+psycopg://a@b/c"


def test_the_instance_fills_in_what_the_environment_leaves_out(tmp_path):
    (tmp_path / "settings.env").write_text("# a sample\nNAV_SAMPLE=1\nNAV_SERVICE_NAME=Saved\n")
    found = Settings.from_environment({"NAV_INSTANCE": str(tmp_path), "NAV_SERVICE_NAME": "Said"})
    assert (found.is_sample, found.service_name) == (True, "Said")


def test_one_process_serves_this_machine_alone_until_told_otherwise():
    assert (read().workers, read().bind) == (1, "127.0.0.1:8000")
    assert read(PORT="9000").bind == "127.0.0.1:9000"
    assert read(NAV_WORKERS="4", NAV_BIND="*:80", PORT="9000").bind == "*:80"
