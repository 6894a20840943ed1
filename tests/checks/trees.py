"""What a screen reader is told: names, roles and states in reading order, as Chromium says them.

`make trees` writes the files in tests/checks/trees anew; what has changed there people read first.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from playwright.sync_api import Browser

from tests import run_folder
from tests.checks.browser import Window, chromium, window
from tests.conftest import SHARED, open_sample_site
from tests.pages import BOTH_WAYS, load_states, visit_state

FOLDER = Path(__file__).parent / "trees"
STATES = (
    "front",
    "help, blank",
    "help, sent empty",
    "help, receipt",
    "case, code asked for",
    "case, with a time",
    "callback, times",
    "offices, several",
    "office, two doors",
    "duty",
    "rights",
    "terminal, first page",
    "terminal, ticket",
)
"""The main pages, and between them one of each kind of thing that stands on any."""
UNSAID = {"generic", "InlineTextBox", "LineBreak", "ListMarker", "none", "paragraph", "strong"}
SAID_WITH_ITS_FIELD = {"LabelText", "Legend"}
ROLES = {"RootWebArea": "page", "StaticText": "text"}
CHANGING = re.compile(r"\d{4} \d{4}( \w{4})*|(?<=Nav Eikevik Kiosk )\w+ \d+")
"""A case's code, and what a made-up office is called: another each time."""

Node = dict[str, Any]


def trees(app: Flask, browser: Browser) -> Iterator[tuple[Path, str]]:
    """Yield, for each of these pages, the file it is kept in and its tree as it is now."""
    states = {state.name: state for state in load_states()}
    with window(browser) as opened:
        for name in STATES:
            for lang in BOTH_WAYS:
                opened.show(visit_state(app, states[name], lang).response)
                file = FOLDER / f"{name.replace(', ', '_').replace(' ', '_')}.{lang}.txt"
                yield file, read_tree(opened)


def read_tree(opened: Window) -> str:
    """Return the tree of the page the window shows, a line for all that is said at once."""
    found: list[Node] = opened.session.send("Accessibility.getFullAXTree")["nodes"]
    nodes = {node["nodeId"]: node for node in found}
    return "".join(f"{line}\n" for line in _lines(nodes, found[0], 0, ""))


def _lines(nodes: dict[str, Node], node: Node, depth: int, around: str) -> Iterator[str]:
    role, name = _value(node, "role"), _value(node, "name")
    properties = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
    # What a link or a field is called has been said with it.
    is_again = role in SAID_WITH_ITS_FIELD or (role == "StaticText" and name in around)
    if is_again or (role == "option" and not properties.get("selected")):
        return
    is_said = not node.get("ignored") and role not in UNSAID
    if is_said:
        yield "  " * depth + _told(node, role, name, properties)
        around = name if role != "RootWebArea" else ""
    for child in node.get("childIds", ()):
        yield from _lines(nodes, nodes[child], depth + is_said, around)


def _told(node: Node, role: str, name: str, properties: dict[str, Any]) -> str:
    words = [ROLES.get(role, role), f"«{name}»" if name else ""]
    described, value = _value(node, "description"), _value(node, "value")
    words += [f"described as «{described}»"] if described else []
    words += [f"holds «{value}»"] if value else []
    return " ".join(filter(None, [*words, *_states(role, properties)]))


def _states(role: str, properties: dict[str, Any]) -> Iterator[str]:
    if role == "heading":
        yield f"level {properties['level']}"
    if "checked" in properties:
        yield "chosen" if properties["checked"] == "true" else "not chosen"
    if "expanded" in properties:
        yield "open" if properties["expanded"] else "closed"
    if properties.get("invalid") == "true":
        yield "to be mended"
    if properties.get("focused") and role != "RootWebArea":
        yield "has the focus"


def _value(node: Node, name: str) -> str:
    said = str(node.get(name, {}).get("value", ""))
    return CHANGING.sub("…", " ".join(said.split()))


def main() -> None:
    """Write every file anew."""
    os.environ[SHARED] = str(run_folder.make())
    with TemporaryDirectory() as folder, chromium() as browser:
        with open_sample_site(Path(folder)) as app:
            written = dict(trees(app, browser))
        for old in FOLDER.glob("*.txt"):
            old.unlink()
        FOLDER.mkdir(exist_ok=True)
        for file, tree in written.items():
            file.write_text(tree, encoding="utf-8")
    run_folder.remove(Path(os.environ[SHARED]))


if __name__ == "__main__":
    main()
