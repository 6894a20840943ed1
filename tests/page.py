"""A page as a person meets it: checked when it arrives, then read, filled in and sent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.page_checks import problems_of
from tests.parsing import parse, select


def page(response: TestResponse, *, lang: str | None = None) -> "Page":
    """Read an answer as a page; fails with every fault the page has.

    `lang` is the language expected when the address does not say it.
    """
    found = Page.read(response)
    problems = problems_of(found, lang)
    assert not problems, f"{found.address}:\n" + "\n".join(f"- {one}" for one in problems)
    return found


@dataclass(frozen=True)
class Page:
    """One HTML page and the answer that brought it."""

    response: TestResponse
    soup: BeautifulSoup
    parse_errors: tuple[str, ...]
    elements: list[Tag]

    @classmethod
    def read(cls, response: TestResponse) -> "Page":
        """Parse an answer as browsers do, remembering what they would have to mend."""
        soup, errors = parse(response.get_data(as_text=True))
        return cls(response, soup, errors, soup.find_all(name=True))

    @property
    def address(self) -> str:
        """The path the page was asked for at."""
        return self.response.request.path

    @property
    def lang(self) -> str:
        """The language the page says it is in."""
        return attribute(self.root, "lang")

    @property
    def root(self) -> Tag:
        """The html element."""
        return self.one("html")

    @property
    def title(self) -> str:
        """What the window or tab is called."""
        return text_of(self.one("title"))

    @property
    def heading(self) -> str:
        """The words of the h1."""
        return text_of(self.one("h1"))

    @property
    def text(self) -> str:
        """Everything there is to read, on one line."""
        return text_of(self.one("body"))

    @property
    def links(self) -> dict[str, str]:
        """Where each link leads, by its words; the first of those that share their words."""
        return {text_of(a): attribute(a, "href") for a in reversed(self.all("a[href]"))}

    @property
    def errors(self) -> dict[str, str]:
        """What the page asks to be mended, by the name of the field."""
        return dict(self._errors())

    def _errors(self) -> Iterator[tuple[str, str]]:
        for marked in self.all("[aria-invalid=true]"):
            parts = [
                self.soup.find(id=one) for one in attribute(marked, "aria-describedby").split()
            ]
            words = " ".join(text_of(part) for part in parts if isinstance(part, Tag))
            yield attribute(marked, "name") or attribute(marked, "id"), words

    @property
    def phone_numbers(self) -> tuple[str, ...]:
        """Every number that can be rung from the page."""
        return tuple(attribute(a, "href")[4:] for a in self.all('a[href^="tel:"]'))

    def all(self, selector: str) -> list[Tag]:
        """Return every element that fits a CSS selector."""
        return select(self.soup, self.elements, selector)

    def one(self, selector: str) -> Tag:
        """Return the only element that fits a CSS selector."""
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} elements are {selector}"
        return found[0]

    def form(self, selector: str = "form[method=post]") -> "Form":
        """Return the form to fill in: the only one that posts, unless told which."""
        return Form.read(self, self.one(selector))

    def follow(self, client: FlaskClient, words: str) -> TestResponse:
        """Follow the link with these words."""
        assert words in self.links, f"no link says «{words}»: {sorted(self.links)}"
        return client.get(urljoin(self.response.request.url, self.links[words]))


@dataclass
class Form:
    """A form being filled in; starts out with what the page has put in it."""

    page: Page
    tag: Tag
    values: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, page: Page, tag: Tag) -> "Form":
        """Take the form with the values it arrived with."""
        form = cls(page, tag)
        for control in tag.select("input[name], select[name], textarea[name]"):
            form.values.setdefault(attribute(control, "name"), []).extend(_value_of(control))
        return form

    def fill(self, **values: str | list[str]) -> "Form":
        """Write or choose; only what the page offers can be chosen. An empty list unticks."""
        for name, given in values.items():
            wanted = [given] if isinstance(given, str) else list(given)
            choices = self.choices(name)
            assert choices is None or set(wanted) <= choices, f"{name}: {wanted} not in {choices}"
            self.values[name] = wanted
        return self

    def choices(self, name: str) -> set[str] | None:
        """Return the values offered for a field; None when anything may be written."""
        controls = self.tag.select(f'[name="{name}"]')
        assert controls, f"no field is called {name}: {sorted(self.values)}"
        if controls[0].name == "select":
            return {_option_value(option) for option in controls[0].select("option")}
        if attribute(controls[0], "type") in {"radio", "checkbox"}:
            return {attribute(control, "value") for control in controls}
        return None

    def submit(self, client: FlaskClient, button: str | None = None) -> TestResponse:
        """Press a button (by its words or value; the first one unless told) and send."""
        data = [(name, value) for name, values in self.values.items() for value in values]
        data += self._pressed(button)
        target = urljoin(self.page.response.request.url, attribute(self.tag, "action"))
        body = urlencode(data)
        if attribute(self.tag, "method").lower() == "post":
            kind = "application/x-www-form-urlencoded"
            return client.post(target, data=body, content_type=kind)
        return client.get(f"{target.partition('?')[0]}?{body}")

    def _pressed(self, wanted: str | None) -> list[tuple[str, str]]:
        buttons = self.tag.select("button:not([type=button]), input[type=submit]")
        if wanted is not None:
            buttons = [b for b in buttons if wanted in {text_of(b), attribute(b, "value")}]
        assert buttons, f"no button says «{wanted}»"
        name = attribute(buttons[0], "name")
        return [(name, attribute(buttons[0], "value"))] if name else []


def text_of(tag: Tag) -> str:
    """Return an element's words on one line."""
    return " ".join(tag.get_text(" ").split())


def attribute(tag: Tag, name: str) -> str:
    """Return an attribute as text; empty when it is not there."""
    value = tag.get(name, "")
    return " ".join(value) if isinstance(value, list) else str(value)


def _value_of(control: Tag) -> list[str]:
    kind = attribute(control, "type")
    if control.name == "select":
        chosen = control.select("option[selected]") or control.select("option")[:1]
        return [_option_value(option) for option in chosen]
    if kind in {"submit", "button", "image", "reset"}:
        return []
    if kind in {"radio", "checkbox"}:
        return [attribute(control, "value")] if control.has_attr("checked") else []
    return [control.get_text() if control.name == "textarea" else attribute(control, "value")]


def _option_value(option: Tag) -> str:
    return attribute(option, "value") if option.has_attr("value") else text_of(option)


def without_token(response: TestResponse) -> bytes:
    """Return the bytes of a page but for its form token, which is another one each time."""
    return re.sub(rb'name="token" value="[^"]+"', b"", response.data)
