"""Pressed at the same time: a consent ends once, one takes over after the other, help adds up."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select

from nav_access.intake.acting import service
from nav_access.intake.acting.codes import HelpKind
from nav_access.intake.acting.models import Consent
from nav_access.intake.codes import EventKind
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.models import Case, CaseEvent
from tests.desk_factory import submission
from tests.partner_factory import REQUEST, YES


def together(*acts):
    """Run these at once and return what each came to."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        except CaseNotFound:
            return CaseNotFound

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def kinds(agencies):
    with agencies.database.read_session() as session:
        return [event.kind for event in session.scalars(select(CaseEvent).order_by(CaseEvent.seq))]


def find_consent(agencies):
    with agencies.database.read_session() as session:
        return session.scalars(select(Consent)).one()


def test_person_office_and_agency_end_it_together_and_it_ends_once(agencies):
    number = agencies.send().number
    consent_id, member = find_consent(agencies).id, agencies.member()
    ends = [
        lambda: agencies.act(service.end_by_person, number, consent_id),
        lambda: agencies.act(service.end_by_office, agencies.anne, number, consent_id),
        lambda: agencies.act(service.end_by_agency, member, number),
    ]
    together(*ends, *ends)
    assert kinds(agencies).count(EventKind.CONSENT_ENDED) == 1


def test_a_request_sent_many_times_at_once_is_one_case_with_one_consent_and_one_code(agencies):
    form, member = submission(agencies.keyring), agencies.member()
    send = lambda: agencies.act(service.submit, member, REQUEST, YES, form)  # noqa: E731 - a thunk
    receipts = together(*[send] * 6)
    assert len({receipt.number for receipt in receipts}) == 1
    assert len([receipt for receipt in receipts if receipt.key]) == 1
    assert find_consent(agencies).staff_id == agencies.ida.staff_id
    with agencies.database.read_session() as session:
        assert len(session.scalars(select(Case)).all()) == 1


def test_whoever_takes_over_at_once_leaves_one_trace_each_at_most(agencies):
    number = agencies.send().number
    jon = agencies.member(agencies.jon)
    together(*[lambda: agencies.act(service.take_over, jon, number)] * 4)
    assert kinds(agencies).count(EventKind.ACTING_TAKEN_OVER) == 1


def test_help_noted_at_once_is_all_counted(agencies, now):
    number, member = agencies.send().number, agencies.member()

    def note():
        with agencies.database.unit_of_work() as session:
            service.note_help(session, member, number, [HelpKind.FORM], 15, now=now)

    together(*[note] * 6)
    assert find_consent(agencies).help_minutes == 6 * 15
