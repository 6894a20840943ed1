"""A case that has left a row wherever one can, for tests of what is left when it is erased."""

from datetime import timedelta

from sqlalchemy import LargeBinary, insert, select, update

from nav_access.appointments.codes import BookingKind, BookingState, Purpose
from nav_access.callbacks.codes import PlanState
from nav_access.intake.models import Case
from nav_access.messaging.codes import MessageState
from nav_access.migrations.tables import METADATA
from tests.migrations.filling import plain_value

CANARY = b"canary sealed under some key, 32"
BESIDE = {
    "agencies",
    "booked_slots",
    "centre_answers",
    "centre_look_ups",
    "check_ins",
    "office_duty_lines",
    "slots",
    "tickets",
}
"""Tables without a case's id that rows of a case hang on, or that hang on them."""
STATES = {
    "bookings": {"state": BookingState.BOOKED, "kind": BookingKind.OFFICE},
    "call_plans": {"state": PlanState.PLANNED},
    "outbox_messages": {"state": MessageState.WAITING},
    "slots": {"public_taken": 1, "purpose": Purpose.MEETING},
}


def fill_case(desk, number):
    """Put a row into every table that hangs on a case, a canary in all that is bytes."""
    with desk.database.unit_of_work() as session:
        found = select(Case.id).where(Case.number == number)
        known = {"cases": session.scalars(found).one()}
        session.execute(update(Case).values(dict.fromkeys(_bytes_of("cases"), CANARY)))
        known |= {"offices": desk.office_id, "staff_members": desk.anne.staff_id}
        for table in METADATA.sorted_tables:
            if table.name in known or not (table.name in BESIDE or "case_id" in table.columns):
                continue
            values = _row(desk, table, known)
            if table.name == "case_reaching":
                session.execute(update(table).values(values))
                continue
            made = session.execute(insert(table).values(values))
            known[table.name] = made.inserted_primary_key[0]


def _row(desk, table, known):
    values = {c.name: plain_value(c) for c in table.columns if not c.nullable}
    values |= {name: CANARY + table.name[:4].encode() for name in _bytes_of(table.name)}
    if "weekday" in table.columns:
        values["weekday"] = 0
    if "ends_minute" in table.columns:
        values |= {"starts_minute": 1, "ends_minute": 2}
    for column in table.columns:
        for key in column.foreign_keys:
            if key.column.table.name in known:
                values[column.name] = known[key.column.table.name]
    if table.name not in {"case_reaching", "case_needs"} and "id" in table.columns:
        values["id"] = 999
    if "seq" in values:
        values["seq"] = 99
    if "ends_utc" in values:
        values["ends_utc"] = desk.now + timedelta(days=4000)
    return values | STATES.get(table.name, {})


def _bytes_of(name):
    columns = METADATA.tables[name].columns
    return [c.name for c in columns if isinstance(c.type, LargeBinary)]
