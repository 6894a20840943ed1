"""The pages of a reception's terminal, in every state one can come to."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from werkzeug.test import TestResponse

from nav_access.kiosk.codes import TicketKind
from nav_access.kiosk.tickets import call_next, take_ticket
from nav_access.web.shared.installation import installation
from tests.desk_factory import Desk
from tests.doors.kiosk.conftest import Kiosk, begin_at
from tests.pages import Visit, page_state

_counter = count(1)


def begin(visit: Visit) -> Kiosk:
    """Make an office with a terminal, at its first page."""
    with visit.app.app_context():
        site = installation()
    suffix = f"-kiosk-{visit.lang.lower()}-{next(_counter)}"
    desk = Desk(site.database, site.keyring, site.clock(), suffix=suffix)
    kiosk = begin_at(visit.client, desk, visit.lang.lower())
    kiosk.get()
    return kiosk


@page_state("terminal, not set up", keeps_cookies=True)
def not_set_up(visit: Visit) -> TestResponse:
    return visit.client.get("/kiosk/register", headers={"Accept-Language": visit.lang})


@page_state("terminal, languages", languages=("nb",), keeps_cookies=True)
def languages(visit: Visit) -> TestResponse:
    kiosk = begin(visit)
    return kiosk.client.get(kiosk.root)


def open_page(visit: Visit, path: str) -> TestResponse:
    """Open one of the terminal's pages."""
    kiosk = begin(visit)
    return kiosk.client.get(kiosk.home + path)


@page_state("terminal, first page", keeps_cookies=True)
def first(visit: Visit) -> TestResponse:
    return open_page(visit, "")


@page_state("terminal, help", keeps_cookies=True)
def ask_help(visit: Visit) -> TestResponse:
    return open_page(visit, "help")


@page_state("terminal, help, with errors", keeps_cookies=True)
def help_faulty(visit: Visit) -> TestResponse:
    kiosk = begin(visit)
    return kiosk.send(kiosk.get("help"), reach="call", email="x")


@page_state("terminal, receipt", keeps_cookies=True)
def receipt(visit: Visit) -> TestResponse:
    return begin(visit).ask_help()


@page_state("terminal, case code", keeps_cookies=True)
def code(visit: Visit) -> TestResponse:
    return open_page(visit, "case")


@page_state("terminal, case code, wrong", keeps_cookies=True)
def code_wrong(visit: Visit) -> TestResponse:
    kiosk = begin(visit)
    return kiosk.send(kiosk.get("case"), code="1234")


@page_state("terminal, case", keeps_cookies=True)
def case(visit: Visit) -> TestResponse:
    kiosk = begin(visit)
    received = kiosk.desk.receive()
    return kiosk.send(kiosk.get("case"), code=f"{received.number}{received.key}")


@page_state("terminal, check in", keeps_cookies=True)
def check_in(visit: Visit) -> TestResponse:
    return open_page(visit, "check-in")


@page_state("terminal, check in, not expected", keeps_cookies=True)
def check_in_wrong(visit: Visit) -> TestResponse:
    kiosk = begin(visit)
    return kiosk.send(kiosk.get("check-in"), time="10:30", number="12345674")


@page_state("terminal, ticket", keeps_cookies=True)
def ticket(visit: Visit) -> TestResponse:
    kiosk = begin(visit)
    return kiosk.send(kiosk.get())


@page_state("terminal, checked in", keeps_cookies=True)
def checked_in(visit: Visit) -> TestResponse:
    kiosk = begin(visit)
    number = kiosk.book()
    return kiosk.send(kiosk.get("check-in"), time="10:30", number=number)


@page_state("terminal, trouble", keeps_cookies=True)
def trouble(visit: Visit) -> TestResponse:
    return open_page(visit, "trouble/503")


@page_state("terminal, nothing there", keeps_cookies=True)
def nothing_there(visit: Visit) -> TestResponse:
    return open_page(visit, "nothing")


@page_state("terminal, office", keeps_cookies=True)
def office(visit: Visit) -> TestResponse:
    return open_page(visit, "office")


@page_state("terminal, still there", keeps_cookies=True)
def still(visit: Visit) -> TestResponse:
    return open_page(visit, "still?page=help")


@page_state("waiting room, nobody called", keeps_cookies=True)
def screen_empty(visit: Visit) -> TestResponse:
    return open_page(visit, "screen")


@page_state("waiting room", keeps_cookies=True)
def screen(visit: Visit) -> TestResponse:
    kiosk = begin(visit)
    wait(kiosk.desk)
    return kiosk.client.get(f"{kiosk.home}screen")


@page_state("waiting room, full", keeps_cookies=True)
def screen_full(visit: Visit) -> TestResponse:
    kiosk = begin(visit)
    wait(kiosk.desk, range(95, 104))
    return kiosk.client.get(f"{kiosk.home}screen")


def wait(desk: Desk, places: Sequence[int] = (2, 3)) -> None:
    """Let one more wait than are called to these places."""
    with desk.database.unit_of_work() as session:
        for number in range(len(places) + 1):
            once = f"{desk.slug} {number}".encode()
            at = desk.now - timedelta(minutes=20 - number)
            take_ticket(session, desk.office_id, TicketKind.WALK_IN, once=once[-32:], now=at)
        for place in places:
            once = f"{desk.slug} called {place}".encode()
            call_next(session, desk.office_id, place, once=once[-32:], now=desk.now)
