"""Acting for a person: sent with a consent, followed within it, taken over, ended; all traced."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from nav_access.core.audit_tables import ENTRIES
from nav_access.intake import handling, person
from nav_access.intake.acting import queries, service
from nav_access.intake.acting.codes import HelpKind, Outside, Scope
from nav_access.intake.acting.errors import OutsideAgreement
from nav_access.intake.acting.models import Consent
from nav_access.intake.codes import ActorKind, Channel, ContactOutcome, EventKind, Need
from nav_access.intake.errors import AlreadyDone, CaseNotFound
from nav_access.intake.models import Case, CaseEvent
from nav_access.intake.queries import get_person_case
from nav_access.partners import service as partners
from tests.desk_factory import submission
from tests.partner_factory import REQUEST, TERMS, THERE, YES


def see(agencies, number, who=None, at=None):
    return agencies.act(queries.get_case, agencies.member(who, at), number, at=at)


def events(agencies, number):
    with agencies.database.read_session() as session:
        found = select(CaseEvent).join(Case).where(Case.number == number).order_by(CaseEvent.seq)
        return list(session.scalars(found))


def list_cases(agencies, member, before=None):
    with agencies.database.read_session() as session:
        return queries.list_cases(session, member, before=before, now=agencies.now)


def consent_of(agencies, number):
    with agencies.database.read_session() as session:
        return session.scalars(select(Consent).join(Case).where(Case.number == number)).one()


def test_a_request_is_sent_as_any_other_and_says_by_whom(agencies):
    receipt = agencies.send()
    with agencies.database.read_session() as session:
        case = session.scalars(select(Case)).one()
    received, given = events(agencies, receipt.number)
    assert (case.channel, case.office_id) == (Channel.PARTNER, agencies.office_id)
    assert (received.kind, given.kind) == (EventKind.RECEIVED, EventKind.CONSENT_GIVEN)
    assert (given.actor, given.staff_id) == (ActorKind.PARTNER, agencies.ida.staff_id)
    assert given.detail["scope"] == ["send", "follow", "messages", "called"]


def test_the_code_is_given_once(agencies):
    form, member = submission(agencies.keyring), agencies.member()
    first = agencies.act(service.submit, member, REQUEST, YES, form)
    again = agencies.act(service.submit, member, REQUEST, YES, form)
    assert first.key
    assert (again.number, again.key, again.is_repeat) == (first.number, None, True)
    assert len(events(agencies, first.number)) == 2


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"place": "5003"}, Outside.PLACE),
        ({"place": "Ingensteds"}, Outside.PLACE_UNKNOWN),
        ({"needs": frozenset({Need.MONEY})}, Outside.NEED),
        ({"office": "nav-granvik", "place": "0150"}, Outside.PLACE),
    ],
)
def test_outside_the_agreement_nothing_is_stored(agencies, changes, what):
    with pytest.raises(OutsideAgreement) as fact:
        agencies.send(**changes)
    assert fact.value.what is what
    with agencies.database.read_session() as session:
        assert session.scalars(select(Case)).all() == []


def test_a_letter_nobody_understands_is_always_the_offices(agencies):
    assert agencies.send(needs=frozenset({Need.LETTER})).key


def test_who_follows_reads_how_it_stands_and_what_they_sent_and_no_more(agencies):
    number = agencies.send().number
    turn = agencies.turn(number, seen=2)
    agencies.do(handling.log_contact, turn, ContactOutcome.NO_ANSWER, "Rang forgjeves.")
    agencies.do(handling.write_note, agencies.turn(number, 4), "Et notat.")
    agencies.act(
        person.add_information, number, "Mine ord.", frozenset(), agencies.turn(number).submission
    )
    found = see(agencies, number)
    assert found.name == REQUEST.wishes.name
    assert found.followed.sent == (REQUEST.message,)
    assert [each.outcome for each in found.followed.tries] == [ContactOutcome.NO_ANSWER]


def test_without_follow_it_is_only_known_that_it_was_sent(agencies):
    number = agencies.send(scope=frozenset()).number
    found = see(agencies, number)
    assert (found.followed, found.sight.scope) == (None, {Scope.SEND})
    page = list_cases(agencies, agencies.member())
    assert [(row.status, row.deadline_utc) for row in page.rows] == [(None, None)]


def test_another_agency_knows_nothing(agencies):
    number = agencies.send().number
    with pytest.raises(CaseNotFound):
        see(agencies, number, agencies.eva)
    assert list_cases(agencies, agencies.member(agencies.eva)).rows == ()


def test_a_colleague_knows_that_and_takes_over_with_a_trace(agencies):
    number = agencies.send().number
    before = see(agencies, number, agencies.jon)
    assert (before.name, before.followed, before.staff_name) == (None, None, "Ida")
    agencies.act(service.take_over, agencies.member(agencies.jon), number)
    assert see(agencies, number, agencies.jon).followed is not None
    assert see(agencies, number).followed is None
    last = events(agencies, number)[-1]
    assert (last.kind, last.detail["before"]) == (
        EventKind.ACTING_TAKEN_OVER,
        agencies.ida.staff_id,
    )


def test_taking_over_twice_is_once(agencies):
    number = agencies.send().number
    for _ in range(2):
        agencies.act(service.take_over, agencies.member(agencies.jon), number)
    assert len(events(agencies, number)) == 3


def test_the_person_ends_it_and_nothing_is_left(agencies):
    number = agencies.send().number
    for _ in range(2):
        agencies.act(service.end_by_person, number, consent_of(agencies, number).id)
    with pytest.raises(CaseNotFound):
        see(agencies, number)
    assert list_cases(agencies, agencies.member()).rows == ()
    assert [e.kind for e in events(agencies, number)].count(EventKind.CONSENT_ENDED) == 1


def test_nobody_ends_a_consent_in_another_persons_case(agencies):
    mine, other = agencies.send().number, agencies.send().number
    agencies.act(service.end_by_person, mine, consent_of(agencies, other).id)
    assert see(agencies, other).followed is not None


def test_the_office_ends_it_and_another_office_cannot(agencies):
    number = agencies.send().number
    consent_id = consent_of(agencies, number).id
    with pytest.raises(CaseNotFound):
        agencies.act(service.end_by_office, agencies.stranger, number, consent_id)
    agencies.act(service.end_by_office, agencies.anne, number, consent_id)
    with pytest.raises(CaseNotFound):
        see(agencies, number)


def test_the_agency_lets_go_of_it(agencies):
    number = agencies.send().number
    with pytest.raises(CaseNotFound):
        agencies.act(service.end_by_agency, agencies.member(agencies.jon), number)
    agencies.act(service.end_by_agency, agencies.member(), number)
    assert consent_of(agencies, number).ended_by == "agency"


def test_a_request_taken_back_and_a_protected_person_are_nobodys(agencies):
    back, kept = agencies.send().number, agencies.send().number
    agencies.act(person.withdraw, back)
    with agencies.database.unit_of_work() as session:
        session.scalars(select(Case).where(Case.number == kept)).one().is_protected = True
    for number in (back, kept):
        with pytest.raises(CaseNotFound):
            see(agencies, number)


def test_more_is_sent_once_and_by_who_acts_alone(agencies):
    number, form = agencies.send().number, submission(agencies.keyring)
    agencies.act(service.add_words, agencies.member(), number, "Mer.", form)
    with pytest.raises(AlreadyDone):
        agencies.act(service.add_words, agencies.member(), number, "Mer.", form)
    again = submission(agencies.keyring)
    with pytest.raises(CaseNotFound):
        agencies.act(service.add_words, agencies.member(agencies.jon), number, "Mer.", again)
    assert see(agencies, number).followed.sent == (REQUEST.message, "Mer.")


def test_help_is_counted(agencies, now):
    number = agencies.send().number
    with agencies.database.unit_of_work() as session:
        for kinds, minutes in (({HelpKind.FORM}, 20), ({HelpKind.WAITING}, 61)):
            service.note_help(session, agencies.member(), number, kinds, minutes, now=now)
    found = see(agencies, number)
    assert (set(found.help_kinds), found.help_minutes) == ({"form", "waiting"}, 30 + 120)


def test_reading_is_audited(agencies):
    number = agencies.send().number
    agencies.act(queries.open_case, agencies.member(), number)
    with agencies.database.read_session() as session:
        last = session.execute(select(ENTRIES).order_by(ENTRIES.c.number.desc())).first()
    assert (last.actor, last.action) == (f"partner:{agencies.ida.staff_id}", "case.read")


def test_the_person_and_the_office_see_who_helps_until_it_ends(agencies, now):
    number = agencies.send(scope=frozenset({Scope.FOLLOW})).number
    with agencies.database.read_session() as session:
        (helper,) = queries.list_helpers(session, number, now)
        assert (helper.agency, helper.staff_name) == ("havn", "Ida")
        assert helper.scope == {Scope.SEND, Scope.FOLLOW}
        assert queries.list_helpers(session, number, now + timedelta(days=31)) == ()
        given = {"keyring": agencies.keyring, "now": agencies.now}
        kinds = [e.kind for e in get_person_case(session, number, **given).events]
    assert EventKind.CONSENT_GIVEN in kinds


def test_who_left_their_agency_may_do_nothing_while_the_consent_lasts(agencies, now):
    number = agencies.send().number
    with agencies.database.unit_of_work() as session:
        agencies.leave(session, agencies.ida)
        (helper,) = queries.list_helpers(session, number, now)
    assert (helper.agency, helper.scope) == ("havn", frozenset())


def test_the_list_is_read_page_by_page(agencies, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    sent = [agencies.send().number for _ in range(5)]
    found, before = [], None
    for _ in range(3):
        page = list_cases(agencies, agencies.member(), before)
        found += [row.number for row in page.rows]
        before = page.next_before
    assert (found, before) == (sent[::-1], None)


def test_what_an_agreement_would_cut_off_is_counted(agencies, now):
    agencies.send()
    with agencies.database.unit_of_work() as session:
        assert queries.count_open_cases(session, agencies.agency_id, now) == 1
        assert queries.count_open_cases(session, agencies.rival_id, now) == 0
        partners.end_agreement(session, agencies.agreement_id, actor="cli", now=now)
    assert agencies.find_member(agencies.ida, now) is None


@pytest.mark.parametrize(
    ("other", "is_seen"),
    [
        (TERMS, True),
        (replace(TERMS, municipalities=frozenset({THERE})), False),
        (replace(TERMS, needs=frozenset({Need.MONEY})), False),
        (replace(TERMS, needs=frozenset({Need.FOOD})), True),
    ],
)
def test_only_an_agreement_that_covers_the_case_opens_it(agencies, now, other, is_seen):
    number, given = agencies.send().number, {"actor": "cli", "now": now}
    with agencies.database.unit_of_work() as session:
        partners.add_agreement(session, agencies.agency_id, other, **given)
        partners.end_agreement(session, agencies.agreement_id, **given)
    listed = [row.number for row in list_cases(agencies, agencies.member()).rows]
    assert listed == ([number] if is_seen else [])
    if not is_seen:
        with pytest.raises(CaseNotFound):
            see(agencies, number)


def test_a_consent_to_be_told_needs_an_address(agencies):
    with agencies.database.unit_of_work() as session:
        agency_id = partners.add_agency(
            session, partners.NewAgency("stille"), actor="cli", now=agencies.now
        )
    member = replace(agencies.member(), agency_id=agency_id)
    receipt = agencies.act(service.submit, member, REQUEST, YES, submission(agencies.keyring))
    found = consent_of(agencies, receipt.number)
    assert (found.may_follow, found.gets_messages, found.is_called) == (True, False, False)
