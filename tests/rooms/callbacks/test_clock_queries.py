"""What clocks ask every half minute reads the index of what is due, never all there ever was."""

import pytest
from sqlalchemy import event

from nav_access.callbacks.queries import list_late, list_unnamed
from nav_access.intake.calling.escalations import list_escalated, list_overdue
from nav_access.intake.calling.planned import list_left, list_misplaced


def explain(lives, find, argument):
    """Return how the database would read what `find` asks, were its tables big."""
    engine, asked = lives.database.engine, []

    def note(_connection, _cursor, statement, parameters, *_rest) -> None:
        asked.append((statement, parameters))

    is_sqlite = engine.dialect.name == "sqlite"
    with lives.database.read_session() as session:
        if not is_sqlite:
            session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
        event.listen(engine, "before_cursor_execute", note)
        find(session, argument)
        event.remove(engine, "before_cursor_execute", note)
        how = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
        statement, parameters = asked[-1]
        rows = session.connection().exec_driver_sql(f"{how} {statement}", parameters)
        return "\n".join(str(tuple(row)) for row in rows)


@pytest.mark.parametrize(
    ("find", "index"),
    [
        (list_late, "ix_call_plans_until"),
        (list_misplaced, "ix_call_plans_until"),
        (list_unnamed, "ix_call_plans_named"),
        (list_left, "ix_call_plans_named"),
        (list_overdue, "ix_cases_queue"),
    ],
)
def test_what_is_due_is_read_from_its_index(lives, find, index):
    found = explain(lives, find, lives.now)
    assert index in found
    assert "'SCAN cases'" not in found
    assert "'SCAN call_plans'" not in found


def test_what_the_contact_centre_has_is_read_from_two(lives):
    found = explain(lives, list_escalated, lives.cato)
    assert "ix_cases_queue" in found
    assert "ix_call_plans_named" in found
