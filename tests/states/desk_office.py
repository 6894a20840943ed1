"""The pages of an office's manager, in every state one can come to."""

from itertools import count

from werkzeug.test import TestResponse

from nav_access.core import confirming
from nav_access.core.confirming import Danger, Wanted
from nav_access.offices.codes import DutyAudience, OpeningKind
from nav_access.offices.keeping import hours, lines, measures, reasons
from nav_access.offices.keeping.codes import MeasureKind
from nav_access.offices.keeping.editing import Editor
from nav_access.offices.keeping.lines import LineDetails
from nav_access.offices.keeping.measures import NewMeasure
from nav_access.offices.models import (
    DutyLine,
    Municipality,
    Office,
    OfficeArea,
    OpeningInterval,
    Reception,
)
from nav_access.offices.records import IntervalRecord
from nav_access.partners import service as partners
from nav_access.partners.rules import Terms
from nav_access.partners.service import NewAgency
from nav_access.staff import members, service
from nav_access.staff.codes import StaffRole
from nav_access.staff.members import Standing
from nav_access.staff.service import NewStaff
from nav_access.web.shared.installation import installation
from tests.desk_factory import Desk
from tests.page import Form, Page
from tests.pages import Visit, page_state
from tests.states.desk import DESK, AtDesk

_counter = count(1)


def manage(visit: Visit) -> AtDesk:
    """Let somebody manage an office with two doors, a line, and a register that says otherwise."""
    at = AtDesk.begin(visit)
    with at.desk.database.unit_of_work() as session:
        who, office_id = at.who.staff_id, at.desk.office_id
        how = {"actor": "system", "now": at.desk.now}
        service.join_office(session, who, office_id, StaffRole.MANAGER, **how)
        office = session.get_one(Office, office_id)
        office.receptions = [door("Storgata 1"), door("Lillegata 2")]
        office.duty_lines = [line("+4722000000"), line("+4722000001")]
        office.restricted_reason = "Få ansatte"
        session.flush()
        write(session, office, at.desk.now)
    return at


def door(street: str) -> Reception:
    """Return a door that is open on Mondays."""
    monday = {"weekday": 0, "opens_minute": 540, "closes_minute": 900}
    return Reception(
        position=0, street=street, openings=[OpeningInterval(kind=OpeningKind.WALK_IN, **monday)]
    )


def line(phone: str) -> DutyLine:
    """Return a line of the register."""
    audience = DutyAudience.PUBLIC
    return DutyLine(
        phone=phone, position=0, audience=audience, topic="Akutt", is_imported=True, intervals=[]
    )


def write(session, office: Office, now) -> None:
    """Write something in the place of the register's."""
    first, changed = office.receptions[0].id, office.duty_lines[0]

    def editor() -> Editor:
        session.flush()
        session.refresh(office, ["edition"])
        return Editor(office.id, "system", office.edition)

    closed = IntervalRecord(None, None, OpeningKind.CLOSED, comment="Kurs")
    hours.set_days(session, editor(), first, [0, now.date()], [closed], now=now)
    reasons.set_reasons(session, editor(), "Bygging", "Ring oss", now=now)
    details = LineDetails(changed.phone, DutyAudience.AGENCIES)
    lines.save_line(session, editor(), changed.id, details, now=now)


def form(at: AtDesk, path: str, act: str) -> Form:
    """Return one form of a page."""
    shown = Page.read(at.get(f"office/{path}"))
    return Form.read(shown, shown.all(f'form:has(input[name="do"][value="{act}"])')[-1])


@page_state("desk office, overview", **DESK)
def overview(visit: Visit) -> TestResponse:
    return manage(visit).get("office/")


@page_state("desk office, hours", **DESK)
def hours_page(visit: Visit) -> TestResponse:
    return manage(visit).get("office/hours?day=0")


@page_state("desk office, hours that make no sense", **DESK)
def hours_wrong(visit: Visit) -> TestResponse:
    at = manage(visit)
    return form(at, "hours", "week").fill(opens1="x", comment3="Hei").submit(visit.client)


@page_state("desk office, how it will look", **DESK)
def look(visit: Visit) -> TestResponse:
    at = manage(visit)
    typed = {"weekdays": ["1"], "kind1": "walk_in", "opens1": "9", "closes1": "15"}
    return form(at, "hours", "week").fill(**typed).submit(visit.client)


@page_state("desk office, somebody was quicker", **DESK)
def quicker(visit: Visit) -> TestResponse:
    at = manage(visit)
    filled = form(at, "reasons", "reasons").fill(reason="Vi flytter")
    with at.desk.database.unit_of_work() as session:
        session.get_one(Office, at.desk.office_id).edition += 1
    return filled.submit(visit.client)


@page_state("desk office, saved", **DESK)
def saved(visit: Visit) -> TestResponse:
    return manage(visit).get("office/hours?saved=yes")


@page_state("desk office, hours without a door", **DESK)
def no_door(visit: Visit) -> TestResponse:
    at = manage(visit)
    with at.desk.database.unit_of_work() as session:
        session.get_one(Office, at.desk.office_id).receptions = []
    return at.get("office/hours")


@page_state("desk office, dates", **DESK)
def dates_page(visit: Visit) -> TestResponse:
    return manage(visit).get("office/dates")


@page_state("desk office, dates sent empty", **DESK)
def dates_empty(visit: Visit) -> TestResponse:
    return form(manage(visit), "dates", "date").submit(visit.client)


@page_state("desk office, reasons", **DESK)
def reasons_page(visit: Visit) -> TestResponse:
    return manage(visit).get("office/reasons")


@page_state("desk office, lines", **DESK)
def lines_page(visit: Visit) -> TestResponse:
    return manage(visit).get("office/lines")


@page_state("desk office, lines sent empty", **DESK)
def lines_empty(visit: Visit) -> TestResponse:
    return form(manage(visit), "lines", "line").submit(visit.client)


@page_state("desk office, ladder", **DESK)
def ladder_page(visit: Visit) -> TestResponse:
    return manage(visit).get("office/ladder")


@page_state("desk office, ladder, what will happen", **DESK)
def ladder_look(visit: Visit) -> TestResponse:
    return form(manage(visit), "ladder", "ladder").fill(attempts="5").submit(visit.client)


@page_state("desk office, measures", **DESK)
def measures_page(visit: Visit) -> TestResponse:
    at = manage(visit)
    typed = {"measure_kind": "visits", "words": "Vi kommer hjem.", "from_day": "23.11"}
    looked = Page.read(form(at, "measures", "measure").fill(**typed).submit(visit.client))
    looked.form('form:has(input[name="step"])').submit(visit.client)
    return at.get("office/measures")


@page_state("desk office, measures sent empty", **DESK)
def measures_empty(visit: Visit) -> TestResponse:
    return form(manage(visit), "measures", "measure").submit(visit.client)


@page_state("desk office, agreements", **DESK)
def agreements_page(visit: Visit) -> TestResponse:
    return manage(visit).get("office/agreements")


def agree(visit: Visit) -> AtDesk:
    """Let an agency have agreements about the office's place, and the end of one wait."""
    at, suffix = manage(visit), f"-{visit.lang}-{next(_counter)}"
    number = f"9{next(_counter):03}"
    with at.desk.database.unit_of_work() as session:
        office = session.get_one(Office, at.desk.office_id)
        session.add(Municipality(number=number, name="Prøvevik", search_name="provevik"))
        session.flush()
        session.add(
            OfficeArea(office_number=office.number, municipality_number=number, source="test")
        )
        how = {"actor": "system", "now": at.desk.now}
        name = f"Flyktningtjenesten{suffix}"
        agency = partners.add_agency(session, NewAgency(name, phone="+4722000011"), **how)
        for places in ({number}, {number, "0301"}):
            terms = Terms(frozenset(places), frozenset({"food", "housing"}), at.desk.now.date())
            agreement = partners.add_agreement(session, agency, terms, **how)
        detail = {"agency": agency, "cases": 2}
        wanted = Wanted(Danger.END_AGREEMENT, f"agreement:{agreement - 1}", detail)
        confirming.ask(session, wanted, **how)
    return at


@page_state("desk office, agreements, one waits", **DESK)
def agreements_wait(visit: Visit) -> TestResponse:
    return agree(visit).get("office/agreements")


@page_state("desk office, an agreement to change", **DESK)
def agreement_change(visit: Visit) -> TestResponse:
    at = agree(visit)
    shown = Page.read(at.get("office/agreements"))
    return at.get(f"office/agreements{shown.all('td a[href*=agreement]')[-1]['href']}")


@page_state("desk office, an agreement, how it will look", **DESK)
def agreement_look(visit: Visit) -> TestResponse:
    return form(agree(visit), "agreements", "confirm").submit(visit.client)


@page_state("desk office, an agreement sent empty", **DESK)
def agreement_empty(visit: Visit) -> TestResponse:
    return form(agree(visit), "agreements", "open").submit(visit.client)


@page_state("desk office, a measure that begins later", **DESK)
def measure_later(visit: Visit) -> TestResponse:
    typed = {"measure_kind": "visits", "words": "Vi kommer hjem.", "from_day": "26.11"}
    return form(manage(visit), "measures", "measure").fill(**typed).submit(visit.client)


@page_state("desk office, members", **DESK)
def members_page(visit: Visit) -> TestResponse:
    return manage(visit).get("office/members")


@page_state("desk office, a member", **DESK)
def member(visit: Visit) -> TestResponse:
    at = manage(visit)
    return at.get(f"office/members?who={at.who.staff_id}")


@page_state("desk office, members sent empty", **DESK)
def members_empty(visit: Visit) -> TestResponse:
    return form(manage(visit), "members", "add").submit(visit.client)


@page_state("desk office, credentials", **DESK)
def credentials(visit: Visit) -> TestResponse:
    at = manage(visit)
    typed = {"email": f"ny-{at.desk.office_id}@nav.no", "name": "Ny Person"}
    return form(at, "members", "add").fill(**typed).submit(visit.client)


@page_state("desk office, does work end", **DESK)
def member_end(visit: Visit) -> TestResponse:
    return form(manage(visit), "members", "end").submit(visit.client)


def employ(at: AtDesk, name: str, *, keeps: bool = False, by: str = "system") -> int:
    """Let somebody new work at the office, for protected persons or not; return who."""
    new = NewStaff(f"{name}-{next(_counter)}@nav.no", name.title())
    standing = Standing(StaffRole.CASEWORKER, sees_protected=keeps)
    how = {"actor": by, "keyring": at.desk.keyring, "now": at.desk.now}
    with at.desk.database.unit_of_work() as session:
        return members.add_member(session, at.desk.office_id, new, standing, **how).staff_id


def pressed(at: AtDesk, staff_id: int, act: str) -> Form:
    """Return the form of what is done with one member."""
    shown = Page.read(at.get("office/members"))
    whom = f'input[name="member"][value="{staff_id}"]'
    return Form.read(shown, shown.one(f'form:has(input[name="do"][value="{act}"]):has({whom})'))


@page_state("desk office, new credentials, is it meant", **DESK)
def member_renew(visit: Visit) -> TestResponse:
    at = manage(visit)
    return pressed(at, employ(at, "Nina", keeps=True), "renew").submit(visit.client)


@page_state("desk office, new credentials, not for somebody who works elsewhere", **DESK)
def member_renew_refused(visit: Visit) -> TestResponse:
    at = manage(visit)
    nina, how = employ(at, "Nina"), {"actor": "system", "now": at.desk.now}
    with at.desk.database.unit_of_work() as session:
        service.join_office(session, nina, at.desk.other_id, StaffRole.CASEWORKER, **how)
    form = pressed(at, nina, "renew")
    form.values["step"] = ["save"]
    return form.submit(visit.client)


@page_state("desk office, the role is not taken by oneself", **DESK)
def own_role(visit: Visit) -> TestResponse:
    at = manage(visit)
    employ(at, "Nina", keeps=True)
    me = at.who.staff_id
    shown = Page.read(at.get(f"office/members?who={me}"))
    change = Form.read(shown, shown.one('form:has(input[name="do"][value="change"])'))
    return change.fill(protected="yes").submit(visit.client)


@page_state("desk, tasks, somebody got the role for protected persons", **DESK)
def tasks_notices(visit: Visit) -> TestResponse:
    at = manage(visit)
    other = employ(at, "Odd")
    employ(at, "Nina", keeps=True, by=f"staff:{other}")
    return at.get("tasks")


@page_state("desk office, the last manager", **DESK)
def last_manager(visit: Visit) -> TestResponse:
    at = manage(visit)
    shown = Page.read(at.get(f"office/members?who={at.who.staff_id}"))
    change = Form.read(shown, shown.all('form:has(input[value="change"])')[-1])
    return change.fill(role="caseworker").submit(visit.client)


@page_state("office, with measures")
def public_measures(visit: Visit) -> TestResponse:
    with visit.app.app_context():
        site = installation()
    suffix = f"-m{visit.lang.lower()}{next(_counter)}"
    desk = Desk(site.database, site.keyring, site.clock(), suffix=suffix)
    new = NewMeasure(MeasureKind.ACUTE_TIMES, "Vi har akuttimer hver dag.", desk.now.date())
    with desk.database.unit_of_work() as session:
        editor = Editor(desk.office_id, "system", 1)
        measures.add_measure(session, editor, new, now=desk.now)
    return visit.get(f"offices/{desk.slug}")
