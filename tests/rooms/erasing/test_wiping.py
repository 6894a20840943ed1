"""Erasing a case: nothing by which its person can be read, found or reached is left anywhere."""

import pytest
from sqlalchemy import LargeBinary, func, select

from nav_access.appointments.models import Booking
from nav_access.core import audit
from nav_access.core.audit_tables import AuditEntry
from nav_access.core.retention import CASES
from nav_access.erasing.cases import erase_asked
from nav_access.intake.acting.models import Consent
from nav_access.intake.models import Case, CaseEvent
from nav_access.kiosk.models import CheckIn, Ticket
from nav_access.messaging.codes import MessageState
from nav_access.messaging.models import OutboxMessage
from nav_access.migrations.tables import METADATA
from tests.old_cases import CANARY, fill_case

FORMS_NAMES = {"submission"}
"""The name of a form, made of random bytes: that it was handed in stays known."""
OF_THE_LINE = {"tickets"}
"""A ticket's forms: a number in a line, whose it is goes."""


@pytest.fixture
def erased(desk):
    number = desk.receive().number
    fill_case(desk, number)
    with desk.database.unit_of_work() as session:
        assert erase_asked(session, number, actor="cli", now=desk.now)
    return number


@pytest.mark.usefixtures("erased")
def test_no_sealed_bytes_and_no_index_of_the_case_are_left(desk):
    left = set()
    with desk.database.read_session() as session:
        for table in METADATA.sorted_tables:
            named = {c.name for c in table.columns if isinstance(c.type, LargeBinary)}
            for row in session.execute(select(table)).mappings():
                held = {name for name in named if row[name] and bytes(row[name]).startswith(CANARY)}
                left |= {(table.name, name) for name in held - FORMS_NAMES}
    assert {table for table, _ in left} <= OF_THE_LINE


def test_the_key_is_gone_and_no_code_fits(desk, erased):
    with desk.database.read_session() as session:
        case = session.scalars(select(Case).where(Case.number == erased)).one()
        assert (case.wrapped_key, case.verifier, case.language) == (None, "", "und")
        # Whoever acts on the version they saw before is told that it is another.
        assert (case.erased_utc, case.version) == (desk.now, 2)


def test_the_codes_stay(desk, erased):
    with desk.database.read_session() as session:
        case = session.scalars(select(Case).where(Case.number == erased)).one()
        assert (case.needs, case.office_id) == (("food",), desk.office_id)
        counts = select(func.count()).select_from(CaseEvent).where(CaseEvent.case_id == case.id)
        assert session.scalar(counts) == 2


@pytest.mark.usefixtures("erased")
def test_what_waits_is_stopped(desk):
    with desk.database.read_session() as session:
        assert session.scalars(select(OutboxMessage.state)).all() == [MessageState.WITHHELD]
        assert session.scalars(select(Booking.state)).all() == ["cancelled"]
        assert session.scalars(select(Consent.ended_utc)).all() == [desk.now]
        assert session.scalars(select(CheckIn)).all() == []
        assert len(session.scalars(select(Ticket)).all()) == 1


def test_it_stands_in_the_audit_and_the_chain_is_whole(desk, erased):
    with desk.database.read_session() as session:
        wanted = select(AuditEntry.subject).where(AuditEntry.action == "case.erased")
        assert session.scalars(wanted).all() == [f"case:{erased}"]
        assert audit.verify(session, desk.keyring).is_intact


def test_twice_is_once(desk, erased):
    with desk.database.unit_of_work() as session:
        assert not erase_asked(session, erased, actor="cli", now=desk.after(days=1))
    with desk.database.read_session() as session:
        assert session.scalar(select(Case.erased_utc)) == desk.now


def test_after_years_no_row_of_the_case_is_left(desk, erased):
    assert desk.is_erased(erased)
    desk.run(desk.after(days=5 * 365))
    assert _tables_with_rows(desk) >= {"cases", "case_events"}
    desk.run(desk.after(days=5 * 365, seconds=1))
    assert not _tables_with_rows(desk)


def _tables_with_rows(desk):
    tables = [METADATA.tables[name] for name in CASES.tables]
    tables += [table for table in METADATA.sorted_tables if "case_id" in table.c]
    with desk.database.read_session() as session:
        counts = {t.name: session.scalar(select(func.count()).select_from(t)) for t in tables}
    return {name for name, count in counts.items() if count}
