"""An office's own free text, ready for a page: its lines and links, and the language it is in."""

from dataclasses import dataclass

from nav_access.core.i18n.locales import DEFAULT, Locale, by_tag
from nav_access.offices.texts import Line, split_text


@dataclass(frozen=True, slots=True)
class OfficeText:
    """Lines to show verbatim; `lang` and `direction` only where they differ from the page's."""

    lines: tuple[Line, ...]
    lang: str | None = None
    direction: str | None = None


def say_office_text(text: str | None, language: str, reader: Locale) -> OfficeText | None:
    """Return a free text written in `language`; None when there is nothing to show."""
    lines = split_text(text and text.strip())
    if not any(lines):
        return None
    lang, direction = mark_language(language, reader)
    return OfficeText(lines, lang, direction)


def mark_language(language: str, reader: Locale) -> tuple[str | None, str | None]:
    """Return lang and dir for words in another language than the page's, else nothing.

    What is no language we know is taken as Bokmål: nearly all offices write that.
    """
    written = by_tag(language) or DEFAULT
    if written.tag == reader.tag:
        return None, None
    return written.tag, written.direction.value
