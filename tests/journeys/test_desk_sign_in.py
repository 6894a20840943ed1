"""Who sends a form at the desk without a session meets the sign-in form, in text browsers."""

import subprocess
from pathlib import Path

import pytest

from tests.live import LiveSite

WRITTEN = "note=Ring+etter+12&do=note&seen=1"
COMMANDS = {
    "lynx": ["lynx", "-dump", "-nolist", "-post_data"],
    "w3m": ["w3m", "-dump", "-post"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_form_is_shown_and_what_was_written(live: LiveSite, tmp_path: Path, name: str) -> None:
    typed = tmp_path / "typed"
    typed.write_text(WRITTEN)
    command = [*COMMANDS[name], *([str(typed)] if name == "w3m" else [])]
    done = subprocess.run(
        [*command, f"{live.url}/desk/cases/12345674"],
        input=f"{WRITTEN}\n---\n",
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert "Ring etter 12" in done.stdout, done.stderr
    assert "Sign in" in done.stdout
