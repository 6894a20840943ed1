"""Many people who want the same time at once, in threads and in processes of their own.

`python -m tests.drills.bookers ADDRESS KEYS SLOT PROCESSES THREADS` forks the processes, lets
all their threads book together, and prints what each of them came to.
"""

import json
import multiprocessing
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Barrier

from nav_access.appointments.codes import BookingKind
from nav_access.appointments.errors import SlotTaken
from nav_access.appointments.queries import list_nearest
from nav_access.core.db import Database, DatabaseUnavailable
from nav_access.core.patience import again_while_busy
from nav_access.core.security.keyring import Keyring
from nav_access.intake.applications import ContactWishes, Submission
from nav_access.intake.booking.service import BookingChoice, check_choice, receive_booking
from nav_access.intake.codes import Reach
from tests.conftest import MONDAY_MORNING
from tests.desk_factory import FOOD, submission

BOOKED, NOTHING_ELSE, ERROR = "booked", "taken, and no other time", "error"
OTHER_TIMES = "taken, other times offered"


class Bookers:
    """People who ask one site for one slot; `person` tells them apart."""

    def __init__(self, database: Database, keyring: Keyring, slot_id: int) -> None:
        self.database, self.keyring, self.slot_id = database, keyring, slot_id

    def book(self, person: int, form: Submission | None = None) -> str:
        """Ask for help and the time in one, as the page does, and say what came of it."""
        try:
            again_while_busy(partial(self._book, person, form or submission(self.keyring)))
        except SlotTaken as taken:
            # All in one process share its few connections; the server has fewer threads than those.
            return again_while_busy(partial(self._look_for_another, taken))
        except DatabaseUnavailable as error:
            return f"{ERROR}: {error} {error.__cause__}"
        return BOOKED

    def _book(self, person: int, form: Submission) -> None:
        wishes = ContactWishes(reach=Reach.SMS, phone=f"+479{person:07d}", name=f"Kari {person}")
        application, given = replace(FOOD, wishes=wishes), {"keyring": self.keyring}
        choice = BookingChoice(BookingKind.CALLBACK, self.slot_id)
        with self.database.read_session() as session:
            check_choice(session, choice, form, now=MONDAY_MORNING, **given)
        with self.database.unit_of_work() as session:
            receive_booking(session, application, choice, form, now=MONDAY_MORNING, **given)

    def _look_for_another(self, taken: SlotTaken) -> str:
        with self.database.read_session() as session:
            near = list_nearest(
                session,
                taken.office_id,
                BookingKind.CALLBACK,
                taken.starts_utc,
                now=MONDAY_MORNING,
            )
        return OTHER_TIMES if near else NOTHING_ELSE


def book_in_threads(
    bookers: Bookers, people: range, wait: Callable[[], object] = int
) -> Counter[str]:
    """Let a thread for each of these people book at once; count what they came to."""
    return together(len(people), lambda n: bookers.book(people[n]), wait)


def together(
    count: int, act: Callable[[int], str], wait: Callable[[], object] = int
) -> Counter[str]:
    """Run `act(i)` in `count` threads that start at once; count what they came to."""
    start = Barrier(count, action=wait)

    def run(index: int) -> str:
        start.wait()
        return act(index)

    with ThreadPoolExecutor(count) as pool:
        return Counter(pool.map(run, range(count)))


def book_in_processes(
    url: str, keys_file: Path, slot_id: int, processes: int, threads: int
) -> Counter[str]:
    """Fork processes whose threads all book at once, each with connections of its own."""
    fork = multiprocessing.get_context("fork")
    start, results = fork.Barrier(processes), fork.SimpleQueue()

    def work(number: int) -> None:
        people = range(number * threads, (number + 1) * threads)
        bookers = open_bookers(url, keys_file, slot_id)
        connect(bookers, threads)
        results.put(book_in_threads(bookers, people, start.wait))

    started = [fork.Process(target=work, args=(number,)) for number in range(processes)]
    for process in started:
        process.start()
    answers: Counter[str] = sum((results.get() for _ in started), Counter())
    for process in started:
        process.join()
    return answers


def open_bookers(url: str, keys_file: Path, slot_id: int) -> Bookers:
    """Return people at a database as a worker of the site opens it."""
    keyring = Keyring.load(keys_file)
    return Bookers(Database(url, info={"keyring": keyring}), keyring, slot_id)


def connect(bookers: Bookers, count: int) -> None:
    """Open connections, as a worker that has been serving for a while has them."""
    with ExitStack() as stack:
        for _ in range(count):
            stack.enter_context(bookers.database.read_session()).connection()


def main(url: str, keys_file: str, *numbers: str) -> None:
    """Book and print the counts as JSON."""
    counts = book_in_processes(url, Path(keys_file), *map(int, numbers))
    sys.stdout.write(json.dumps(counts))


if __name__ == "__main__":
    main(*sys.argv[1:])
