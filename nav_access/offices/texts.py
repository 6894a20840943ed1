"""An office's own free text as pieces: lines, plain text and links that doors may render."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_LINK = re.compile(r"\{([^{}\n]{1,200}?):\s*(https?://[^\s{}<>\"]{1,500})\s*\}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line: text, and where it leads when it is a link (http or https only)."""

    text: str
    url: str | None = None


Line = tuple[Segment, ...]


def split_text(text: str | None) -> tuple[Line, ...]:
    """Return the lines of a free text, `{label: url}` made a link; nothing in it is markup."""
    return tuple(_split_line(line) for line in (text or "").splitlines())


def _split_line(line: str) -> Line:
    segments: list[Segment] = []
    at = 0
    for found in _LINK.finditer(line):
        url = found[2]
        if not _leads_somewhere(url):
            continue
        segments.append(Segment(line[at : found.start()]))
        segments.append(Segment(found[1].strip(), url))
        at = found.end()
    segments.append(Segment(line[at:]))
    return tuple(segment for segment in segments if segment.text)


def _leads_somewhere(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
