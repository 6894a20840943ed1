"""A sender killed in mid-flight: nothing lost, and doubled only what the gateway did not answer."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from nav_access.core.db import Database
from nav_access.core.security.keyring import Keyring
from nav_access.messaging import service
from nav_access.messaging.codes import MessageKind, MessageState
from nav_access.messaging.models import OutboxMessage
from tests.messages.gateway_server import GatewayServer, Taken, gateway_server

MESSAGES = 40
KILLED_AT = (8, 20)
ROOT = Path(__file__).parents[2]
PATIENCE_S = 60


@pytest.fixture
def server() -> Iterator[GatewayServer]:
    with gateway_server() as running:
        yield running


@pytest.fixture
def environment(
    database_url: str, keys_file: Path, tmp_path: Path, server: GatewayServer
) -> Mapping[str, str]:
    """What a sender of this installation is started with."""
    return os.environ | {
        "NAV_SAMPLE": "1",
        "NAV_INSTANCE": str(tmp_path),
        "NAV_DATABASE_URL": database_url,
        "NAV_KEYS_FILE": str(keys_file),
        "NAV_SMS_URL": server.url,
        "NAV_SMS_SENDER": "2000",
    }


def start_sender(environment: Mapping[str, str], name: str) -> subprocess.Popen[bytes]:
    """Start a sender that the gateway knows by its name."""
    own = environment | {"NAV_SMS_URL": environment["NAV_SMS_URL"].replace("//nav", f"//{name}")}
    command = [sys.executable, "-m", "nav_access", "outbox", "send"]
    return subprocess.Popen(command, cwd=ROOT, env=own, stdout=subprocess.DEVNULL)


def queue_texts(database: Database, keyring: Keyring) -> set[str]:
    """Queue answers to people without a case; return their names."""
    now = datetime.now(UTC)
    names = {f"dialogue/{number}" for number in range(MESSAGES)}
    with database.unit_of_work() as session:
        for name in names:
            service.queue(
                session,
                MessageKind.DIALOGUE,
                case_id=None,
                once=name,
                due_utc=now,
                now=now,
                detail={"say": "place"},
                recipient="+4791234567",
                language="nb",
                keyring=keyring,
            )
    return names


def let_leases_run_out(database: Database) -> None:
    """Make the dead senders' leases old, as five minutes would."""
    long_ago = datetime.now(UTC) - timedelta(minutes=1)
    with database.unit_of_work() as session:
        held = update(OutboxMessage).where(OutboxMessage.state == MessageState.SENDING)
        session.execute(held.values(lease_utc=long_ago))


@pytest.fixture
def senders(server: GatewayServer) -> dict[str, subprocess.Popen[bytes]]:
    """Two senders at once; the gateway kills whoever brings the 8th and the 20th text."""
    running: dict[str, subprocess.Popen[bytes]] = {}
    seen = count(1)

    def kill_some(taken: Taken) -> int | None:
        if next(seen) not in KILLED_AT:
            return 202
        running[taken.fields["username"]].kill()
        return None

    server.decide = kill_some
    return running


def test_nothing_is_lost_and_only_the_unanswered_is_doubled(
    database: Database,
    keyring: Keyring,
    server: GatewayServer,
    environment: Mapping[str, str],
    senders: dict[str, subprocess.Popen[bytes]],
) -> None:
    names = queue_texts(database, keyring)
    for _ in range(2):
        senders |= {name: start_sender(environment, name) for name in ("first", "second")}
        ends = [sender.wait(PATIENCE_S) for sender in senders.values()]
        let_leases_run_out(database)
    assert ends == [0, 0]
    arrived = Counter(taken.once for taken in server.taken)
    assert set(arrived) == names
    assert len(server.unanswered) == len(KILLED_AT)
    assert {once for once, times in arrived.items() if times > 1} == server.unanswered
    with database.read_session() as session:
        states = select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state)
        assert session.execute(states).all() == [(MessageState.SENT, MESSAGES)]
