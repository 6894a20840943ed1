"""How long from exec to the first answer, and how much memory a serving process takes."""

import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from tests.live import LiveSite, live_site, start, wait_until_ready

TIMES = 5


def main() -> None:
    """Print the best of some starts, and the memory before and after some pages."""
    with (
        tempfile.TemporaryDirectory() as folder,
        live_site(Path(folder), PYTHONDONTWRITEBYTECODE="") as site,
    ):
        print(f"memory at the first answer     {_megabytes(site.process.pid):6.1f} MB")
        for path in ("/nb/", "/nb/help", "/ar/help", "/en/case"):
            urlopen(site.url + path).read()
        print(f"memory after pages in 3 tongues{_megabytes(site.process.pid):6.1f} MB (aim ≤ 50)")
        site.process.terminate()
        site.process.wait()
        print(f"exec to first 200, best of {TIMES}   {min(_starts(site)):6.0f} ms (aim ≤ 700)")


def _starts(site: LiveSite) -> list[float]:
    found = []
    for _ in range(TIMES):
        began = time.perf_counter()
        process = start(site.environment)
        wait_until_ready(site.url, process)
        found.append((time.perf_counter() - began) * 1000)
        process.terminate()
        process.wait()
    return found


def _megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    line = next(line for line in lines if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
