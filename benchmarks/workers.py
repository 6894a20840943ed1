"""Memory of a further worker, and that no worker carries the big table of phone places."""

import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import urlopen

from tests.live import ROOT, LiveSite, free_port, live_site, start, wait_until_ready

PAGES = ("/nb/", "/nb/help", "/ar/help", "/en/offices?q=oslo")
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


def megabytes(pid: int, kind: str) -> float:
    """Return a process's memory of one kind (`Rss`, `Pss`, or what is its own alone)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    own = sizes["Private_Clean"] + sizes["Private_Dirty"]
    return (own if kind == "own" else sizes[kind]) / 1024


def visit(url: str) -> None:
    """Read some pages, so that what is loaded when first used is loaded."""
    for path in PAGES:
        with urlopen(url + path) as answer:
            answer.read()


def further(site: LiveSite) -> None:
    """Start a second worker beside the first and print what it adds."""
    port = free_port()
    environment = {**site.environment, "NAV_BIND": f"127.0.0.1:{port}"}
    process = start(environment)
    wait_until_ready(f"http://127.0.0.1:{port}", process)
    visit(f"http://127.0.0.1:{port}")
    print(f"further worker, its own memory  {megabytes(process.pid, 'own'):6.1f} MB (aim ≤ 25)")
    process.terminate()
    process.wait()


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder, live_site(Path(folder)) as site:
        visit(site.url)
        print(
            f"first worker, resident          {megabytes(site.process.pid, 'Rss'):6.1f} MB (≤ 50)"
        )
        further(site)
    done = subprocess.run(
        [sys.executable, "-c", USED, *PAGES], cwd=ROOT, capture_output=True, text=True, check=True
    )
    print(f"phonenumbers.geocoder, carrier loaded: {done.stdout.split()} (aim False, False)")


if __name__ == "__main__":
    main()
