"""Reading the guide's files, strictly: a line that is missing stops the start, not the reader."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from nav_access.guide.codes import FRAME, LANGUAGES, LINES, Owner
from nav_access.guide.errors import GuideBroken

CONTENT = Path(__file__).parent / "content"
LONGEST_LINE = 160
"""Characters of a line: it is read on a small screen, and at a desk with somebody waiting."""

_OF_SERVICE = {"key": str, "side": str, "law": str, "source": str, "checked": date}
_OF_TEXT = {"name": str, **dict.fromkeys(LINES, str), "words": list}


@dataclass(frozen=True, slots=True)
class Text:
    """A service in one language. `words` are others that people search for it by."""

    name: str
    what: str
    whom: str
    decides: str
    apply: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """A service of either side, in every language of the guide."""

    key: str
    owner: Owner
    law: str
    source: str
    checked: date
    texts: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Guide:
    """All services in the order people need them, and the words around them by language."""

    services: Mapping[str, Service]
    frames: Mapping[str, Mapping[str, str]]

    def of(self, owner: Owner) -> tuple[Service, ...]:
        """Return the services one desk has."""
        return tuple(one for one in self.services.values() if one.owner is owner)


@cache
def load_guide() -> Guide:
    """Return the guide; it changes only with a new release."""
    return read_guide(CONTENT)


def read_guide(folder: Path) -> Guide:
    """Return the guide of a folder; raises GuideBroken with what is wrong, and where."""
    rows = _read(folder / "services.toml").get("service", [])
    languages = {tag: _read(folder / f"{tag}.toml") for tag in LANGUAGES}
    frames = {tag: _check_frame(tag, texts.pop("frame", {})) for tag, texts in languages.items()}
    services = [_service(row, languages) for row in rows]
    keys = [one.key for one in services]
    if len(set(keys)) != len(keys):
        raise GuideBroken("services.toml: the same key twice")
    for tag, texts in languages.items():
        if set(texts) != set(keys):
            raise GuideBroken(f"{tag}.toml: {sorted(set(texts) ^ set(keys))}")
    return Guide({one.key: one for one in services}, frames)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _check_frame(tag: str, frame: Mapping[str, Any]) -> Mapping[str, str]:
    _check(f"{tag}.toml frame", frame, dict.fromkeys(FRAME, str))
    return frame


def _service(row: Mapping[str, Any], languages: Mapping[str, Mapping[str, Any]]) -> Service:
    _check("services.toml", row, _OF_SERVICE)
    if not row["source"].startswith("https://"):
        raise GuideBroken(f"services.toml: {row['key']} has no source to look at")
    return Service(
        key=row["key"],
        owner=Owner(row["side"]),
        law=row["law"],
        source=row["source"],
        checked=row["checked"],
        texts={
            tag: _text(f"{tag}.toml {row['key']}", texts, row["key"])
            for tag, texts in languages.items()
        },
    )


def _text(where: str, texts: Mapping[str, Any], key: str) -> Text:
    found = texts.get(key)
    if not isinstance(found, dict):
        raise GuideBroken(f"{where}: is missing")
    _check(where, found, _OF_TEXT)
    if not all(isinstance(word, str) for word in found["words"]):
        raise GuideBroken(f"{where}: words")
    return Text(**{**found, "words": tuple(found["words"])})


def _check(where: str, found: Mapping[str, Any], wanted: Mapping[str, type]) -> None:
    """Raise GuideBroken unless these very entries are there, none of them empty or too long."""
    if set(found) != set(wanted):
        raise GuideBroken(f"{where}: {sorted(set(found) ^ set(wanted))}")
    for name, kind in wanted.items():
        value = found[name]
        if not isinstance(value, kind) or not value:
            raise GuideBroken(f"{where}: {name} is empty or no {kind.__name__}")
        if isinstance(value, str) and (value != value.strip() or len(value) > LONGEST_LINE):
            raise GuideBroken(f"{where}: {name} is too long, or has spaces around it")
