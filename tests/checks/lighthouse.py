"""Lighthouse of Google, as a slow phone: what is built in, how good the page is and how quick."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.checks.browser import ARGUMENTS, NODE_MODULES, chromium_path

NAME, PACKAGE = "Lighthouse", "lighthouse"
CATEGORIES = ("accessibility", "best-practices", "performance")
PROGRAM = NODE_MODULES / "lighthouse/cli/index.js"
TRIES = 3
"""What is quick depends on what else the machine does: the best of so many runs stands."""


def complaints(address: str, folder: Path, cookie: str = "") -> list[str]:
    """Return what keeps a page from 100 in each category; `folder` is for its use."""
    found: list[str] = []
    for _ in range(TRIES):
        found = _complaints_of(_run(address, folder / "report.json", cookie))
        if not found:
            break
    return found


def _run(address: str, report: Path, cookie: str) -> dict[str, Any]:
    command = ["node", str(PROGRAM), address, "--quiet", "--no-enable-error-reporting"]
    command += ["--output=json", f"--output-path={report}"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    command += [f"--chrome-flags={' '.join(['--headless=new', *ARGUMENTS])}"]
    command += [f"--extra-headers={json.dumps({'Cookie': cookie})}"] if cookie else []
    variables = {"CHROME_PATH": chromium_path(), "PATH": "/usr/local/bin:/usr/bin:/bin"}
    subprocess.run(command, env=variables, check=True, capture_output=True)
    read: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    assert read["finalDisplayedUrl"] == address, "it was led to another page"
    return read


def _complaints_of(report: dict[str, Any]) -> list[str]:
    scores = {name: one["score"] for name, one in report["categories"].items()}
    assert set(scores) == set(CATEGORIES)
    audits = report["audits"].values()
    rated = [one for one in audits if one["score"] is not None and one["score"] < 1]
    least = [f"{one['id']} {one['score']}" for one in rated]
    return [
        f"{name} {round(100 * score)}: {', '.join(least)}"
        for name, score in scores.items()
        if score < 1
    ]
