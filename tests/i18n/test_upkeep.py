"""Sentences are collected from code and templates, each in one domain, in files that stay still."""

from pathlib import Path

import pytest

from nav_access.core.i18n.catalogs import Domain, po_path
from nav_access.core.i18n.status import count_progress
from nav_access.core.i18n.upkeep import extract, template_path, template_text, updated_text
from tests.i18n.conftest import locale_of, po_text

CODE = """
def page(locale, number):
    # Translators: a button
    words = N_("Send"), N_n("%(num)s case", "%(num)s cases")
    return words, translate(locale, "Said in " "Python"), say(locale, "Said as markup"), number
"""
TEMPLATE = """{# Translators: at the top #}
{{ _("Both") }} {{ pgettext("door", "Open") }}
{% trans count=n %}
    {{ count }} of
    them
{% pluralize %}
    {{ count }} of those
{% endtrans %}"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for domain in Domain:
        mapping = f"translations/{domain}.cfg"
        write(tmp_path / mapping, (Path(__file__).parents[2] / mapping).read_text("utf-8"))
    write(tmp_path / "nav_access/web/citizen/page.py", CODE)
    write(tmp_path / "templates/citizen/page.html", TEMPLATE)
    write(tmp_path / "templates/desk/queue.html", '{{ _("Both") }}{{ _("Queue") }}')
    write(tmp_path / "elsewhere/page.html", '{{ _("Nowhere") }}')
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_each_sentence_is_collected_once_in_its_domain(root: Path) -> None:
    public = {message.id for message in extract(Domain.PUBLIC, root) if message.id}
    assert public == {
        "Send",
        ("%(num)s case", "%(num)s cases"),
        "Said in Python",
        "Said as markup",
        "Both",
        "Open",
        ("%(count)s of them", "%(count)s of those"),
    }
    assert {message.id for message in extract(Domain.STAFF, root) if message.id} == {"Queue"}


def test_files_say_where_and_for_whom_but_not_when(root: Path) -> None:
    text = template_text(Domain.PUBLIC, root)
    assert text == template_text(Domain.PUBLIC, root)
    assert "#. a button\n" in text
    assert "#: nav_access/web/citizen/page.py\n" in text
    assert 'msgctxt "door"' in text
    assert "Date" not in text


def test_words_are_kept_and_new_sentences_are_empty(root: Path) -> None:
    write(template_path(Domain.PUBLIC, root), template_text(Domain.PUBLIC, root))
    path = po_path(locale_of("uk"), Domain.PUBLIC, root / "translations")
    write(path, po_text({"Send": "Надіслати", "Gone": "Нема"}, tag="uk"))
    text = updated_text(locale_of("uk"), Domain.PUBLIC, root)
    assert 'msgid "Send"\nmsgstr "Надіслати"' in text
    assert "Нема" not in text
    assert 'msgstr[3] ""' in text
    assert "nplurals=4" in text
    write(path, text)
    assert updated_text(locale_of("uk"), Domain.PUBLIC, root) == text


def test_progress_is_counted(root: Path) -> None:
    write(template_path(Domain.PUBLIC, root), template_text(Domain.PUBLIC, root))
    path = po_path(locale_of("nb"), Domain.PUBLIC, root / "translations")
    write(path, po_text({"Send": "Send", "Both": "", "Gone": "Borte"}, tag="nb"))
    progress = count_progress(locale_of("nb"), Domain.PUBLIC, root)
    assert (progress.total, progress.done, progress.fuzzy, progress.missing) == (7, 1, 0, 6)
