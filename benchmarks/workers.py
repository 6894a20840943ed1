"""Memory of the first worker and of each further one, and where the first one's goes.

A worker's own memory is what only it holds (private pages, from the kernel's own account): what
the machine gets back when it ends. What the first worker holds is all of it, libraries too.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import urlopen

from tests.live import ROOT, LiveSite, live_site

WORKERS, ROUNDS = 4, 150
PAGES = ("/nb/", "/nb/help", "/ar/help", "/uk/case", "/en/duty", "/en/offices?q=oslo")
SEARCHES = 40
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
"""As on any machine where the site has run before; compiling leaves 9 MB behind."""

FIXED = (
    ("Python itself", "sys"),
    ("waitress", "waitress.server"),
    ("Flask, Jinja, Werkzeug, click", "flask"),
    ("Flask-Babel, Babel", "flask_babel, babel.dates, babel.lists"),
    ("Flask-WTF, WTForms", "flask_wtf"),
    ("SQLAlchemy", "sqlalchemy, sqlalchemy.orm"),
    ("its dialects, sqlite3", "sqlalchemy.dialects.sqlite, sqlalchemy.dialects.postgresql"),
    ("cryptography, argon2", "cryptography.hazmat.primitives.ciphers.aead, argon2"),
    ("phonenumbers, brotli, zstandard", "phonenumbers, brotli, zstandard"),
    ("the site's own modules", "nav_access.serve"),
)
WEIGH = "print(open('/proc/self/smaps_rollup').read())"
USED = """
import os, sys
from benchmarks.sample_site import sample_site
with sample_site() as app:
    client = app.test_client(use_cookies=False)
    for path in sys.argv[1:]:
        assert client.get(path).status_code == 200, path
    client.post("/nb/help", data={"phone": "+47 400 00 000", "place": "0150"})
print("phonenumbers.geocoder" in sys.modules, "phonenumbers.carrier" in sys.modules)
"""


def megabytes(account: str, kind: str) -> float:
    """Return one kind of memory (`Rss`, `Pss`, or what is its own alone) from smaps_rollup."""
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in account.splitlines()[1:] if line}
    own = sizes["Private_Clean"] + sizes["Private_Dirty"]
    return (own if kind == "own" else sizes[kind]) / 1024


def account_of(pid: int) -> str:
    """Return the kernel's account of a process's memory."""
    return Path(f"/proc/{pid}/smaps_rollup").read_text()


def visit(url: str, rounds: int) -> None:
    """Read some pages, so that what is loaded when first used is loaded."""
    for number in range(rounds):
        for path in (*PAGES, f"/nb/offices?q={number % SEARCHES:04}"):
            with urlopen(f"{url}{path}") as answer:
                answer.read()


def children(pid: int) -> list[int]:
    """Return the processes a process has begun."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def first(site: LiveSite, name: str) -> None:
    """Print what one worker takes."""
    visit(site.url, 20)
    account = account_of(site.process.pid)
    resident, own = megabytes(account, "Rss"), megabytes(account, "own")
    print(f"{name:<34}{resident:6.1f} MB resident, {own:.1f} its own (aim ≤ 50)")


def further(site: LiveSite) -> None:
    """Print what each of several workers adds."""
    visit(site.url, ROUNDS)
    # The first was forked first, and also does what runs beside the server.
    accounts = [account_of(pid) for pid in sorted(children(site.process.pid))]
    own = [megabytes(each, "own") for each in accounts]
    said = ", ".join(f"{each:.1f}" for each in own[1:])
    print(
        f"{'further workers, their own':<34}{said} MB (aim ≤ 25), beside the first's {own[0]:.1f}"
    )
    everything = [*accounts, account_of(site.process.pid)]
    total = sum(megabytes(each, "Pss") for each in everything)
    print(f"{f'{WORKERS} workers and their watcher':<34}{total:6.1f} MB altogether (PSS)")


def floor() -> None:
    """Print what each library adds to an empty process, in the order of import."""
    print("\nWhere it goes, MB resident        with      adds")
    before, names = 0.0, []
    for what, modules in FIXED:
        names.append(modules)
        imports = f"import {', '.join(names)}"
        now = megabytes(_output("-c", f"{imports}\n{WEIGH}"), "Rss")
        print(f"{what:<34}{now:4.1f}  {now - before:+8.1f}")
        before = now


def _output(*arguments: str) -> str:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Print the figures."""
    for name, settings in (
        ("first worker", {}),
        ("the same without docstrings (-OO)", {"PYTHONOPTIMIZE": "2"}),
    ):
        # Twice: the first of them compiles.
        for is_measured in (False, True):
            with (
                tempfile.TemporaryDirectory() as folder,
                live_site(Path(folder), **COMPILED, **settings) as site,
            ):
                if is_measured:
                    first(site, name)
    several = {**COMPILED, "NAV_WORKERS": str(WORKERS)}
    with tempfile.TemporaryDirectory() as folder, live_site(Path(folder), **several) as site:
        further(site)
    floor()
    used = _output("-c", USED, *PAGES).split()
    print(f"\nphonenumbers.geocoder, carrier loaded: {used} (aim False, False)")


if __name__ == "__main__":
    main()
