"""200 people want the same time at once: exactly as many get it as there are seats."""

import json
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from nav_access.appointments.codes import BookingKind, Purpose
from nav_access.appointments.models import BookedSlot, Booking, Slot
from nav_access.appointments.queries import list_free_times
from nav_access.appointments.service import make_slots
from nav_access.core.clock import system_clock
from nav_access.core.db import Database
from nav_access.offices.models import Office
from tests.capacity import add_rule, add_terms
from tests.conftest import MONDAY_MORNING
from tests.desk_factory import submission
from tests.drills.bookers import BOOKED, OTHER_TIMES, Bookers, book_in_threads, together
from tests.drills.site import ROOT, Person

MANY, PROCESSES = 200, 25
SEATS = (1, 3, 20)


@pytest.fixture
def wanted(database: Database, seats: int) -> int:
    """The next of many times, with so many seats."""
    return publish(database, seats, MONDAY_MORNING)


def publish(database: Database, seats: int, now: datetime) -> int:
    """Publish two hours every day, as seen at `now`, and return the first slot offered."""
    with database.unit_of_work() as session:
        office = session.query(Office).filter_by(slug="nav-eikevik").one()
        add_terms(session, office.id, Purpose.CALLBACK)
        for weekday in range(7):
            add_rule(session, office.id, Purpose.CALLBACK, weekday, public_seats=seats)
        session.flush()
        make_slots(session, now=now)
        return list_free_times(session, office.id, BookingKind.CALLBACK, now=now)[0].slot_id


def book_in_processes(url: str, keys_file: Path, slot_id: int) -> Counter[str]:
    """Run the bookers as a program: processes with 8 threads each, as the site's workers have."""
    arguments = [url, str(keys_file), str(slot_id), str(PROCESSES), str(MANY // PROCESSES)]
    command = [sys.executable, "-m", "tests.drills.bookers", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return Counter(json.loads(done.stdout))


def ask_for(person: Person, slot_id: int, token: str) -> str:
    """Send the callback form for a slot, and say what the page came to."""
    fields = {"slot": str(slot_id), "phone": "40 00 00 00", "name": token[-12:], "token": token}
    answer = person.post("/en/callback", fields | {"office": "nav-eikevik"})
    if answer.code:
        return BOOKED
    return OTHER_TIMES if answer.status == 422 and 'name="slot"' in answer.text else answer.text


def stored(database: Database) -> tuple[int, int, int]:
    """Return what is taken, how many bookings there are, and how many seats they hold."""
    with database.read_session() as session:
        taken = sum(slot.public_taken for slot in session.query(Slot))
        return taken, session.query(Booking).count(), session.query(BookedSlot).count()


@pytest.mark.parametrize("seats", SEATS)
def test_threads_book_exactly_the_seats_there_are(database, keyring, wanted, seats):
    answers = book_in_threads(Bookers(database, keyring, wanted), range(MANY))
    assert answers == {BOOKED: seats, OTHER_TIMES: MANY - seats}
    assert stored(database) == (seats, seats, seats)


@pytest.mark.audit
@pytest.mark.parametrize("seats", SEATS)
def test_processes_book_exactly_the_seats_there_are(
    database, database_url, keys_file, wanted, seats
):
    answers = book_in_processes(database_url, keys_file, wanted)
    assert answers == {BOOKED: seats, OTHER_TIMES: MANY - seats}
    assert stored(database) == (seats, seats, seats)


@pytest.mark.parametrize("seats", [1, 20])
def test_one_form_sent_many_times_at_once_takes_one_seat(database, keyring, wanted):
    bookers, form = Bookers(database, keyring, wanted), submission(keyring)
    answers = together(10, lambda _: bookers.book(0, form))
    assert answers == {BOOKED: 10}
    assert stored(database) == (1, 1, 1)


@pytest.mark.parametrize("seats", SEATS)
def test_the_site_books_exactly_the_seats_there_are(site, database, seats):
    wanted = publish(database, seats, system_clock())
    people = [site.person(f"203.0.113.{n}") for n in range(MANY)]
    page = "/en/callback?office=nav-eikevik"
    with ThreadPoolExecutor(20) as pool:
        tokens = list(pool.map(lambda person: person.new_form(page), people))
    answers = together(MANY, lambda n: ask_for(people[n], wanted, tokens[n]))
    assert answers == {BOOKED: seats, OTHER_TIMES: MANY - seats}
    assert stored(database) == (seats, seats, seats)
