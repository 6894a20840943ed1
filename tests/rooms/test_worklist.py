"""An office's queue: its order, pages, filters, what a row says, and which index it reads."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, text

from nav_access.intake import handling, person
from nav_access.intake.codes import (
    AcuteStatement,
    CaseStatus,
    CloseReason,
    ContactOutcome,
    Need,
    Urgency,
)
from nav_access.intake.models import Case, Reaching
from nav_access.worklist import marks
from nav_access.worklist.desk_offices import OfficeNotTheirs, find_desk_office, list_desk_offices
from nav_access.worklist.queries import list_queue
from nav_access.worklist.statements import Show, queue_statement, queue_values
from tests.desk_factory import Desk, submission

ACUTE = frozenset({AcuteStatement.NO_FOOD_TODAY})


@pytest.fixture
def desk(database, keyring, now):
    return Desk(database, keyring, now)


def queue(desk, show=Show.WAITING, who=None, **options):
    with desk.database.read_connection() as connection:
        return list_queue(connection, who or desk.anne, desk.office_id, show, **options)


def numbers(page):
    return [row.number for row in page.rows]


def answer(desk, number, seen=1, who=None):
    turn = desk.turn(number, seen, who)
    desk.do(handling.log_contact, turn, ContactOutcome.ANSWERED, None)


def test_acute_comes_first_then_the_earliest_deadline(desk):
    ordinary = desk.receive(needs=frozenset({Need.LETTER})).number
    urgent = desk.receive().number
    acute = desk.receive(acute=ACUTE).number
    desk.now -= timedelta(days=3)
    older = desk.receive().number
    assert numbers(queue(desk)) == [acute, older, urgent, ordinary]


def test_a_row_says_what_to_know_before_opening_and_no_more(desk):
    number = desk.receive(acute=ACUTE).number
    desk.do(handling.claim, desk.turn(number, who=desk.bo))
    row = queue(desk).rows[0]
    assert (row.urgency, row.needs, row.claimed_by_name) == (Urgency.ACUTE, ("food",), "Bo")
    assert not {"name", "phone", "email", "message"} & set(row._fields)


def test_another_offices_queue_is_empty(desk):
    desk.receive()
    assert queue(desk, who=desk.stranger).rows == ()


def test_pages_meet_without_gap_or_overlap(desk):
    expected = {desk.receive(acute=ACUTE if n % 2 else frozenset()).number for n in range(7)}
    found, after = [], None
    for _ in range(4):
        page = queue(desk, after=after, size=2)
        found, after = found + numbers(page), page.next
    assert after is None
    assert (len(found), set(found)) == (7, expected)


def test_a_full_last_page_promises_no_other(desk):
    desk.receive()
    desk.receive()
    assert queue(desk, size=2).next is None


def test_a_need_filters(desk):
    desk.receive()
    both = desk.receive(needs=frozenset({Need.ELECTRICITY, Need.MONEY})).number
    assert numbers(queue(desk, need=Need.ELECTRICITY)) == [both]


def test_each_list_shows_its_own(desk):
    waiting, mine, answered, closed = (desk.receive().number for _ in range(4))
    desk.do(handling.claim, desk.turn(mine))
    answer(desk, answered)
    answer(desk, closed)
    desk.do(handling.close_case, desk.turn(closed, 2), CloseReason.HELPED, None)
    assert set(numbers(queue(desk))) == {waiting, mine}
    assert numbers(queue(desk, Show.MINE)) == [mine]
    assert numbers(queue(desk, Show.ANSWERED)) == [answered]
    assert numbers(queue(desk, Show.CLOSED)) == [closed]


def test_closed_ones_come_newest_first_in_pages(desk):
    all_closed = [desk.receive().number for _ in range(3)]
    for number in all_closed:
        desk.do(handling.close_case, desk.turn(number), CloseReason.DUPLICATE, None)
    first = queue(desk, Show.CLOSED, size=2)
    rest = queue(desk, Show.CLOSED, size=2, after=first.next)
    assert numbers(first) + numbers(rest) == all_closed[::-1]


def test_an_answered_case_that_is_mine_stays_on_my_list(desk):
    number = desk.receive().number
    desk.do(handling.claim, desk.turn(number))
    answer(desk, number, 2)
    assert numbers(queue(desk, Show.MINE)) == [number]


def test_unanswered_since_the_person_wrote_again(desk):
    number = desk.receive().number
    answer(desk, number)
    desk.now += timedelta(hours=5)
    once = submission(desk.keyring)
    given = {"keyring": desk.keyring, "now": desk.now}
    with desk.database.unit_of_work() as session:
        person.add_information(session, number, "Hallo?", frozenset(), once, **given)
    assert queue(desk).rows[0].unanswered_since_utc == desk.now


def test_offices_are_the_readers_own(desk):
    with desk.database.read_connection() as connection:
        offices = list_desk_offices(connection, desk.anne)
    assert find_desk_office(offices, "").slug == "nav-eikevik"
    for slug in ("nav-granvik", "no-such-office"):
        with pytest.raises(OfficeNotTheirs):
            find_desk_office(offices, slug)


def add_many(desk, count):
    """Store many cases at once, one in ten waiting, without their events."""
    codes = {"channel": "web", "language": "nb", "needs": ("food",), "acute": (), "flags": ()}
    cases, reaching = [], []
    for n in range(1, count + 1):
        is_waiting = n % 10 == 0
        cases.append(
            codes
            | {
                "id": n,
                "number": f"{n:08}",
                "office_id": desk.office_id if n % 4 < 2 else desk.other_id,
                "has_children": False,
                "status": CaseStatus.WAITING if is_waiting else CaseStatus.CLOSED,
                "urgency": n % 3,
                "received_utc": desk.now,
                "deadline_utc": desk.now + timedelta(minutes=n),
                "attempts": 0,
                "version": 1,
                "submission": b"%32d" % n,
                "content": b"%32d" % n,
                "verifier": "",
                "wrapped_key": b"-",
            }
        )
        safe = dict.fromkeys(
            ("may_leave_voicemail", "may_say_who", "needs_interpreter", "wants_private_room"),
            False,
        )
        reaching.append(safe | {"case_id": n, "reach": "call", "best_time": "any"})
    with desk.database.unit_of_work() as session:
        session.execute(insert(Case), cases)
        session.execute(insert(Reaching), reaching)


def plan(desk, session, statement):
    engine = desk.database.engine
    is_sqlite = engine.dialect.name == "sqlite"
    written = statement.compile(engine, compile_kwargs={"literal_binds": True})
    how = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
    return "\n".join(str(tuple(row)) for row in session.execute(text(f"{how} {written}")))


def find_plan(desk, show, after=None):
    add_many(desk, 4000)
    with desk.database.unit_of_work() as session:
        session.execute(text("ANALYZE"))
    after = queue(desk, show).next if after else None
    office_id = desk.office_id
    shape = queue_statement(show, is_filtered=False, is_later_page=bool(after), size=50)
    statement = shape.params(**queue_values(desk.anne, office_id, show, None, after))
    assert "OFFSET" not in str(statement)
    with desk.database.read_session() as session:
        return plan(desk, session, statement)


@pytest.mark.parametrize("is_later_page", [False, True])
def test_the_queue_reads_the_partial_index_in_order(desk, is_later_page):
    found = find_plan(desk, Show.WAITING, after=is_later_page)
    assert "ix_cases_queue" in found
    assert "Sort" not in found
    assert "TEMP B-TREE" not in found


def test_answered_ones_read_the_other_partial_index(desk):
    assert "ix_cases_office_status" in find_plan(desk, Show.ANSWERED)


def test_my_own_are_found_by_who_claimed_them(desk):
    assert "ix_cases_claimed_by" in find_plan(desk, Show.MINE)


def test_marks_look_agreed_meetings_up_in_the_index_of_open_bookings(desk):
    statement = marks._MARKS.params(case_ids=[1, 2, 3])
    with desk.database.read_session() as session:
        if session.get_bind().dialect.name == "postgresql":
            # A table without rows is read whole, whatever indexes it has.
            session.execute(text("SET LOCAL enable_seqscan = off"))
        assert "uq_bookings_case_open" in plan(desk, session, statement)
