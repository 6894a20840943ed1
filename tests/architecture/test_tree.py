"""What must never be committed, looked for in every tracked file."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.architecture import sizes

ROOT = Path(__file__).parents[2]
MOST_BYTES = 1_000_000
MOST_LINES = 400

# Put together, so that this file does not hold what it looks for.
UNFINISHED = "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error"])
SKIPPED = "|".join(["mark" + r"\.skip", "mark" + r"\.xfail", r"pytest\." + r"skip\("])
SILENCE = "# " + "(no" + "qa|type: ig" + "nore)"
HOSTS = "|".join(
    [
        "registry" + r"\.npmjs",
        "pypi" + r"\.org/simple",
        "--(extra-)?" + "index-url",
        "find" + "-links=",
    ]
)
THIS_MACHINE = "|".join(["/wo" + "rk/", "/tmp/" + "bash_jobs", "/ro" + "ot/", "/home/" + r"\w"])
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc"}


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file git knows or would take in."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(path for line in said.splitlines() if (path := ROOT / line).is_file())


def found(pattern: str, *endings: str) -> list[str]:
    """Return the lines of tracked files in which a pattern occurs."""
    expression = re.compile(pattern)
    files = [path for path in tracked() if not endings or path.suffix in endings]
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if expression.search(line)
    ]


def test_nothing_is_left_unfinished() -> None:
    assert found(rf"\b({UNFINISHED})\b", ".py", ".html", ".toml", ".sh", ".css") == []


def test_no_test_is_skipped() -> None:
    assert found(SKIPPED, ".py") == []


def test_each_silenced_check_gives_its_reason() -> None:
    assert [line for line in found(SILENCE, ".py") if not has_reason(line)] == []


def has_reason(line: str) -> bool:
    return bool(re.search(rf"{SILENCE}(: [A-Z0-9, ]+|\[[a-z, -]+\])\s+[#-] \w", line))


@pytest.mark.parametrize(
    ("after", "is_reasoned"),
    [("", False), (": T201", False), (": T201  # read by people", True)],
)
def test_a_reason_is_told_from_none(after: str, is_reasoned: bool) -> None:
    assert has_reason("a = 1  # no" + "qa" + after) is is_reasoned


def test_no_registry_and_no_machine_is_named() -> None:
    assert found(f"{HOSTS}|{THIS_MACHINE}") == []


def test_no_compiled_catalogue_and_no_big_file() -> None:
    assert [path for path in tracked() if path.suffix == ".mo"] == []
    assert [path for path in tracked() if path.stat().st_size > MOST_BYTES] == []


def test_no_module_is_named_for_nothing() -> None:
    assert [path for path in tracked() if path.stem in VAGUE] == []


def test_no_module_has_grown_out_of_hand() -> None:
    assert [size for size in sizes.modules() if size.lines > MOST_LINES] == []


def test_every_module_opens_with_a_sentence() -> None:
    sources = [path for path in tracked() if path.suffix == ".py" and path.name != "app.py"]
    silent = [path for path in sources if not path.read_text().startswith('"""')]
    assert silent == []
