"""The clocks as they are started: by hand, every so often, and beside the server."""

from datetime import timedelta
from threading import Event

import pytest
from click.testing import Result

from nav_access.intake.codes import ContactOutcome, Reach, TimeOfDay
from nav_access.serving import beside, clocks
from nav_access.serving.beside import running_beside
from nav_access.serving.clocks import keep_clocks, keep_erasing, keep_sending


@pytest.fixture
def run(app, clock, lives):
    """Run `flask clocks …` after the case's promise has passed."""
    clock.set(lives.case().deadline_utc + timedelta(minutes=1))

    def run_command(*words) -> Result:
        return app.test_cli_runner().invoke(args=["clocks", *words])

    return run_command


def fail(_session, now) -> int:
    """Stand for a task that does not work."""
    raise LookupError(now)


class Rounds(Event):
    """A stop that lets some rounds go by."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.waits: list[float | None] = []
        self.rounds = rounds

    def wait(self, timeout: float | None = None) -> bool:
        """Note how long was to be waited, and stop after the last round."""
        self.waits.append(timeout)
        if len(self.waits) >= self.rounds:
            self.set()
        return self.is_set()


def test_clocks_run_says_what_was_done(run, lives):
    result = run("run")
    assert (result.exit_code, "1 escalated" in result.output) == (0, True)
    assert lives.kinds() == ["received", "escalated"]
    assert run("run").output.endswith("nothing due\n")


def test_a_run_that_left_something_fails(run, lives, monkeypatch):
    monkeypatch.setattr("nav_access.intake.clocks.pass_over", fail)
    result = run("run")
    assert (result.exit_code, "1 left for the next run" in result.output) == (1, True)
    assert lives.kinds()[-1] == "escalated"


def test_an_offices_policy_is_shown_and_changed(run):
    assert run("policy", "nav-eikevik").output.startswith("attempts 3, days 2, fallback letter")
    changed = run("policy", "nav-eikevik", "--attempts", "4", "--fallback", "visit")
    assert changed.output == run("policy", "nav-eikevik").output
    assert changed.output.startswith("attempts 4, days 2, fallback visit, manager_after_minutes 60")


@pytest.mark.parametrize("words", [["nowhere"], ["nav-eikevik", "--attempts", "1"]])
def test_a_policy_that_cannot_be_is_refused_in_a_sentence(run, words):
    refused = run("policy", *words)
    assert (refused.exit_code, refused.output[:7]) == (1, "Error: ")


@pytest.mark.usefixtures("run")
def test_beside_the_server_clocks_run_until_it_stops(app, lives):
    stop = Rounds(3)
    keep_clocks(app, stop)
    assert stop.waits == [clocks.START_AFTER_S, *[clocks.CLOCKS_EVERY_S] * 2]
    assert lives.kinds() == ["received", "escalated"]


def test_beside_the_server_messages_leave(app, lives):
    lives.wish(TimeOfDay.ANY, Reach.SMS)
    lives.log(ContactOutcome.NO_ANSWER)
    keep_sending(app, Rounds(2))
    assert [message.state for message in lives.messages()] == ["sent"]


def test_a_running_site_has_both(app):
    assert (keep_clocks, keep_sending, keep_erasing) == beside.BESIDE
    with running_beside(app, [lambda _app, stop: stop.wait()]):
        pass
