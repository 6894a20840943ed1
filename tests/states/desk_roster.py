"""The duty roster and direct numbers, at the desk and for people, in every state."""

from werkzeug.test import TestResponse

from nav_access.core.clock import to_oslo
from nav_access.intake import handling
from nav_access.intake.direct_number.codes import Split
from nav_access.intake.direct_number.policy import set_policy
from nav_access.intake.direct_number.rules import PolicyLine
from nav_access.offices.codes import DutyAudience
from nav_access.offices.models import DutyCover, DutyLine, DutyShift, Office
from nav_access.offices.roster.codes import CoverState, ShiftKind
from nav_access.offices.roster.service import Editor
from nav_access.staff import service
from nav_access.staff.codes import StaffRole
from tests.page import Form, Page
from tests.pages import Visit, page_state
from tests.states.desk import DESK, AtDesk


def begin(visit: Visit, *, is_manager: bool = True) -> AtDesk:
    """Let the reader's office have two lines, shifts, an absence and cover, asked and given."""
    at = AtDesk.begin(visit)
    today = to_oslo(at.desk.now).date()
    with at.desk.database.unit_of_work() as session:
        mine, second, other = (
            DutyLine(
                office_id=office_id,
                position=position,
                phone=f"+47220{office_id:03}{position:02}",
                audience=DutyAudience.PUBLIC,
                topic="Akutt hjelp",
            )
            for position, office_id in enumerate((at.desk.office_id,) * 2 + (at.desk.other_id,))
        )
        session.add_all([mine, second, other])
        session.flush()
        mine.shifts = [
            DutyShift(
                kind=ShiftKind.WEEKLY,
                weekday=day,
                first_date=today,
                starts_minute=540,
                ends_minute=720,
                on_duty="Mottaket",
            )
            for day in range(5)
        ]
        absence = DutyShift(kind=ShiftKind.ABSENT, first_date=today, last_date=today)
        mine.shifts.append(absence)
        for line, by in ((mine, other), (other, None)):
            asked = at.desk.other_id if line is mine else at.desk.office_id
            state = CoverState.ACCEPTED if by else CoverState.ASKED
            period = {"first_date": today, "last_date": today}
            line.covers.append(
                DutyCover(office_id=asked, by_line_id=by.id if by else None, state=state, **period)
            )
        if is_manager:
            staff_id, role = at.who.staff_id, StaffRole.MANAGER
            service.join_office(
                session, staff_id, at.desk.office_id, role, actor="system", now=at.desk.now
            )
    return at


def form(answer: TestResponse, act: str) -> Form:
    """Return one form of a page."""
    return Page.read(answer).form(f'form:has(input[name="do"][value="{act}"])')


def give_numbers(at: AtDesk, split: Split) -> None:
    """Let the office give its first line to everybody."""
    with at.desk.database.unit_of_work() as session:
        line_id = session.query(DutyLine.id).filter_by(office_id=at.desk.office_id).first()[0]
        editor = Editor(at.desk.office_id, "system", 0, b"1")
        set_policy(session, editor, split, [PolicyLine(line_id)], now=at.desk.now)
    at.desk.do(handling.claim, at.desk.turn(at.number))


@page_state("desk, roster", **DESK)
def roster(visit: Visit) -> TestResponse:
    return begin(visit).get("roster")


@page_state("desk, roster, read only", **DESK)
def roster_read(visit: Visit) -> TestResponse:
    return begin(visit, is_manager=False).get("roster")


@page_state("desk, roster, no line", **DESK)
def roster_empty(visit: Visit) -> TestResponse:
    return AtDesk.begin(visit).get("roster")


@page_state("desk, roster, a shift to change", **DESK)
def roster_change(visit: Visit) -> TestResponse:
    at = begin(visit)
    with at.desk.database.read_session() as session:
        mine = session.query(DutyShift.id).join(DutyLine).filter_by(office_id=at.desk.office_id)
        return at.get(f"roster?shift={mine.first()[0]}")


@page_state("desk, roster, wrong", **DESK)
def roster_wrong(visit: Visit) -> TestResponse:
    filled = form(begin(visit).get("roster"), "shift").fill(shift_starts="x", on_duty="22 00 00 01")
    return filled.submit(visit.client)


@page_state("desk, roster, a date that is wrong", **DESK)
def roster_date_wrong(visit: Visit) -> TestResponse:
    return form(begin(visit).get("roster"), "date").fill(date_first="x").submit(visit.client)


@page_state("desk, roster, an office that is unclear", **DESK)
def roster_cover_wrong(visit: Visit) -> TestResponse:
    filled = form(begin(visit).get("roster"), "cover").fill(by_office="x", cover_first="24.12")
    return filled.submit(visit.client)


@page_state("desk, roster, how it will look", **DESK)
def roster_look(visit: Visit) -> TestResponse:
    shown = Page.read(begin(visit).get("roster"))
    gone = Form.read(shown, shown.all('form:has(input[name="do"][value="gone"])')[0])
    return gone.submit(visit.client)


@page_state("desk, roster, we answer for another office, how it will look", **DESK)
def roster_cover_look(visit: Visit) -> TestResponse:
    return form(begin(visit).get("roster"), "cover_yes").submit(visit.client)


@page_state("desk, roster, an answer that came too late", **DESK)
def roster_cover_over(visit: Visit) -> TestResponse:
    at = begin(visit)
    late = form(at.get("roster"), "cover_yes")
    with at.desk.database.unit_of_work() as session:
        asked = session.query(DutyCover).filter_by(office_id=at.desk.office_id)
        asked.update({"state": CoverState.ENDED})
    return late.submit(visit.client)


@page_state("desk, roster, somebody was quicker", **DESK)
def roster_collision(visit: Visit) -> TestResponse:
    at = begin(visit)
    late = form(at.get("roster"), "date").fill(date_first="24.12")
    looked = Page.read(form(at.get("roster"), "date").fill(date_first="31.12").submit(visit.client))
    looked.form('form:has(input[name="step"])').submit(visit.client)
    return late.submit(visit.client)


@page_state("desk, roster, saved", **DESK)
def roster_saved(visit: Visit) -> TestResponse:
    return begin(visit).get("roster?saved=yes")


@page_state("desk, direct numbers", **DESK)
def direct(visit: Visit) -> TestResponse:
    at = begin(visit)
    give_numbers(at, Split.EVERYBODY)
    return at.get("roster/direct")


@page_state("desk, direct numbers, how it will look", **DESK)
def direct_look(visit: Visit) -> TestResponse:
    shown = Page.read(begin(visit).get("roster/direct"))
    filled = shown.form('form:has(input[name="split"])')
    others = min(filled.choices("others") or "", key=int)
    return filled.fill(split="birth_day", others=others, first_2="1", last_2="15").submit(
        visit.client
    )


@page_state("desk, direct numbers, nobody, how it will look", **DESK)
def direct_look_nobody(visit: Visit) -> TestResponse:
    shown = Page.read(begin(visit).get("roster/direct"))
    return shown.form('form:has(input[name="split"])').fill(split="nobody").submit(visit.client)


@page_state("desk, direct numbers, wrong", **DESK)
def direct_wrong(visit: Visit) -> TestResponse:
    shown = Page.read(begin(visit).get("roster/direct"))
    filled = shown.form('form:has(input[name="split"])')
    return filled.fill(split="birth_day", first_1="16").submit(visit.client)


@page_state("desk, direct numbers, no line", **DESK)
def direct_empty(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    with at.desk.database.unit_of_work() as session:
        staff_id, role = at.who.staff_id, StaffRole.MANAGER
        service.join_office(
            session, staff_id, at.desk.office_id, role, actor="system", now=at.desk.now
        )
    return at.get("roster/direct")


@page_state("desk, a case with a direct number", **DESK)
def case_direct(visit: Visit) -> TestResponse:
    at = begin(visit)
    give_numbers(at, Split.BIRTH_DAY)
    return at.case()


@page_state("desk, a day of birth that is none", **DESK)
def case_day_wrong(visit: Visit) -> TestResponse:
    at = begin(visit)
    give_numbers(at, Split.BIRTH_DAY)
    return form(at.case(), "birth_day").fill(birth_day="32").submit(visit.client)


@page_state("duty, another office answers", keeps_cookies=True)
def duty_covered(visit: Visit) -> TestResponse:
    begin(visit)
    return visit.get("duty")


@page_state("desk, case of an office whose line is answered here", **DESK)
def case_by_cover(visit: Visit) -> TestResponse:
    at = AtDesk.begin(visit)
    today = to_oslo(at.desk.now).date()
    period = {"first_date": today, "last_date": today}
    with at.desk.database.unit_of_work() as session:
        theirs, mine = (
            DutyLine(
                office_id=office_id,
                position=0,
                phone=f"+47230{office_id:03}00",
                audience=DutyAudience.PUBLIC,
            )
            for office_id in (at.desk.other_id, at.desk.office_id)
        )
        session.add_all([theirs, mine])
        session.flush()
        whole_day = {"starts_minute": 0, "ends_minute": 1440}
        mine.shifts = [DutyShift(kind=ShiftKind.EXTRA, **period, **whole_day)]
        accepted = {"by_line_id": mine.id, "state": CoverState.ACCEPTED}
        theirs.covers = [DutyCover(office_id=at.desk.office_id, **accepted, **period)]
        slug = session.get_one(Office, at.desk.other_id).slug
    return at.get(f"cases/{at.desk.receive(office=slug).number}")
