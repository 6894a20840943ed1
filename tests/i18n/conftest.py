"""A small site of its own for each test: its templates, its languages, its words."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import DictLoader

from nav_access.core.i18n.catalogs import Domain, po_path
from nav_access.core.i18n.locales import Locale, by_tag
from nav_access.web.shared.templating import init_templating

Words = Mapping[str | tuple[str, str], str | tuple[str, ...]]
WriteWords = Callable[..., Path]


def locale_of(tag: str) -> Locale:
    """Return a language that must exist."""
    locale = by_tag(tag)
    assert locale is not None
    return locale


def po_text(words: Words, *, tag: str) -> str:
    """Return a .po file with these words."""
    locale = locale_of(tag)
    plural = f"nplurals={locale.plurals}; plural={locale.plural};"
    head = f'"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plural}\\n"'
    entries = [f'msgid ""\nmsgstr ""\n{head}\n'] + [_entry(*pair) for pair in words.items()]
    return "\n".join(entries)


def _entry(source: str | tuple[str, str], said: str | tuple[str, ...]) -> str:
    if isinstance(source, str):
        return f"msgid {_quoted(source)}\nmsgstr {_quoted(str(said))}\n"
    forms = "\n".join(f"msgstr[{n}] {_quoted(form)}" for n, form in enumerate(said))
    return f"msgid {_quoted(source[0])}\nmsgid_plural {_quoted(source[1])}\n{forms}\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


@pytest.fixture
def write_words(tmp_path: Path) -> WriteWords:
    """Write a language's words below the test's own folder; returns the .po."""

    def write(tag: str, words: Words, domain: Domain = Domain.PUBLIC) -> Path:
        path = po_path(locale_of(tag), domain, tmp_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(po_text(words, tag=tag), "utf-8")
        return path

    return write


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Flask]:
    """Make an app with these templates and the words of the test's own folder."""

    def make(**templates: str) -> Flask:
        app = Flask("site")
        named = {name.replace("_", "."): text for name, text in templates.items()}
        app.jinja_env.loader = DictLoader(named)
        init_templating(app, tmp_path)
        return app

    return make
