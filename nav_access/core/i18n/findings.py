"""What a check has to say about one message in one file."""

from dataclasses import dataclass
from enum import StrEnum

from babel.messages.catalog import Message


class Fault(StrEnum):
    """What can be wrong with words."""

    STALE = "stale"
    MISSING = "missing"
    FUZZY = "fuzzy"
    PLACEHOLDERS = "placeholders differ"
    TAGS = "tags differ"
    QUOTES = "straight quotes"
    PLURALS = "plural forms missing"
    GLOSSARY = "not the glossary's word"
    SCRIPT = "wrong script"
    WORD = "another language's word"
    SAME = "the same as English"
    LONG = "a long sentence"
    HEAVY = "hard to read"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: in which file, about which message, and what."""

    file: str
    message: str
    fault: Fault
    detail: str = ""

    def __str__(self) -> str:
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.file}: {self.fault}{detail}: «{self.message}»"


@dataclass(frozen=True, slots=True)
class Pair:
    """A source sentence, with its plural, and its translation's forms."""

    one: str
    many: str | None
    forms: tuple[str, ...]
    is_fuzzy: bool

    @classmethod
    def of(cls, message: Message) -> "Pair":
        """Read a message of a .po file."""
        ids = message.id if isinstance(message.id, (list, tuple)) else (message.id, None)
        string = message.string
        forms = string if isinstance(string, (list, tuple)) else (string,)
        return cls(ids[0], ids[1], tuple(form or "" for form in forms), message.fuzzy)

    @property
    def sources(self) -> tuple[str, ...]:
        """The English forms there are."""
        return (self.one,) if self.many is None else (self.one, self.many)

    @property
    def is_translated(self) -> bool:
        """True when any form has words."""
        return any(self.forms)
