"""Keeping catalogues up to date: sentences out of the code, into templates, into each language.

Files carry no dates and no line numbers, and follow the order of the code, so that a change in
one sentence is a change of a few lines.
"""

from collections.abc import Iterable
from configparser import RawConfigParser
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from nav_access.core.i18n.catalogs import Domain, po_path
from nav_access.core.i18n.locales import LOCALES, TRANSLATIONS, Locale

REPOSITORY = TRANSLATIONS.parent
KEYWORDS = {
    "_": None,
    "N_": None,
    "N_n": (1, 2),
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "translate": (2,),
    "say": (2,),
}
COMMENT = "Translators:"
_SEARCHED = ("nav_access", "templates")

Sentence = tuple[object, str | None]
"""A message's id (one sentence, or one and its plural) and its context."""


def sentence_of(message: Message) -> Sentence:
    """Return what tells one message from another."""
    return message.id, message.context


def extract(domain: Domain, root: Path = REPOSITORY) -> Catalog:
    """Collect the domain's sentences from code and templates."""
    found = _extract_from(root, root / "translations" / f"{domain}.cfg")
    if domain is Domain.STAFF:
        public = {sentence_of(message) for message in extract(Domain.PUBLIC, root)}
        return _catalog(message for message in found if sentence_of(message) not in public)
    return found


def template_text(domain: Domain, root: Path = REPOSITORY) -> str:
    """Return what the domain's .pot should hold."""
    return _header(None) + _body(extract(domain, root))


def template_path(domain: Domain, root: Path = REPOSITORY) -> Path:
    """Return where the domain's sentences are listed."""
    return root / "translations" / f"{domain}.pot"


def read_catalog(path: Path) -> Catalog:
    """Read a .po or .pot file; an empty catalogue when there is none."""
    return read_po(BytesIO(path.read_bytes())) if path.exists() else Catalog()


def updated_text(locale: Locale, domain: Domain, root: Path = REPOSITORY) -> str:
    """Return a language's .po brought to the template: what fits is kept, the rest is empty."""
    template = read_catalog(template_path(domain, root))
    old = read_catalog(po_path(locale, domain, root / "translations"))
    kept = _catalog((_carried(message, old, locale) for message in template if message.id), locale)
    return _header(locale) + _body(kept)


def list_catalogs() -> tuple[tuple[Locale, Domain], ...]:
    """Return every language and domain that has words of its own; English is in the ids."""
    public = [(locale, Domain.PUBLIC) for locale in LOCALES if not locale.is_source]
    staff = [(locale, Domain.STAFF) for locale, _ in public if locale.has_staff]
    return tuple(public + staff)


def _extract_from(root: Path, mapping: Path) -> Catalog:
    parser = RawConfigParser()
    parser.read_string(mapping.read_text("utf-8"))
    sections = [section.split(":", 1) for section in parser.sections()]
    methods = [(pattern.strip(), method.strip()) for method, pattern in sections]
    options = {pattern.strip(): dict(parser[f"{method}:{pattern}"]) for method, pattern in sections}
    found = extract_from_dir(
        root,
        methods,
        options,
        keywords=KEYWORDS,
        comment_tags=(COMMENT,),
        strip_comment_tags=True,
        directory_filter=lambda folder: _is_searched(Path(folder), root),
    )
    catalog = Catalog()
    for filename, line, sentence, comments, context in sorted(found, key=lambda each: each[:2]):
        catalog.add(sentence, None, [(filename, line)], (), comments, context=context)
    return catalog


def _is_searched(folder: Path, root: Path) -> bool:
    return folder.relative_to(root).parts[0] in _SEARCHED and folder.name != "__pycache__"


def _catalog(messages: Iterable[Message], locale: Locale | None = None) -> Catalog:
    catalog = read_po(BytesIO(_header(locale).encode()))
    for message in messages:
        if message.id:
            catalog[message.id] = message
    return catalog


def _carried(message: Message, old: Catalog, locale: Locale) -> Message:
    """Give a sentence the translation it had, unless it has gained or lost its plural."""
    found = old.get(message.id, message.context)
    if found is not None and found.pluralizable == message.pluralizable:
        message.string = found.string
        message.flags |= found.flags & {"fuzzy"}
        message.user_comments = found.user_comments
    if message.pluralizable:
        forms = list(message.string or ())[: locale.plurals]
        message.string = tuple(forms + [""] * (locale.plurals - len(forms)))
    return message


def _header(locale: Locale | None) -> str:
    lines = ["Project-Id-Version: NAV Access"]
    lines += [f"Language: {locale.folder}"] if locale else []
    lines += [
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    if locale:
        lines.append(f"Plural-Forms: nplurals={locale.plurals}; plural={locale.plural};")
    quoted = "".join(f'"{line}\\n"\n' for line in lines)
    return f'msgid ""\nmsgstr ""\n{quoted}\n'


def _body(catalog: Catalog) -> str:
    written = BytesIO()
    write_po(written, catalog, width=0, omit_header=True, sort_by_file=True, include_lineno=False)
    return written.getvalue().decode("utf-8")
