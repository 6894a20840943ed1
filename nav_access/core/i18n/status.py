"""How far each language is, counted from its files."""

from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Message

from nav_access.core.i18n.catalogs import Domain, po_path
from nav_access.core.i18n.check_words import average_length, full_sentences, lix
from nav_access.core.i18n.findings import Pair
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


def say_plainness(root: Path = REPOSITORY) -> str:
    """Say how hard the public English sentences are: the ids of the template."""
    template = read_catalog(template_path(Domain.PUBLIC, root))
    pairs = [Pair.of(message) for message in template if message.id]
    sentences = full_sentences(text for pair in pairs for text in pair.sources)
    return f"LIX {lix(sentences):.1f}, {average_length(sentences):.1f} words a sentence"


def is_translated(message: Message) -> bool:
    """Return whether every form of a message has words."""
    forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return bool(forms) and all(forms)
