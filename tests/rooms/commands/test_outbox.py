"""`flask outbox`: sends what is due, and an operator's monitor hears of what is stuck."""

from collections.abc import Callable

import pytest
from flask import Flask

from nav_access.intake.applications import ContactWishes
from nav_access.intake.codes import Reach
from tests.conftest import FixedClock
from tests.desk_factory import FOOD, Desk


@pytest.fixture
def told(app: Flask, clock: FixedClock) -> None:
    """Somebody to whom a text is due."""
    parts = app.extensions["nav_access"]
    desk = Desk(parts.database, parts.keyring, clock())
    desk.receive(FOOD, wishes=ContactWishes(Reach.SMS, "+4791234567"))


@pytest.mark.usefixtures("told")
def test_what_is_due_is_sent_once(run: Callable) -> None:
    assert run("outbox", "send").output.splitlines()[-1] == "1 written"
    assert run("outbox", "send").output == "Nothing.\n"


@pytest.mark.usefixtures("told")
def test_what_is_stuck_is_listed_and_the_command_fails(run: Callable, clock: FixedClock) -> None:
    assert run("outbox", "stuck").exit_code == 0
    clock.advance(minutes=11)
    found = run("outbox", "stuck")
    assert found.exit_code == 1
    assert "has waited 660 seconds" in found.output
    assert "received\tsince 2026-11-23 08:30Z\t0 tries" in found.output


@pytest.mark.usefixtures("told")
def test_nothing_of_the_person_is_listed(run: Callable, clock: FixedClock) -> None:
    clock.advance(hours=1)
    assert "4567" not in run("outbox", "stuck").output
