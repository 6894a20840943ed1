"""What a test proves about accessibility, noted down for the statement: the fixture `tested`."""

import json
import os
import re
from collections.abc import Generator, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest

FOLDER = Path(__file__).parents[1] / ".tested"
PORTRAITS = FOLDER / "clients"
RUN = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}"
PASSED: pytest.StashKey[bool] = pytest.StashKey()
DATABASE = re.compile(r"sqlite|postgres")


@dataclass(frozen=True)
class Journey:
    """A person's way through the site with one client in one language."""

    client: str
    version: str
    journey: str
    lang: str


@dataclass(frozen=True)
class Check:
    """Pages of one language, looked at by one tool."""

    tool: str
    version: str
    lang: str
    pages: int
    findings: int


@dataclass
class Tested:
    """What one test says of itself; say it before the first thing that can go wrong."""

    __test__: ClassVar = False
    journeys: list[Journey] = field(default_factory=list)
    checks: dict[tuple[str, str, str], Check] = field(default_factory=dict)

    def journey(self, *, client: str, version: str, journey: str, lang: str) -> None:
        """Note a journey; whether it was finished is whether the test passes."""
        self.journeys.append(Journey(client, version, journey, lang))

    def check(self, *, tool: str, version: str, lang: str, pages: int, findings: int) -> None:
        """Note what a tool found; what one test notes of the same tool is added up."""
        key = tool, version, lang
        before = self.checks.get(key, Check(*key, pages=0, findings=0))
        self.checks[key] = replace(
            before, pages=before.pages + pages, findings=before.findings + findings
        )


@pytest.fixture
def tested(request: pytest.FixtureRequest) -> Iterator[Tested]:
    """Notes what this test proves, also when it fails: the statement must not leave it out."""
    notes = Tested()
    yield notes
    _write(notes, request.node)


def _write(notes: Tested, test: pytest.Item) -> None:
    said = {
        # The same pages, whatever the database: the later run stands.
        "test": DATABASE.sub("", test.nodeid),
        "finished": test.stash.get(PASSED, False),
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
    }
    lines = [{"kind": "journey", **asdict(one), **said} for one in notes.journeys]
    lines += [{"kind": "check", **asdict(one), **said} for one in notes.checks.values()]
    if lines:
        FOLDER.mkdir(exist_ok=True)
        with (FOLDER / f"{RUN}.jsonl").open("a", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep whether the test itself passed, for the fixture to read."""
    report = yield
    if call.when == "call":
        item.stash[PASSED] = report.passed
    return report


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what notes something, so that one can ask for just that."""
    if "tested" in getattr(item, "fixturenames", ()):
        item.add_marker("tested")
