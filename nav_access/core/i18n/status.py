"""How far each language is, counted from its files."""

from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Message

from nav_access.core.i18n.catalogs import Domain, po_path
from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.upkeep import (
    REPOSITORY,
    list_catalogs,
    read_catalog,
    sentence_of,
    template_path,
)


@dataclass(frozen=True, slots=True)
class Progress:
    """Sentences of one language in one domain."""

    locale: Locale
    domain: Domain
    total: int
    done: int
    fuzzy: int

    @property
    def missing(self) -> int:
        """Sentences without any words yet."""
        return self.total - self.done - self.fuzzy


def list_progress(root: Path = REPOSITORY) -> list[Progress]:
    """Count every language that has words of its own, in the order languages are shown."""
    return [count_progress(locale, domain, root) for locale, domain in list_catalogs()]


def count_progress(locale: Locale, domain: Domain, root: Path = REPOSITORY) -> Progress:
    """Count the sentences of one language against the template."""
    wanted = {sentence_of(each) for each in read_catalog(template_path(domain, root)) if each.id}
    catalog = read_catalog(po_path(locale, domain, root / "translations"))
    present = [each for each in catalog if sentence_of(each) in wanted and is_translated(each)]
    fuzzy = sum(1 for each in present if each.fuzzy)
    return Progress(locale, domain, len(wanted), len(present) - fuzzy, fuzzy)


def is_translated(message: Message) -> bool:
    """Return whether every form of a message has words."""
    forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return bool(forms) and all(forms)
