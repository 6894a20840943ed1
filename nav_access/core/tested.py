"""What the public pages were last tested with, read once from accessibility.toml."""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parents[1]
RECORD_FILE = PACKAGE / "accessibility.toml"
PUBLIC_TEMPLATES = ("citizen", "components", "errors", "kiosk", "layouts", "messages")
PUBLIC_STYLES = ("citizen", "kiosk")


@dataclass(frozen=True, slots=True)
class CheckedWith:
    """A program that looked over pages. `pages` counts each page in each state and language."""

    name: str
    version: str
    languages: tuple[str, ...]
    pages: int
    findings: int


@dataclass(frozen=True, slots=True)
class UsedWith:
    """A browser that walked the journeys: how many, and how many it came to the end of."""

    name: str
    version: str
    languages: tuple[str, ...]
    journeys: int
    finished: int


@dataclass(frozen=True, slots=True)
class Record:
    """One run of all the tests. `review` is the day from which it is too old."""

    tested: date
    review: date
    fingerprint: str
    tools: tuple[CheckedWith, ...]
    clients: tuple[UsedWith, ...]


@cache
def load_record() -> Record:
    """Return the record that came with this release."""
    return read_record(RECORD_FILE.read_text(encoding="utf-8"))


def read_record(text: str) -> Record:
    """Return the record a text in TOML holds; one that lacks something is no record."""
    raw = tomllib.loads(text)
    return Record(
        tested=raw["tested"],
        review=raw["review"],
        fingerprint=raw["fingerprint"],
        tools=tuple(CheckedWith(**_read(one)) for one in raw.get("tools", ())),
        clients=tuple(UsedWith(**_read(one)) for one in raw.get("clients", ())),
    )


def _read(entry: dict[str, Any]) -> dict[str, Any]:
    return entry | {"languages": tuple(entry["languages"])}


def write_record(record: Record) -> str:
    """Return the text `read_record` reads the same record from."""
    head = (
        "# What the public pages were last tested with. Written by the tests, never by hand.\n\n"
        f"tested = {record.tested.isoformat()}\n"
        f"review = {record.review.isoformat()}\n"
        f"fingerprint = {_quote(record.fingerprint)}\n"
    )
    tools = "".join(
        f"\n[[tools]]\n{_name(one)}pages = {one.pages}\nfindings = {one.findings}\n"
        for one in record.tools
    )
    clients = "".join(
        f"\n[[clients]]\n{_name(one)}journeys = {one.journeys}\nfinished = {one.finished}\n"
        for one in record.clients
    )
    return head + tools + clients


def _name(one: CheckedWith | UsedWith) -> str:
    languages = ", ".join(map(_quote, one.languages))
    return (
        f"name = {_quote(one.name)}\nversion = {_quote(one.version)}\nlanguages = [{languages}]\n"
    )


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def fingerprint(root: Path = PACKAGE.parent) -> str:
    """Return what is the same as long as no public page or style has changed."""
    digest = hashlib.sha256()
    for path in _public_files(root):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _public_files(root: Path) -> Iterator[Path]:
    for folder in PUBLIC_TEMPLATES:
        yield from sorted((root / "templates" / folder).rglob("*.html"))
    for name in PUBLIC_STYLES:
        yield from sorted((root / "static").glob(f"{name}*.css"))
