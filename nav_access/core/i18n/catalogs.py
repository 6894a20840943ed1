"""The words of one language, loaded when first asked for, from compiled gettext catalogues.

A `.po` is compiled to a `.mo` beside it when it has changed. The `.mo` is never committed.
Any number of processes may do so at once: each writes its own file and renames it into place.
"""

import gettext
import logging
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from nav_access.core.i18n.locales import TRANSLATIONS, Locale, by_tag

log = logging.getLogger(__name__)


class Domain(StrEnum):
    """Which readers the words are for; public ones exist in every language."""

    PUBLIC = "public"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class PluralForms:
    """One sentence for each plural form; `index` says which one a whole number takes."""

    forms: tuple[str, ...]
    index: Callable[[int], int]
    tag: str

    def choose(self, number: int) -> str:
        """Return the form this number takes."""
        return self.forms[self.index(number)]


@dataclass(frozen=True, slots=True)
class Catalog:
    """The messages of one language in one domain. Keys are gettext's own."""

    tag: str
    messages: dict[str, tuple[str, ...]]
    index: Callable[[int], int]

    def find(self, message: str, context: str | None = None) -> str | None:
        """Find the translation of a sentence; None when there is none."""
        forms = self.messages.get(_key(message, context))
        return forms[0] if forms else None

    def find_forms(self, message: str, context: str | None = None) -> PluralForms | None:
        """Find every plural form of a sentence by its singular; None when there is none."""
        forms = self.messages.get(_key(message, context))
        return PluralForms(forms, self.index, self.tag) if forms else None


def po_path(locale: Locale, domain: Domain, root: Path = TRANSLATIONS) -> Path:
    """Return where a language keeps its words."""
    return root / locale.folder / "LC_MESSAGES" / f"{domain}.po"


@cache
def plural_index(expression: str) -> Callable[[int], int]:
    """Turn a gettext plural expression into a function from a whole number to a form."""
    return gettext.c2py(expression)


@cache
def load_catalog(locale: Locale, domain: Domain, root: Path = TRANSLATIONS) -> Catalog:
    """Load one language's catalogue; an empty one when it has no file."""
    po = po_path(locale, domain, root)
    messages = _read_mo(_compiled(po)) if po.exists() else {}
    return Catalog(locale.tag, messages, plural_index(locale.plural))


@cache
def load_chain(locale: Locale, root: Path = TRANSLATIONS) -> tuple[Catalog, ...]:
    """Return the catalogues to look in, best first: public, staff, then the fallbacks' own."""
    chain: list[Catalog] = []
    following: Locale | None = locale
    while following and not following.is_source:
        domains = [Domain.PUBLIC] + ([Domain.STAFF] if following.has_staff else [])
        chain += [load_catalog(following, domain, root) for domain in domains]
        following = by_tag(following.fallback) if following.fallback else None
    return tuple(chain)


def compile_catalog(po: Path) -> Path:
    """Write the `.mo` beside a `.po` in one step, with the same time stamp; return its path."""
    mo = po.with_suffix(".mo")
    part = mo.with_name(f".{mo.name}.{os.getpid()}")
    changed = po.stat().st_mtime_ns
    part.write_bytes(_to_mo(po))
    os.utime(part, ns=(changed, changed))
    part.replace(mo)
    return mo


def _compiled(po: Path) -> bytes:
    mo = po.with_suffix(".mo")
    if mo.exists() and mo.stat().st_mtime_ns == po.stat().st_mtime_ns:
        return mo.read_bytes()
    try:
        return compile_catalog(po).read_bytes()
    except OSError:
        log.warning("The words in %s are compiled at each start: its folder is read-only.", po)
        return _to_mo(po)


def _to_mo(po: Path) -> bytes:
    compiled = BytesIO()
    with po.open("rb") as source:
        write_mo(compiled, read_po(source))
    return compiled.getvalue()


def _read_mo(data: bytes) -> dict[str, tuple[str, ...]]:
    """Read GNU's binary format: a header of seven words, then tables of lengths and offsets."""
    magic, _, count, originals, translations = struct.unpack_from("<5I", data)
    if magic != 0x950412DE:
        raise ValueError("not a little-endian .mo file")
    ids = _strings(data, originals, count)
    texts = _strings(data, translations, count)
    return {
        message.partition("\0")[0]: tuple(text.split("\0"))
        for message, text in zip(ids, texts, strict=True)
        if message
    }


def _strings(data: bytes, table: int, count: int) -> list[str]:
    words = struct.unpack_from(f"<{2 * count}I", data, table)
    pairs = zip(words[::2], words[1::2], strict=True)
    return [data[offset : offset + length].decode("utf-8") for length, offset in pairs]


def _key(message: str, context: str | None) -> str:
    return message if context is None else f"{context}\x04{message}"
