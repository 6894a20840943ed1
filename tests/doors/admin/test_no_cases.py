"""Those who run the site see no case: on no page, and by no query that asks who is reading."""

import inspect
import pkgutil
from contextlib import suppress
from importlib import import_module
from typing import get_type_hints

import pytest
from sqlalchemy import func, select

import nav_access.intake
import nav_access.worklist
from nav_access.intake import staff_queries
from nav_access.intake.calling.escalations import is_shared_with
from nav_access.intake.models import Case
from nav_access.intake.sides.access import is_offered_to
from nav_access.staff.rules import Who
from tests.desk_factory import FOOD
from tests.roles import ROUTES

READING = ("get_", "find_", "list_", "count_", "open_", "look_")
NEED_MORE = {"case", "opened", "question"}
"""What somebody was let in to before, or typed as an operator, whom only the lock lets in."""


def readers():
    """Return every function of the rooms that reads for somebody, by its name."""
    for package in (nav_access.intake, nav_access.worklist):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            module = import_module(found.name)
            for name, verb in inspect.getmembers(module, inspect.isfunction):
                is_own = verb.__module__ == module.__name__ and name.startswith(READING)
                if is_own and Who in get_type_hints(verb).values():
                    yield f"{found.name}.{name}", verb


READERS = dict(readers())


@pytest.fixture
def number(admin):
    return admin.desk.receive().number


def ask(admin, verb, who, number):
    """Call a reader for somebody; None when it refuses."""
    with admin.database.unit_of_work() as session:
        known = {
            "session": session,
            "connection": session.connection(),
            "who": who,
            "number": number,
            "message_id": 1,
            "office_id": admin.desk.office_id,
            "day": admin.clock().date(),
            "now": admin.clock(),
            "keyring": admin.keyring,
        }
        with suppress(*FACTS):
            return verb(**{name: known[name] for name in needed(verb)})
        return None


def needed(verb):
    """Return the names of what a reader must be handed."""
    takes = inspect.signature(verb).parameters.values()
    return [one.name for one in takes if one.default is one.empty]


FACTS = tuple(
    {
        fact
        for package in (nav_access.intake, nav_access.worklist)
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
        for _, fact in inspect.getmembers(import_module(found.name), inspect.isclass)
        if issubclass(fact, Exception) and fact.__module__.startswith("nav_access")
    }
)


def asked(admin, who, number):
    """Return what each reader tells somebody."""
    return {
        name: repr(ask(admin, verb, who, number))
        for name, verb in READERS.items()
        if not NEED_MORE & set(needed(verb))
    }


def test_no_query_tells_an_administrator_of_a_case(admin, number):
    told = asked(admin, admin.ada.who, number)
    assert not {name for name, words in told.items() if number in words}
    assert {words for name, words in told.items() if ".count_" in name} <= {"0", "None"}


def test_the_same_queries_tell_a_caseworker(admin, number):
    told = asked(admin, admin.desk.anne, number)
    seen = {name.rpartition(".")[2] for name, words in told.items() if number in words}
    assert {"get_case_for", "open_case", "get_call", "list_queue"} <= seen


def test_no_condition_lets_an_administrator_in(admin, number):
    conditions = (
        staff_queries.allows,
        staff_queries.allows_acting,
        is_shared_with,
        is_offered_to,
    )
    with admin.database.read_session() as session:
        assert session.scalar(select(Case.number)) == number
        for condition in conditions:
            let_in = select(func.count()).select_from(Case).where(condition(admin.ada.who))
            assert session.scalar(let_in) == 0, condition.__name__


def test_no_page_tells_an_administrator_of_a_case(admin, number):
    wishes = FOOD.wishes
    secrets = (number, wishes.name, wishes.phone, wishes.email, "Kjøleskapet")
    for route in (one for rule, one in ROUTES.items() if rule.startswith("/admin")):
        text = admin.ada.get(route.path.format(case=number)).text
        assert not [one for one in secrets if one in text], route.path


def test_no_module_of_the_door_reads_cases():
    folder = import_module("nav_access.web.admin").__path__
    for found in pkgutil.iter_modules(folder):
        source = inspect.getsource(import_module(f"nav_access.web.admin.{found.name}"))
        for room in ("intake.models", "intake.handling", "staff_queries", "intake.queries"):
            assert room not in source, found.name
