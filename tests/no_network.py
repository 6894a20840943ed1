"""Keeps tests from reaching anyone: only this machine's own addresses may be connected to."""

import ipaddress
import os
import socket
from typing import Any

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_getaddrinfo = socket.getaddrinfo


class NothingMayBeSent(AssertionError):
    """A test tried to reach another machine."""


def _is_ours(host: object) -> bool:
    if host in {None, "", "localhost", b"localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _check(connection: socket.socket, address: Any) -> None:
    if connection.family == socket.AF_UNIX:
        return
    if not _is_ours(address[0]):
        raise NothingMayBeSent(f"a test tried to connect to {address[0]}")


def _guarded_connect(self: socket.socket, address: Any) -> None:
    _check(self, address)
    _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any) -> int:
    _check(self, address)
    return _connect_ex(self, address)


def _guarded_getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
    if not _is_ours(host):
        raise NothingMayBeSent(f"a test tried to look up {host}")
    return _getaddrinfo(host, *arguments, **options)


def refuse_everyone_else() -> None:
    """Refuse connections and look-ups that leave this machine, for the rest of the process."""
    socket.socket.connect = _guarded_connect  # type: ignore[method-assign]  # the point of it
    socket.socket.connect_ex = _guarded_connect_ex  # type: ignore[method-assign]  # same
    socket.getaddrinfo = _guarded_getaddrinfo


def forget_gateways() -> None:
    """Forget gateways this machine is set up with, for every process the tests start."""
    for name in ("NAV_SMS_URL", "NAV_SMTP_URL"):
        os.environ.pop(name, None)
