"""Protected persons and agencies: later protection hides all, a second request tells nothing."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from nav_access.intake.acting import queries
from nav_access.intake.dangers import end_agreement
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.models import Case
from nav_access.intake.person import withdraw
from tests.desk_factory import FOOD

OTHER_PHONE = replace(FOOD.wishes, phone="+4798765432")


def protect(agencies, number, *, flags=()):
    with agencies.database.unit_of_work() as session:
        hidden = update(Case).where(Case.number == number)
        session.execute(hidden.values(is_protected=True, flags=flags))


def read(agencies, query, *arguments):
    with agencies.database.read_session() as session:
        return query(session, *arguments)


def get_case(agencies, number):
    how = {"keyring": agencies.keyring, "now": agencies.now}
    with agencies.database.read_session() as session:
        return queries.get_case(session, agencies.member(), number, **how)


@pytest.fixture
def sent(agencies):
    """An ordinary request, and one with a protected person's phone: both Ida's."""
    protect(agencies, agencies.receive().number)
    plain = agencies.send(wishes=OTHER_PHONE).number
    return plain, agencies.send().number


def test_who_sent_it_sees_what_they_would_of_any(agencies, sent):
    mine = {"consent_id": 0, "number": ""}
    pages = [replace(get_case(agencies, number), **mine) for number in sent]
    assert pages[0] == pages[1]
    with agencies.database.read_session() as session:
        listed = queries.list_cases(session, agencies.member(), now=agencies.now)
    assert {row.number for row in listed.rows} == {*sent}


def test_the_person_reads_the_same_of_who_helps_them(agencies, sent):
    own = {"consent_id": 0}
    helpers = [read(agencies, queries.list_helpers, one, agencies.now) for one in sent]
    assert replace(helpers[0][0], **own) == replace(helpers[1][0], **own)


def test_when_the_role_has_said_whose_it_is_they_see_no_more(agencies, sent):
    protect(agencies, sent[1])
    with pytest.raises(CaseNotFound):
        get_case(agencies, sent[1])


def test_a_protected_case_is_in_no_figure_about_an_agency(agencies):
    numbers = [agencies.send().number for _ in range(3)]
    protect(agencies, numbers[0])
    withdrawn = {"keyring": agencies.keyring, "now": agencies.now}
    with agencies.database.unit_of_work() as session:
        withdraw(session, numbers[1], **withdrawn)
    assert read(agencies, queries.count_open_cases, agencies.agency_id, agencies.now) == 1


def test_an_agreement_with_protected_cases_alone_ends_as_one_with_none(agencies):
    protect(agencies, agencies.send().number)
    terms = agencies.agency_id, agencies.agreement_id
    with agencies.database.unit_of_work() as session:
        assert end_agreement(session, *terms, actor="staff:1", now=agencies.now) is None
