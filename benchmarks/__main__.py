"""Runs every benchmark of this folder, one after the other (`make bench`, or with names)."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(wanted: list[str]) -> int:
    """Run the benchmarks named, all of them when none is; return how many failed."""
    names = wanted or sorted(
        path.stem for path in HERE.glob("[a-z]*.py") if path.stem != "sample_site"
    )
    failed = 0
    for name in names:
        print(f"\n{name.replace('_', ' ').capitalize()}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False)
        failed += done.returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
