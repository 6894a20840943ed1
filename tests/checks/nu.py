"""The Nu checker of the W3C: HTML and the CSS in it, warnings included, all pages in one run."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.checks.browser import NODE_MODULES

NAME, PACKAGE = "Nu Html Checker", "vnu-jar"
JAR = NODE_MODULES / "vnu-jar/build/dist/vnu.jar"


def complaints(pages: Mapping[str, bytes], folder: Path) -> list[str]:
    """Return what is wrong with these pages; `folder` is for its use."""
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_bytes(html)
        names[path.name] = name
    command = ["java", "-Xss8m", "-XX:TieredStopAtLevel=1", "-jar", JAR]
    command += ["--format", "json", "--exit-zero-always", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr)["messages"]
    return [f"{names[one['url'].rpartition('/')[2]]}: {_told(one)}" for one in messages]


def _told(message: dict[str, str]) -> str:
    return f"{message['message']} in {message.get('extract', '')}"
