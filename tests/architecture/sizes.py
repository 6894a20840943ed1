"""How big things are: a table to look at, not a rule (`python -m tests.architecture.sizes`)."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "nav_access"
HISTORY = PACKAGE / "migrations/versions"


@dataclass(frozen=True)
class Size:
    """How many lines something has."""

    lines: int
    name: str


def modules(*, folder: Path = PACKAGE) -> list[Size]:
    """Return the size of each module, migrations aside."""
    return [_file(path) for path in _sources(folder)]


def functions(*, folder: Path = PACKAGE) -> list[Size]:
    """Return the size of each function, from its def to its last line, docstring aside."""
    return [size for path in _sources(folder) for size in _functions(path)]


def templates() -> list[Size]:
    """Return the size of each template."""
    return [_file(path) for path in (ROOT / "templates").rglob("*.*") if path.is_file()]


def _sources(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.py")) if HISTORY not in path.parents]


def _file(path: Path) -> Size:
    return Size(len(path.read_text().splitlines()), str(path.relative_to(ROOT)))


def _functions(path: Path) -> Iterator[Size]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            name = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
            yield Size((node.end_lineno or 0) - node.lineno + 1 - _docstring_lines(node), name)


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    if ast.get_docstring(node) is None:
        return 0
    return (node.body[0].end_lineno or 0) - node.body[0].lineno + 1


def row(kind: str, sizes: list[Size], goal: str) -> str:
    """Return one line of the table."""
    lines = [size.lines for size in sizes]
    ninth = quantiles(lines, n=10)[-1] if len(lines) > 1 else lines[0]
    biggest = max(sizes, key=lambda size: size.lines)
    return (
        f"{kind:<12}{len(sizes):>5}{median(lines):>8.0f}{ninth:>6.0f}{biggest.lines:>6}  "
        f"{goal:<26}{biggest.name}"
    )


def table() -> str:
    """Return the whole table."""
    pages = functions(folder=PACKAGE / "web")
    tests = [size for size in functions(folder=ROOT / "tests") if " test_" in size.name]
    return "\n".join(
        [
            f"{'lines':<12}{'count':>5}{'median':>8}{'p90':>6}{'most':>6}  {'aim':<26}biggest",
            row("functions", functions(), "median ≤ 8, p90 ≤ 25"),
            row("in doors", pages, "≤ 20"),
            row("modules", modules(), "median ≤ 90, think at 300"),
            row("templates", templates() or [Size(0, "none")], "≤ 60"),
            row("tests", tests, "≤ 15"),
        ]
    )


if __name__ == "__main__":
    print(table())
