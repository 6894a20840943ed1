"""The options of a question, as a template writes them one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

Code = TypeVar("Code", bound=str | None)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: its code, its words, and whether the question's link leads here."""

    code: str | None
    word: str
    is_first: bool


def list_options(words: Mapping[Code, str]) -> tuple[Option, ...]:
    """Return the options of a field by the words of its codes."""
    return tuple(
        Option(None if code is None else str(code), word, number == 0)
        for number, (code, word) in enumerate(words.items())
    )
