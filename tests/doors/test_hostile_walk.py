"""Somebody follows links, fills in forms with anything and presses buttons in any order.

Whatever they do, every page is a good page: the checks of `tests/page.py`, and no fault.
"""

import hypothesis.strategies as st
import pytest
from flask import Flask
from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from werkzeug.test import TestResponse

from nav_access.core.i18n.locales import by_path, list_offered
from nav_access.offices.codes import OfficeKind
from nav_access.web.shared.templating import render
from tests.desk_factory import add_office
from tests.page import Form, Page, attribute, page

SEEMS_RIGHT = ("0150", "400 00 000", "kari@example.org", "12345674", "Eikevik", "")
TYPED = st.one_of(st.sampled_from(SEEMS_RIGHT), st.text(max_size=80))
GOOD = {200, 404, 422, 429}
LEAVING = "/leave"


class Wanderer(RuleBasedStateMachine):
    """A person without cookies; remembers each case code they are shown."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self.client = app.test_client(use_cookies=False)
        self.codes: list[str] = []
        self.steps: list[str] = []

    @initialize(lang=st.sampled_from([locale.path for locale in list_offered()]))
    def arrive(self, lang: str) -> None:
        """Come to the front page."""
        self.look(self.client.get(f"/{lang}/"))

    def look(self, answer: TestResponse, lang: str | None = None) -> None:
        """Read what came back; fails when it is a fault or no good page.

        `lang` is the language that was asked for, where the address says another.
        """
        self.steps.append(f"{answer.request.method} {answer.request.path} {answer.status_code}")
        assert answer.status_code in GOOD, self.steps
        self.page: Page = page(answer, lang=lang)
        self.codes += [tag.get_text().strip() for tag in self.page.all("#code bdi")]

    @rule(choice=st.integers(0, 60))
    def follow(self, choice: int) -> None:
        """Follow one of the page's own links."""
        links = [
            attribute(a, "href")
            for a in self.page.all('a[href^="/"]')
            if not attribute(a, "href").endswith(LEAVING)
        ]
        self.look(self.client.get(links[choice % len(links)]))

    @rule(data=st.data())
    def send(self, data: st.DataObject) -> None:
        """Fill in one of the page's forms and press one of its buttons."""
        forms = self.page.all("form")
        if not forms:
            return
        form = Form.read(self.page, data.draw(st.sampled_from(forms)))
        for name in sorted(form.values):
            if not form.tag.select(f'[name="{name}"][type=hidden]'):
                form.fill(**{name: data.draw(self.answers(form, name))})
        buttons = form.tag.select("button")
        pressed = data.draw(st.sampled_from(buttons)) if buttons else None
        words = pressed and (attribute(pressed, "value") or " ".join(pressed.get_text().split()))
        switched = by_path("".join(form.values["to"])) if words == "language" else None
        self.look(form.submit(self.client, words or None), switched and switched.tag)

    def answers(self, form: Form, name: str) -> st.SearchStrategy[list[str]]:
        """Return what may be answered in a field."""
        choices = form.choices(name)
        if choices is None:
            known = st.sampled_from(self.codes) if self.codes else st.nothing()
            return st.lists(TYPED | known, min_size=1, max_size=1)
        most = len(choices) if form.tag.select(f'[name="{name}"][type=checkbox]') else 1
        return st.lists(st.sampled_from(sorted(choices)), max_size=most, unique=True)


@pytest.fixture
def wanderer(app: Flask, database):
    with database.unit_of_work() as session:
        add_office(session, "contact-centre", OfficeKind.CONTACT_CENTRE)
        add_office(session, "nav-eikevik")
    return lambda: Wanderer(app)


def walk(wanderer, *, walks: int, steps: int) -> None:
    """Go on so many walks; a fault is shown with every step that led to it, not shortened."""
    chosen = settings(
        max_examples=walks, stateful_step_count=steps, phases=[Phase.generate], deadline=None
    )
    run_state_machine_as_test(wanderer, settings=chosen)


def test_a_short_walk(wanderer):
    walk(wanderer, walks=5, steps=10)


@pytest.mark.audit
def test_long_walks(wanderer):
    walk(wanderer, walks=300, steps=30)


def test_the_walk_notices_a_fault(wanderer, app):
    app.view_functions["citizen.front"] = lambda: 1 / 0
    with pytest.raises(AssertionError, match="500"):
        walk(wanderer, walks=1, steps=1)


def test_the_walk_notices_a_bad_page(wanderer, monkeypatch):
    def spoil(*arguments, **context):
        return render(*arguments, **context).replace("<h1", "<h2")

    monkeypatch.setattr("nav_access.web.shared.pages.render", spoil)
    with pytest.raises(AssertionError, match="one h1"):
        walk(wanderer, walks=1, steps=1)
