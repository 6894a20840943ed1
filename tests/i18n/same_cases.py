"""The same journeys through every door in one language, and what is stored of them without it.

Each language gets a site of its own, where nothing else has happened; the clock stands still.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from nav_access.appointments.codes import Purpose
from nav_access.core.i18n.interpreters import list_spoken_languages, name_for
from nav_access.core.i18n.locales import Locale
from nav_access.core.orm import Base
from nav_access.core.security.keyring import Keyring
from nav_access.core.settings import Settings
from nav_access.factory import create_app
from nav_access.intake.models import Case, CaseEvent, Reaching
from nav_access.intake.sealing import open_event_text, open_reaching, open_seal
from nav_access.offices.codes import OfficeKind
from nav_access.offices.models import Municipality, OfficeArea, Postcode
from nav_access.web.shared.installation import Installation
from tests.conftest import MONDAY_MORNING, FixedClock, fresh_database
from tests.desk_factory import Desk, add_office
from tests.doors.citizen.booking import Booker, publish, slots_on
from tests.doors.citizen.conftest import Citizen, code_on
from tests.doors.kiosk.conftest import begin_at
from tests.doors.sms.conftest import DIGIT, SECRET, Phone
from tests.page import Page, page

PHONE = "400 00 000"
SPOKEN = "am"
TOLD = {
    "need": ["food", "letter"],
    "acute": ["power_cut"],
    "children": "yes",
    "place": "0150",
    "phone": PHONE,
    "email": "kari@example.org",
    "interpreter": "yes",
    "name": "Kari Ås",
    "message": "Strømmen er borte <b>nå</b>. ኤለክትሪክ",
    "private_room": "yes",
}
STORED = (
    "bookings",
    "booked_slots",
    "call_plans",
    "case_events",
    "case_reaching",
    "cases",
    "check_ins",
    "feedback",
    "outbox_messages",
    "slots",
    "text_stops",
    "tickets",
)
BY_CHANCE = {"verifier", "uid", "once", "name", "lease_token", "lag_ms"}
ASKED_FIRST = [{"say": "language", "phone": "+4755553333", "page": 0}]
"""The text that asks which language it shall be is in none of theirs."""
_NUMBER = re.compile(r"\d{8}")


@dataclass
class Person:
    """Somebody who does everything in one language."""

    app: Flask
    clock: FixedClock
    locale: Locale
    desk: Desk
    addresses: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def site(self) -> Installation:
        installation: Installation = self.app.extensions["nav_access"]
        return installation

    @property
    def client(self) -> FlaskClient:
        """Return a browser without cookies, each at an address of its own."""
        browser = self.app.test_client(use_cookies=False)
        browser.environ_base["REMOTE_ADDR"] = f"192.0.2.{next(self.addresses)}"
        return browser

    @property
    def citizen(self) -> Citizen:
        return Citizen(self.client, self.site.database)

    def open_help(self) -> Page:
        """Read the form."""
        return self.citizen.page(f"/{self.locale.path}/help")


@contextmanager
def new_world(locale: Locale, folder: Path) -> Iterator[Person]:
    """Make a site with two offices that publish times, and somebody who comes to it."""
    Keyring.create(folder / "keys.json")
    with fresh_database("sqlite", folder) as url:
        given = {"NAV_INSTANCE": str(folder), "NAV_DATABASE_URL": url}
        settings = Settings.from_environment(given | {"NAV_TRUSTED_HOSTS": "localhost"})
        messages = replace(settings.messages, sms_secret=SECRET)
        clock = FixedClock(MONDAY_MORNING)
        app = create_app(replace(settings, messages=messages), clock=clock)
        app.testing = True
        site: Installation = app.extensions["nav_access"]
        desk = Desk(site.database, site.keyring, clock())
        _add_places(site)
        for purpose in (Purpose.CALLBACK, Purpose.MEETING):
            publish(site, purpose)
        yield Person(app, clock, locale, desk)
        site.database.dispose()


def _add_places(site: Installation) -> None:
    with site.database.unit_of_work() as session:
        add_office(session, "contact-centre", OfficeKind.CONTACT_CENTRE)
        session.add(Municipality(number="0301", name="Oslo", search_name="oslo"))
        session.flush()
        where = {"municipality_number": "0301"}
        session.add(Postcode(code="0150", place="OSLO", search_place="oslo", **where))
        session.add(OfficeArea(office_number="nav-eikevik", source="test", **where))


def ask_for_help(person: Person) -> None:
    """Send the form as often as it has ways to answer one question: each is chosen once."""
    form = person.open_help().form()
    questions = {name: sorted(form.choices(name) or ()) for name in _radios(form)}
    for turn in range(max(map(len, questions.values()))):
        chosen = {name: codes[turn % len(codes)] for name, codes in questions.items()}
        told = TOLD | chosen | {"speak": _say_spoken(person.locale)}
        page(person.open_help().form().fill(**told).submit(person.client), lang=None)


def _radios(form: Any) -> Iterable[str]:
    return {one["name"] for one in form.tag.select("input[type=radio]")} - {"acute", "need"}


def _say_spoken(locale: Locale) -> str:
    """Return a language to speak, in the words of this one."""
    return next(name_for(one, locale) for one in list_spoken_languages() if one.code == SPOKEN)


def choose_each_need(person: Person) -> None:
    """Send a form for each need and each thing that is urgent."""
    form = person.open_help().form()
    for name in ("need", "acute"):
        for code in sorted(form.choices(name) or ()):
            told = {"need": "letter", "place": "0150", "phone": PHONE} | {name: code}
            page(person.open_help().form().fill(**told).submit(person.client), lang=None)


def follow_the_case(person: Person) -> None:
    """Ask for help, tell more, change how to be reached, take the request back, and undo."""
    told = {"need": "letter", "place": "0150", "phone": PHONE, "reach": "call"}
    receipt = page(person.open_help().form().fill(**told).submit(person.client), lang=None)
    shown = _open(person, receipt)
    shown = _press(person, shown, "add", message="Mer", acute=["no_food_today"])
    asked = _press(person, shown, "contact")
    wishes = {"reach": "email", "email": "ny@example.org", "when": "midday", "code_word": "Ask"}
    _press(person, asked, "save-contact", "form", **wishes)
    asked = _press(person, _open(person, receipt), "withdraw")
    _press(person, _press(person, asked, "withdraw-now", "form"), "undo", "form")


def book_times(person: Person) -> None:
    """Book a call and move it; book a meeting and give it up; book another and keep it."""
    call = Booker(person.citizen, "callback", person.locale.path)
    asked = _press(person, _open(person, call.book()), "move", "form.box")
    _press(person, asked, "choose", "form", slot=slots_on(asked)[-1])
    meeting = Booker(person.citizen, "appointment", person.locale.path)
    asked = _press(person, _open(person, meeting.book(phone="410 00 000")), "cannot", "form.box")
    _press(person, asked, "prevented", "form")
    meeting.book(phone="420 00 000")


def write_texts(person: Person) -> None:
    """Ask by text, add to the case, and stop the texts."""
    phone = Phone(person.app, person.client, person.clock, person.desk)
    phone.text("hei", DIGIT[person.locale.tag], "1", "0150")
    phone.text("4 barn")
    phone.text("STOP")


def stand_at_the_terminal(person: Person) -> None:
    """Ask for help, come to a meeting, and take a number."""
    kiosk = begin_at(person.app.test_client(), person.desk, person.locale.path)
    page(kiosk.ask_help(reach="visit", acute=["no_shelter_tonight"]))
    meeting = Booker(person.citizen, "appointment", person.locale.path)
    meeting.book(phone="430 00 000")
    number, time = _last_meeting(person)
    page(kiosk.send(kiosk.get("check-in"), time=time, number=number))
    page(kiosk.send(kiosk.get()))


def write_about_the_pages(person: Person) -> None:
    """Say what does not work on a page, and where an answer can go."""
    form = person.citizen.page(f"/{person.locale.path}/feedback").form()
    told = {"what": "Knappen er borte. ኣይሰርሕን", "page": "/nb/help", "email": "kari@example.org"}
    page(form.fill(**told).submit(person.client), lang=None)


def _last_meeting(person: Person) -> tuple[str, str]:
    booking = Booker(person.citizen, "appointment").bookings()[-1]
    case = next(one for one in person.citizen.cases() if one.id == booking.case_id)
    return case.number, f"{booking.starts_utc.astimezone(MONDAY_MORNING.tzinfo):%H:%M}"


def _open(person: Person, receipt: Page) -> Page:
    return page(person.citizen.open(code_on(receipt), person.locale.path))


def _press(
    person: Person, shown: Page, button: str, form: str = "form:has(textarea)", **typed: Any
) -> Page:
    return page(shown.form(form).fill(**typed).submit(person.client, button), lang=None)


JOURNEYS = {
    # First, while nothing but texts waits to be sent.
    "texts": write_texts,
    "help": ask_for_help,
    "needs": choose_each_need,
    "case": follow_the_case,
    "times": book_times,
    "terminal": stand_at_the_terminal,
    "feedback": write_about_the_pages,
}


def dump(person: Person) -> dict[str, list[dict[str, object]]]:
    """Return what is stored, row by row, with neither chance nor the reader's language in it."""
    with person.site.database.read_session() as session:
        numbers = list(session.scalars(select(Case.number).order_by(Case.id)))
        tables = [one for one in Base.metadata.sorted_tables if one.name in STORED]
        rows = {table.name: _rows(session, table, person.locale, numbers) for table in tables}
        return rows | {"words": _words(session, person.site.keyring)}


def _rows(
    session: Session, table: Table, locale: Locale, numbers: list[str]
) -> list[dict[str, object]]:
    found = session.execute(select(table).order_by(*table.primary_key)).mappings()
    return [_plain_row(row, locale, numbers) for row in found]


def _plain_row(row: Mapping[str, object], locale: Locale, numbers: list[str]) -> dict[str, object]:
    kept = {name: value for name, value in row.items() if name not in BY_CHANCE}
    if row.get("detail") in ASKED_FIRST:
        kept.pop("language")
    return {name: _plain(value, locale, numbers) for name, value in kept.items()}


def _plain(value: object, locale: Locale, numbers: list[str]) -> object:
    if isinstance(value, bytes):
        return "sealed"
    if isinstance(value, dict):
        return _plain_row(value, locale, numbers)
    if value == locale.tag:
        return "the reader's"
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return numbers.index(value)
    return value


def _words(session: Session, keyring: Keyring) -> list[dict[str, object]]:
    """Return what the person wrote, opened."""
    found: list[dict[str, object]] = []
    for case in session.scalars(select(Case).order_by(Case.id)):
        seal, told = open_seal(keyring, case), session.get_one(Reaching, case.id)
        for column in ("phone", "email", "name", "place", "spoken", "code_word"):
            sealed = getattr(told, f"{column}_sealed")
            found.append({column: open_reaching(seal, case.number, column, sealed)})
        for event in session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id)):
            text = open_event_text(seal, case.number, event.seq, event.text_sealed)
            found.append({str(event.kind): text})
    return found
