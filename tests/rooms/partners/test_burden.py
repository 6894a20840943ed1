"""Agencies' work is counted by kind and time, and says nothing of protected persons."""

from datetime import timedelta

from sqlalchemy import select

from nav_access.intake.acting import service
from nav_access.intake.acting.burden import Burden, count_burden
from nav_access.intake.acting.codes import HelpKind
from nav_access.intake.models import Case

NONE = dict.fromkeys(HelpKind, 0)


def count(agencies, *, days=0, office_id=None):
    begin = agencies.now + timedelta(days=days)
    with agencies.database.read_session() as session:
        return count_burden(session, begin, begin + timedelta(days=1), office_id=office_id)


def help_with(agencies, number, kinds, minutes):
    with agencies.database.unit_of_work() as session:
        service.note_help(session, agencies.member(), number, kinds, minutes, now=agencies.now)


def test_it_is_counted_by_kind_and_time(agencies):
    numbers = [agencies.send().number for _ in range(3)]
    help_with(agencies, numbers[0], [HelpKind.FORM, HelpKind.WAITING], 20)
    help_with(agencies, numbers[1], [HelpKind.FORM], 61)
    by_kind = NONE | {HelpKind.FORM: 2, HelpKind.WAITING: 1}
    assert count(agencies) == Burden(sent=3, helped=2, minutes=150, by_kind=by_kind)


def test_only_of_its_time_and_office(agencies):
    agencies.send()
    empty = Burden(0, 0, 0, NONE)
    assert count(agencies, days=1) == count(agencies, days=-1) == empty
    assert count(agencies, office_id=agencies.other_id) == empty
    assert count(agencies, office_id=agencies.office_id).sent == 1


def test_a_protected_person_is_not_counted(agencies):
    agencies.send()
    with agencies.database.unit_of_work() as session:
        session.scalars(select(Case)).one().is_protected = True
    assert count(agencies).sent == 0
