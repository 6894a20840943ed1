"""Messages nobody acknowledged: told step by step, each step once, and then it stops."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select, update

from nav_access.callbacks.codes import EscalationStep
from nav_access.callbacks.policies import set_policy
from nav_access.callbacks.rules import Policy
from nav_access.intake.centre import lists, messages, queries
from nav_access.intake.centre.codes import Standing
from nav_access.intake.clocks import run_clocks
from nav_access.intake.codes import CaseStatus, EventKind
from nav_access.intake.models import Case, CaseEvent

STEPS = [str(step) for step in EscalationStep]


def steps(centre):
    found = select(CaseEvent.detail).where(CaseEvent.kind == EventKind.CENTRE_ESCALATED)
    ordered = found.order_by(CaseEvent.seq)
    return [detail["step"] for detail in centre.read(lambda s: s.scalars(ordered).all())]


def run(centre, **later):
    return run_clocks(centre.database, centre.keyring, now=centre.now + timedelta(**later)).done


def standing(centre, **later):
    (line,) = centre.read(lists.list_sent, centre.olga, centre.now + timedelta(**later))
    return line.standing


def test_steps_come_when_they_are_due_and_the_operator_sees_it(centre):
    centre.send(centre.known())
    assert (run(centre, minutes=59).get("unread", 0), steps(centre)) == (0, [])
    assert standing(centre, minutes=60) is Standing.OVERDUE
    assert run(centre, minutes=60)["unread"] == 1
    assert standing(centre, minutes=60) is Standing.ESCALATED
    run(centre, minutes=120)
    assert steps(centre) == STEPS[:2]


def test_a_run_that_comes_late_takes_every_step_once(centre):
    centre.send(centre.known())
    assert run(centre, days=3)["unread"] == 3
    assert "unread" not in run(centre, days=3)
    assert steps(centre) == STEPS


def test_many_runs_at_once_take_each_step_once(centre):
    centre.send(centre.known())
    with ThreadPoolExecutor(4) as pool:
        taken = pool.map(lambda _: run(centre, days=3).get("unread", 0), range(4))
        assert sum(taken) == 3
    assert steps(centre) == STEPS


def test_an_office_that_takes_longer_is_told_later(centre):
    centre.send(centre.known())
    run(centre, minutes=60)
    with centre.database.unit_of_work() as session:
        set_policy(session, centre.office_id, Policy(manager_after_minutes=240))
    assert "unread" not in run(centre, minutes=150)
    assert steps(centre) == STEPS[:1]
    assert run(centre, hours=6)["unread"] == 1


def test_whoever_acknowledges_stops_the_clock(centre):
    message_id = centre.send(centre.known())
    run(centre, minutes=60)
    centre.act(messages.acknowledge, centre.anne, message_id)
    run(centre, days=3)
    assert steps(centre) == STEPS[:1]


def test_at_the_top_it_is_every_operators(centre):
    number = centre.known()
    centre.send(number)
    run(centre, days=3)
    later = centre.now + timedelta(days=3)
    (returned,) = centre.read(lists.list_returned, centre.omar, later)
    named = {"keyring": centre.keyring, "now": later}
    assert returned.number == number
    assert centre.read(queries.get_case_for_operator, centre.omar, number, **named).is_task
    assert centre.read(lists.list_returned, centre.anne, later) == ()


def test_who_withdrew_is_no_longer_written_about(centre):
    centre.send(centre.known())
    with centre.database.unit_of_work() as session:
        session.execute(update(Case).values(status=CaseStatus.WITHDRAWN))
    run(centre, days=3)
    assert steps(centre) == []
    assert centre.read(lists.list_unread, centre.anne, centre.now) == ()
