"""All checks of the words; each finding names the file and the message."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog

from nav_access.core.i18n.catalogs import Domain, po_path
from nav_access.core.i18n.check_form import check_form
from nav_access.core.i18n.check_words import check_length, check_reading, check_words
from nav_access.core.i18n.findings import Fault, Finding, Pair
from nav_access.core.i18n.glossary import check_glossary, load_glossary
from nav_access.core.i18n.locales import SOURCE, Locale
from nav_access.core.i18n.upkeep import (
    REPOSITORY,
    list_catalogs,
    read_catalog,
    sentence_of,
    template_path,
    template_text,
)

Problem = tuple[Fault, str]

MEASURED = frozenset({"nb", "en"})
"""Languages whose plainness is measured: the ones the index was made for and we write ourselves."""


def check_all(root: Path = REPOSITORY, *, is_all: bool = False) -> list[Finding]:
    """Check the templates, the English of the code, and each language that must be complete."""
    findings = [finding for domain in Domain for finding in check_template(domain, root)]
    for locale, domain in list_catalogs():
        if locale.is_offered or (
            is_all and po_path(locale, domain, root / "translations").exists()
        ):
            findings += check_catalog(locale, domain, root)
    return findings


def check_template(domain: Domain, root: Path = REPOSITORY) -> Iterator[Finding]:
    """Check that a .pot is what the code says now, and that its English is plain."""
    path = template_path(domain, root)
    if not path.exists() or path.read_text("utf-8") != template_text(domain, root):
        yield Finding(path.name, "run «flask i18n extract»", Fault.STALE)
    pairs = [Pair.of(message) for message in read_catalog(path) if message.id]
    yield from _plainness(path.name, {pair.one: pair.sources for pair in pairs}, domain)


def check_catalog(locale: Locale, domain: Domain, root: Path = REPOSITORY) -> Iterator[Finding]:
    """Check one language's file against the template."""
    path = po_path(locale, domain, root / "translations")
    name = f"{locale.folder}/{path.name}"
    catalog = read_catalog(path)
    yield from _stale(name, catalog, read_catalog(template_path(domain, root)))
    pairs = [Pair.of(message) for message in catalog if message.id]
    for pair in pairs:
        for fault, detail in _check_pair(pair, locale):
            yield Finding(name, pair.one, fault, detail)
    if locale.tag in MEASURED:
        yield from _plainness(name, {pair.one: pair.forms for pair in pairs}, domain)


def _stale(name: str, catalog: Catalog, template: Catalog) -> Iterator[Finding]:
    wanted = {sentence_of(message) for message in template if message.id}
    present = {sentence_of(message) for message in catalog if message.id}
    for sentence, _ in sorted(wanted ^ present, key=str):
        yield Finding(name, str(sentence), Fault.STALE, "run «flask i18n update»")


def _check_pair(pair: Pair, locale: Locale) -> Iterator[Problem]:
    if not pair.is_translated:
        yield Fault.MISSING, ""
        return
    if pair.is_fuzzy:
        yield Fault.FUZZY, ""
    glossary = load_glossary()
    yield from check_form(pair, locale)
    yield from check_glossary(pair, locale.tag, glossary)
    yield from check_words(pair, locale, glossary)


def _plainness(name: str, forms: dict[str, tuple[str, ...]], domain: Domain) -> Iterator[Finding]:
    """Measure what citizens read; staff words are checked for length only."""
    for message, texts in forms.items():
        for fault, detail in (problem for text in texts for problem in check_length(text)):
            yield Finding(name, message, fault, detail)
    if domain is Domain.PUBLIC:
        everything = [text for texts in forms.values() for text in texts]
        for fault, detail in check_reading(everything):
            yield Finding(
                name, f"all {SOURCE.endonym if name.endswith('.pot') else name}", fault, detail
            )
