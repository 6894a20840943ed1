"""Looking for a caller's case: what is found, what is logged, and that nobody can trawl."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from nav_access.core.audit_tables import ENTRIES
from nav_access.core.security import registry
from nav_access.intake import person
from nav_access.intake.applications import ContactWishes
from nav_access.intake.calling.escalations import step_up
from nav_access.intake.centre import looking, queries, rules
from nav_access.intake.centre.codes import LookedBy, LookUpEnd, LookUpReason
from nav_access.intake.centre.errors import NotAnOperator
from nav_access.intake.centre.looking import Question
from nav_access.intake.centre.models import LookUp
from nav_access.intake.centre.operators import find_operator
from nav_access.intake.centre.sealing import open_reason
from nav_access.intake.codes import Channel
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.models import Case
from tests.desk_factory import FOOD, submission


def open_case(centre, number, who=None, at=None):
    with centre.database.unit_of_work() as session:
        return queries.open_case(
            session, who or centre.olga, number, keyring=centre.keyring, now=at or centre.now
        )


def test_a_phone_finds_every_case_of_its_number_without_names(centre):
    numbers = {centre.receive().number, centre.receive().number}
    other = ContactWishes(phone="+4790000000")
    centre.receive(wishes=other)
    found = centre.look()
    assert {one.number for one in found.cases} == numbers
    assert "Kari" not in repr(found)


def test_a_case_opens_only_to_who_looked_and_for_an_hour(centre):
    number = centre.known()
    assert open_case(centre, number).number == number
    with pytest.raises(CaseNotFound):
        open_case(centre, number, centre.omar)
    with pytest.raises(CaseNotFound):
        open_case(centre, number, at=centre.now + rules.OPEN_FOR)


def test_nobody_but_an_operator_looks_or_opens(centre):
    number = centre.known()
    with pytest.raises(NotAnOperator):
        centre.look(centre.anne)
    with pytest.raises(CaseNotFound):
        open_case(centre, number, centre.anne)


def test_an_operator_sees_no_words_and_no_way_to_the_person(centre):
    seen = repr(open_case(centre, centre.known()))
    hidden = ("Kari", "Kjøleskapet", "91234567", "kari@example.org")
    assert [one for one in hidden if one in seen] == []


def test_a_late_case_is_a_task_for_every_operator_and_has_its_phone(centre):
    number = centre.receive().number
    late = centre.now + timedelta(days=9)
    with centre.database.unit_of_work() as session:
        case = session.scalars(select(Case)).one()
        step_up(session, case, keyring=centre.keyring, now=late)
    assert [one.number for one in centre.read(queries.list_left, centre.omar)] == [number]
    assert centre.read(queries.list_left, centre.anne) == ()
    assert open_case(centre, number, centre.omar, late).phone == "+4791234567"


@pytest.mark.parametrize("gone", ["withdrawn", "erased", "protected"])
def test_what_is_gone_or_protected_is_as_if_it_were_not_there(centre, gone):
    number = centre.known()
    with centre.database.unit_of_work() as session:
        if gone == "withdrawn":
            person.withdraw(session, number, keyring=centre.keyring, now=centre.now)
        column = {"erased": {"wrapped_key": None}, "protected": {"is_protected": True}}.get(gone)
        if column:
            session.execute(update(Case).values(column))
    assert centre.look().end is LookUpEnd.NOT_FOUND
    assert centre.look(number=number) == centre.look(number="12345674")
    with pytest.raises(CaseNotFound):
        open_case(centre, number)


def test_look_ups_end_after_so_many_and_begin_again_later(centre):
    ends = [centre.look().end for _ in range(rules.LOOK_UPS_AN_HOUR + 1)]
    assert ends.count(LookUpEnd.TOO_MANY) == 1
    assert ends[-1] is LookUpEnd.TOO_MANY
    assert centre.look(centre.omar).end is LookUpEnd.NOT_FOUND
    assert centre.look(at=centre.now + rules.HOUR).end is LookUpEnd.NOT_FOUND


def test_right_numbers_are_not_counted_as_guesses(centre):
    number = centre.receive().number
    for _ in range(rules.WRONG_NUMBERS_AN_HOUR + 2):
        assert centre.look(number=number).end is LookUpEnd.FOUND


def test_exactly_so_many_numbers_can_be_guessed_at_once(centre):
    with ThreadPoolExecutor(8) as pool:
        guesses = pool.map(lambda _: centre.look(number="12345674").end, range(20))
    assert list(guesses).count(LookUpEnd.NOT_FOUND) == rules.WRONG_NUMBERS_AN_HOUR


def test_the_same_form_is_one_look_up_and_shows_the_same(centre):
    centre.receive()
    form = submission(centre.keyring)
    assert centre.look(form=form) == centre.look(form=form)
    assert len(centre.read(lambda session: session.scalars(select(LookUp)).all())) == 1


def test_the_same_form_finds_nothing_that_came_in_since(centre):
    form = submission(centre.keyring)
    assert centre.look(form=form).end is LookUpEnd.NOT_FOUND
    centre.receive()
    assert centre.look(form=form).cases == ()
    assert len(centre.look().cases) == 1


def test_every_look_up_is_logged_with_its_reason_and_no_phone(centre):
    asked = Question(LookUpReason.OTHER, phone="+4790000000", words="Sykehuset ringte for Per.")
    form = submission(centre.keyring)
    with centre.database.unit_of_work() as session:
        looking.look_up(session, centre.olga, asked, form, keyring=centre.keyring, now=centre.now)
    with centre.database.read_session() as session:
        row = session.scalars(select(LookUp)).one()
        entry = session.execute(select(ENTRIES.c.action, ENTRIES.c.detail)).all()[-1]
    assert open_reason(centre.keyring, row.name, row.words_sealed) == asked.words
    assert entry == ("centre.look_up", '{"by":"phone","found":0,"reason":"other"}')


def test_words_of_look_ups_follow_a_rotation(centre):
    question = Question(LookUpReason.OTHER, phone="+4790000000", words="Fordi.")
    with centre.database.unit_of_work() as session:
        looking.look_up(
            session,
            centre.olga,
            question,
            submission(centre.keyring),
            keyring=centre.keyring,
            now=centre.now,
        )
    sealed = {one.name: one for one in registry.resealers()}["words of look-ups"]
    assert centre.read(sealed.key_ids_in_use) == {centre.keyring.active_id}


def test_a_request_taken_for_a_caller_is_a_case_its_operator_may_open(centre):
    wanted = replace(FOOD, channel=Channel.CONTACT_CENTRE)
    form = submission(centre.keyring)
    for _ in range(2):
        with centre.database.unit_of_work() as session:
            receipt = looking.take_request(
                session, centre.olga, wanted, form, keyring=centre.keyring, now=centre.now
            )
    assert receipt.is_repeat
    assert open_case(centre, receipt.number).number == receipt.number
    rows = centre.read(lambda session: session.scalars(select(LookUp.looked_by)).all())
    assert rows == [LookedBy.REQUEST]


def test_eight_digits_may_be_a_phone_or_a_case(centre):
    number = centre.receive().number
    same_digits = ContactWishes(phone=f"+47{number}")
    other = centre.receive(wishes=same_digits).number
    found = centre.look(number=number, phone=f"+47{number}")
    assert {one.number for one in found.cases} == {number, other}
    rows = centre.read(lambda session: session.scalars(select(LookUp.looked_by)).all())
    assert rows == [LookedBy.EITHER]


def test_who_works_at_the_centres_office_is_an_operator(centre):
    clerk = replace(centre.anne, office_ids=frozenset({centre.centre_id}))
    assert rules.is_operator(centre.read(find_operator, clerk))
    assert centre.read(find_operator, centre.anne) is None
