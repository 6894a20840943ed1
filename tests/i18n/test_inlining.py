"""A macro's body in its caller's place says what the call said, and calls no more."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

import pytest
from flask import Flask
from jinja2 import BaseLoader, Environment
from jinja2.runtime import Macro

from nav_access.web.shared import help_words
from nav_access.web.shared.options import list_options
from nav_access.web.shared.templating import environment_for, render
from tests.i18n.conftest import locale_of

Site = Callable[..., Flask]

MACROS = """{% macro mark(text) %}<b>{{ text }}</b>{% endmacro %}
{% macro each(things, word, hint=none) %}
{% if hint %}<i>{{ hint }}</i>{% elif word == "b" %}<u>{{ word }}</u>{% else %}-{% endif %}
{% for thing in things %}{{ mark(thing) }}{{ loop.index }}{{ word }}{% endfor %}
{% endmacro %}
{% macro input(field) %}<p id="{{ field.name }}">{{ field.data }}</p>{% endmacro %}
{% macro choose(field, options=none) %}
{% for option in options or field.words|options %}
{{ mark(option.word) }}{% if option.is_first or option.code == field.data %}1{% endif %}
{% endfor %}
{% endmacro %}
{% macro sets(word) %}{% set twice = word ~ word %}{{ twice }}{% endmacro %}
{% macro caller_too() %}{{ caller() }}{% endmacro %}"""
BEGIN = '{% from "m.html" import each, mark, input, choose, sets, caller_too %}'
PAGES = [
    '{{ each(things, "a") }}|{{ each(things, "b") }}|{{ each(things, word=who, hint="<") }}',
    "{% for thing in things %}{{ each(things, thing) }}{{ loop.index }}{% endfor %}",
    "{% for word in things %}{{ each(things, word ~ loop.index) }}{% endfor %}",
    '{{ mark(mark(who)) }}{{ sets(who) }}{{ mark("a" ~ mark(who)) }}',
    "{% call caller_too() %}{{ mark(who) }}{% endcall %}",
    "{% macro own(each) %}{{ each }}{{ mark(each) }}{% endmacro %}{{ own(who) }}",
    "{{ input(form.place) }}{{ input(form.place) }}",
    "{{ choose(form.place) }}{{ choose(form.place, all_acute) }}",
    "{% if locale.is_draft %}draft{% elif who %}{{ mark(locale.direction) }}{% endif %}",
]


def shown(app: Flask, **values: object) -> str:
    with app.app_context():
        place = SimpleNamespace(name="place", data="<&>", words={"a": "A", "<&>": "B"})
        form = SimpleNamespace(place=place)
        return render(
            "p.html", locale_of("nb"), things=["<x>", "y"], who="<w>", form=form, **values
        )


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_the_same_with_its_macros_inlined(site: Site, page: str) -> None:
    inlined, called = (site(m_html=MACROS, p_html=BEGIN + page) for _ in range(2))
    called.debug = True
    assert shown(inlined) == shown(called)


def test_nothing_is_called_any_more(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    app = site(m_html=MACROS, p_html=BEGIN + PAGES[0] + PAGES[6])
    before = shown(app)
    monkeypatch.setattr(Macro, "__call__", lambda *_: "called")
    assert shown(app) == before


def test_what_everybody_is_asked_is_written_out(site: Site) -> None:
    app = site(m_html=MACROS, p_html=BEGIN + "{{ choose(form.place, all_acute) }}")
    with app.app_context():
        code = compiled(environment_for(locale_of("nb")), "p.html")
    assert all(f"{each.code!r} == " in code for each in list_options(help_words.ACUTE)[1:])
    assert ".place.data" in code
    assert "_option" not in code


def compiled(environment: Environment, name: str) -> str:
    source, _, _ = cast(BaseLoader, environment.loader).get_source(environment, name)
    return environment.compile(source, name, name, raw=True)


def test_an_argument_is_worked_out_once_however_often_it_is_shown(site: Site) -> None:
    app = site(
        m_html="{% macro m(a) %}{{ a }}{{ a }}{% endmacro %}", p_html=FROM_M + "{{ m(f()) }}"
    )
    asked: list[int] = []
    assert shown(app, f=lambda: asked.append(1) or "x") == "xx"
    assert asked == [1]


def test_a_macro_does_not_see_the_page_that_uses_it(site: Site) -> None:
    app = site(
        m_html="{% macro m(a) %}{{ a }}{{ who }}{% endmacro %}", p_html=FROM_M + "{{ m(1) }}"
    )
    with pytest.raises(Exception, match="'who' is undefined"):
        shown(app)


FROM_M = '{% from "m.html" import m %}'
