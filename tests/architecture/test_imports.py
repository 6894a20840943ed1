"""Imports point one way; the contracts stand in pyproject.toml."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACTS = {contract["type"]: contract for contract in CONFIGURATION["contracts"][:3]}
OUTSIDE_THE_ROOMS = {"cli", "migrations", "serving", "web"}


def lint(folder: Path) -> str:
    """Return what import-linter says of the tree in `folder`."""
    linter = Path(sys.executable).parent / "lint-imports"
    command = [str(linter), "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def packages(folder: str) -> set[str]:
    return {path.parent.name for path in (ROOT / folder).glob("*/__init__.py")}


def test_the_contracts_are_kept() -> None:
    said = lint(ROOT)
    assert " 0 broken" in said, said


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("core/clock.py", "import nav_access.staff", "Imports point one way"),
        ("core/clock.py", "import flask", "Rooms know nothing of pages"),
        ("offices/errors.py", "import nav_access.staff", "Imports point one way"),
        ("web/citizen/urls.py", "import nav_access.web.desk", "Doors do not know each other"),
        ("web/citizen/urls.py", "import sqlalchemy", "Doors leave SQL to the rooms"),
    ],
)
def test_an_import_the_wrong_way_is_seen(
    tmp_path: Path, module: str, line: str, broken: str
) -> None:
    shutil.copytree(ROOT / "nav_access", tmp_path / "nav_access")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "nav_access" / module).open("a") as file:
        file.write(f"\n{line}\n")
    wanted = [one for one in lint(tmp_path).splitlines() if one.endswith("BROKEN")]
    assert any(one.startswith(broken) for one in wanted), wanted


def test_every_door_is_in_the_contract_between_doors() -> None:
    listed = {name.rpartition(".")[2] for name in CONTRACTS["independence"]["modules"]}
    assert listed == packages("nav_access/web") - {"shared"}


def test_every_room_is_in_the_contract_about_pages() -> None:
    listed = {name.split(".")[1] for name in CONFIGURATION["contracts"][3]["source_modules"]}
    assert listed == packages("nav_access") - OUTSIDE_THE_ROOMS
