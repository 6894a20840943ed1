"""Words are constants of the compiled template; values in them are escaped; nothing is glued."""

from collections.abc import Callable

import pytest
from flask import Flask
from jinja2 import TemplateAssertionError, UndefinedError

from nav_access.core.i18n.wording import Words
from nav_access.web.shared.templating import environment_for, render, say, translate
from tests.i18n.conftest import WriteWords, locale_of

Site = Callable[..., Flask]

MACRO = "{% macro label(text) %}<label>{{ text }}</label>{% endmacro %}"
PAGE = """{% from "m.html" import label %}
<h1 title="{{ _("Plain") }}">{{ _("Hello <b>%(who)s</b>", who=who) }}</h1>
{{ label(_("Your <b>name</b>")) }}{{ label(_("Hello <b>%(who)s</b>", who=who)) }}
{% trans count=n, who=who %}
  {{ count }} day, {{ who }}
{% pluralize %}
  {{ count }} days, {{ who }}
{% endtrans %}
{{ ngettext("%(num)s day", "%(num)s days", n) }}{{ pgettext("menu", "Open") }}
{{ npgettext("menu", "%(num)s door", "%(num)s doors", n) }}"""
WORDS = {
    "Plain": "Enkelt",
    "Hello <b>%(who)s</b>": "<b>%(who)s</b>, hallo",
    "Your <b>name</b>": "<b>Navnet</b> ditt",
    ("%(count)s day, %(who)s", "%(count)s days, %(who)s"): (
        "%(who)s: %(count)s dag",
        "%(who)s: %(count)s dager",
    ),
    ("%(num)s day", "%(num)s days"): ("%(num)s døgn", "%(num)s døgn"),
}


@pytest.fixture
def norwegian(site: Site, write_words: WriteWords) -> Site:
    write_words("nb", WORDS)
    return site


def shown(app: Flask, template: str, tag: str = "nb", **values: object) -> str:
    with app.app_context():
        return render(template, locale_of(tag), **values)


def test_every_way_of_saying_is_translated_and_escaped(norwegian: Site) -> None:
    text = shown(norwegian(m_html=MACRO, p_html=PAGE), "p.html", who="<i>", n=2)
    assert 'title="Enkelt"' in text
    assert text.count("<b>&lt;i&gt;</b>, hallo") == 2
    assert "<label><b>Navnet</b> ditt</label>" in text
    assert "&lt;i&gt;: 2 dager" in text
    assert "2 døgn" in text
    assert "<i>" not in text


def test_a_folded_page_asks_for_no_words(norwegian: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    app = norwegian(m_html=MACRO, p_html=PAGE)
    before = shown(app, "p.html", who="x", n=1)
    asked: list[str] = []
    for name in ("find", "find_forms", "text", "text_in", "count"):
        monkeypatch.setattr(Words, name, lambda *said, **_: asked.append(said[1]))
    assert shown(app, "p.html", who="x", n=1) == before
    assert asked == []


def test_words_of_a_code_are_asked_for_and_escaped(norwegian: Site) -> None:
    app = norwegian(p_html="{{ _(word) }} {{ _(typed) }}")
    assert shown(app, "p.html", word="Plain", typed="<b>x</b>") == "Enkelt &lt;b&gt;x&lt;/b&gt;"


def test_a_value_that_is_not_given_stops_the_template(norwegian: Site) -> None:
    with pytest.raises(TemplateAssertionError, match="is not given the value 'who'"):
        shown(norwegian(p_html='{{ _("Hello <b>%(who)s</b>") }}'), "p.html")


def test_a_name_nobody_defined_is_an_error(site: Site) -> None:
    with pytest.raises(UndefinedError):
        shown(site(p_html='{{ _("Hello %(who)s", who=who) }}'), "p.html")


def test_text_messages_are_not_markup(site: Site) -> None:
    app = site(sms_txt='{{ _("%(who)s & we", who=who) }}  -')
    assert shown(app, "sms.txt", who="<A>") == "<A> & we  -"


def test_markup_that_was_escaped_before_is_not_escaped_again(site: Site) -> None:
    app = site(p_html='{% set b %}<b>{{ who }}</b>{% endset %}{{ _("I am %(b)s", b=b) }}')
    assert shown(app, "p.html", "en", who="<") == "I am <b>&lt;</b>"


@pytest.mark.parametrize(("number", "said"), [(0, "none"), (1, "one"), (2, "two"), (7, "7 few")])
def test_arabic_takes_one_of_six_forms(
    number: int, said: str, site: Site, write_words: WriteWords
) -> None:
    forms = ("none", "one", "two", "%(num)s few", "%(num)s many", "%(num)s other")
    write_words("ar", {("%(num)s day", "%(num)s days"): forms})
    app = site(p_html='{{ ngettext("%(num)s day", "%(num)s days", n) }}')
    assert shown(app, "p.html", "ar", n=number) == said


def test_each_language_has_its_own_templates(norwegian: Site) -> None:
    app = norwegian(p_html='{{ _("Plain") }} {{ locale.tag }}')
    assert shown(app, "p.html", "nb") == "Enkelt nb"
    assert shown(app, "p.html", "en") == "Plain en"
    with app.app_context():
        assert environment_for(locale_of("nb")) is environment_for(locale_of("nb"))


def test_templates_do_not_see_the_request(site: Site) -> None:
    with site().app_context():
        seen = environment_for(locale_of("nb")).globals
        assert not {"request", "session", "g", "config"} & set(seen)
        assert "url_for" in seen


def test_python_says_sentences_as_text_and_as_markup() -> None:
    english = locale_of("en")
    assert translate(english, "Ring <b>%(who)s</b>", who="<") == "Ring <b><</b>"
    assert say(english, "Ring <b>%(who)s</b>", who="<") == "Ring <b>&lt;</b>"
