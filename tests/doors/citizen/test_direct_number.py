"""A person sees the direct number of their case, and only while the case is with that office."""

import pytest
from sqlalchemy import select, update

from nav_access.intake.direct_number.models import DirectNumber
from nav_access.intake.models import Case
from nav_access.offices.codes import DutyAudience
from nav_access.offices.models import DutyLine, Office
from tests.page import page

ASKS = "Ring this number and say your case number:"


@pytest.fixture
def code(citizen, now):
    """The code of a case that got a direct number at its office."""
    code = citizen.code()
    with citizen.database.unit_of_work() as session:
        case = session.scalars(select(Case)).one()
        line = DutyLine(
            office_id=case.office_id,
            position=0,
            phone="+4722000077",
            audience=DutyAudience.PUBLIC,
        )
        session.add(line)
        session.flush()
        ids = {"case_id": case.id, "office_id": case.office_id, "line_id": line.id}
        session.add(DirectNumber(given_utc=now, **ids))
    return code


def test_the_number_of_the_case_stands_instead_of_the_offices(citizen, code):
    shown = page(citizen.open(code, "en"))
    assert f"{ASKS} 22 00 00 77" in shown.text
    assert "+4722000077" in shown.phone_numbers


def test_another_office_has_another_number(citizen, code):
    with citizen.database.unit_of_work() as session:
        case = session.scalars(select(Case)).one()
        other = session.scalars(select(Office.id).where(Office.id != case.office_id)).first()
        session.execute(update(Case).values(office_id=other))
    assert ASKS not in page(citizen.open(code, "en")).text


def test_a_line_that_is_no_longer_for_people_is_not_shown(citizen, code):
    with citizen.database.unit_of_work() as session:
        session.execute(update(DutyLine).values(audience=DutyAudience.AGENCIES))
    assert ASKS not in page(citizen.open(code, "en")).text
