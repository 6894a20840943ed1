"""Settings from the environment (prefix NAV_); a wrong one stops the start with one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from nav_access.core.message_settings import MessageSettings, MessageSettingsError
from nav_access.core.oidc_settings import OidcSettings, OidcSettingsError

Network = IPv4Network | IPv6Network

MOST_WORKERS = 64


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it in one sentence."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation is set up. Paths are absolute."""

    instance: Path
    database_url: str
    keys_file: Path
    is_sample: bool
    service_name: str
    trusted_hosts: tuple[str, ...]
    trusted_proxies: tuple[Network, ...]
    shared_networks: tuple[Network, ...]
    metrics_token: str | None
    bind: str
    workers: int
    messages: MessageSettings
    oidc: OidcSettings | None = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Read NAV_… variables; raise SettingsError naming the first that is wrong.

        What the instance's own settings.env says holds where the environment is silent,
        so that commands run by hand meet the same installation as the server.
        """
        instance = Path(environ.get("NAV_INSTANCE") or "instance").absolute()
        environ = _saved(instance / "settings.env") | dict(environ)
        is_sample = environ.get("NAV_SAMPLE", "") == "1"
        messages = _messages(environ, is_sample=is_sample)
        return cls(
            instance=instance,
            database_url=_database_url(environ, instance),
            keys_file=Path(environ.get("NAV_KEYS_FILE") or instance / "keys.json").absolute(),
            is_sample=is_sample,
            service_name=environ.get("NAV_SERVICE_NAME") or "NAV Access",
            trusted_hosts=_trusted_hosts(environ),
            trusted_proxies=_networks(environ, "NAV_TRUSTED_PROXY"),
            shared_networks=_networks(environ, "NAV_SHARED_NETWORKS"),
            metrics_token=environ.get("NAV_METRICS_TOKEN") or None,
            bind=environ.get("NAV_BIND") or f"127.0.0.1:{environ.get('PORT') or 8000}",
            workers=_workers(environ),
            messages=messages,
            oidc=_oidc(environ, messages),
        )


def _messages(environ: Mapping[str, str], *, is_sample: bool) -> MessageSettings:
    try:
        return MessageSettings.from_environment(environ, is_sample=is_sample)
    except MessageSettingsError as fact:
        raise SettingsError(str(fact)) from fact


def _oidc(environ: Mapping[str, str], messages: MessageSettings) -> OidcSettings | None:
    try:
        return OidcSettings.from_environment(environ, messages.public_url)
    except OidcSettingsError as fact:
        raise SettingsError(str(fact)) from fact


def _saved(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _database_url(environ: Mapping[str, str], instance: Path) -> str:
    url = environ.get("NAV_DATABASE_URL") or f"sqlite:///{instance / 'nav_access.sqlite3'}"
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.partition("://")[2]
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError("NAV_DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _trusted_hosts(environ: Mapping[str, str]) -> tuple[str, ...]:
    hosts = tuple(environ.get("NAV_TRUSTED_HOSTS", "").replace(",", " ").split())
    if not hosts and environ.get("NAV_SAMPLE", "") != "1":
        raise SettingsError("NAV_TRUSTED_HOSTS must name the host names this site answers to.")
    return hosts or ("localhost", "127.0.0.1", "[::1]")


def _networks(environ: Mapping[str, str], name: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(part) for part in environ.get(name, "").replace(",", " ").split())
    except ValueError as error:
        raise SettingsError(f"{name} must be a list of networks such as 10.0.0.0/8.") from error


def _workers(environ: Mapping[str, str]) -> int:
    said = environ.get("NAV_WORKERS") or "1"
    if said.isascii() and said.isdigit() and 1 <= int(said) <= MOST_WORKERS:
        return int(said)
    raise SettingsError(f"NAV_WORKERS must be a number from 1 to {MOST_WORKERS}.")
