"""The list of every page and state a person can meet; the checkers look at all of them.

Page authors add theirs in `tests/states/<door>.py`:

    @page_state("help, with errors")
    def _(visit: Visit) -> TestResponse:
        return visit.page("help").form().submit(visit.client)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from nav_access.core.i18n.locales import OFFERED
from tests.page import Page

BOTH_WAYS = ("nb", "ar")
"""One language in each direction: what the checkers that are slow look at."""
ALL = tuple(locale.tag for locale in OFFERED)
"""Every language that is offered: its catalogue is whole."""
STAFF = ("nb",)


@dataclass(frozen=True)
class Visit:
    """Someone on the site, in one language; `client` keeps cookies only where staff need it."""

    app: Flask
    client: FlaskClient
    lang: str

    def get(self, path: str = "") -> TestResponse:
        """Ask for a citizen page by what follows the language in its address."""
        return self.client.get(f"/{self.lang.lower()}/{path}")

    def page(self, path: str = "") -> Page:
        """Read a citizen page, whatever its faults: the checkers will tell them."""
        return Page.read(self.get(path))


State = Callable[[Visit], TestResponse]


@dataclass(frozen=True)
class PageState:
    """One state of one page, and the languages it exists in."""

    name: str
    visit: State
    languages: tuple[str, ...]
    keeps_cookies: bool


@dataclass(frozen=True)
class Seen:
    """A page as it was answered; `name` says which, in which state and language."""

    name: str
    response: TestResponse


STATES: list[PageState] = []


def page_state(
    name: str, *, languages: tuple[str, ...] = ALL, keeps_cookies: bool = False
) -> Callable[[State], State]:
    """List a function that goes to one state of one page and returns the answer."""

    def register(visit: State) -> State:
        assert name not in {state.name for state in STATES}, f"two states are called {name}"
        STATES.append(PageState(name, visit, languages, keeps_cookies))
        return visit

    return register


def load_states() -> list[PageState]:
    """Return every listed state."""
    for path in sorted((Path(__file__).parent / "states").glob("*.py")):
        import_module(f"tests.states.{path.stem}")
    return STATES


def list_visits(languages: tuple[str, ...]) -> list[tuple[PageState, str]]:
    """Return every listed state in each of these languages it exists in."""
    return [(one, lang) for one in load_states() for lang in languages if lang in one.languages]


def visit_all(app: Flask, languages: tuple[str, ...]) -> Iterator[Seen]:
    """Go to every listed state in each of these languages it exists in."""
    for state, lang in list_visits(languages):
        yield visit_state(app, state, lang)


def visit_state(app: Flask, state: PageState, lang: str) -> Seen:
    """Go to one state in one language, in a browser of its own."""
    client = app.test_client(use_cookies=state.keeps_cookies)
    return Seen(f"{state.name} [{lang}]", state.visit(Visit(app, client, lang)))
