"""A terminal for programs that want one: tmux, tall enough to show a whole page at once."""

import os
import subprocess
import time
from itertools import count
from pathlib import Path

COLUMNS, ROWS = 80, 500
PATIENCE_S = 60
_NUMBERS = count(1)


class Terminal:
    """One program running in its own terminal, typed into and read."""

    def __init__(self, command: list[str], home: Path) -> None:
        # Each its own: a server that is on its way out would take the next one with it.
        self.socket = home / f"tmux{next(_NUMBERS)}"
        # Nothing else of ours: LINES and COLUMNS would tell the browser of another screen.
        environment = {"HOME": str(home), "LC_ALL": "C.UTF-8", "TERM": "xterm"}
        environment["PATH"] = os.environ["PATH"]
        self._tmux(
            *("-f", "/dev/null", "new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS)),
            *command,
            environment=environment,
        )

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names: Enter, Tab, Down, C-u."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type text as it is."""
        self._tmux("send-keys", "-l", "--", text)

    def screen(self) -> str:
        """Return what is on the screen, without the empty rows."""
        shown = self._tmux("capture-pane", "-p").rstrip()
        return "\n".join(row.rstrip() for row in shown.splitlines())

    def settle(self) -> str:
        """Wait until the screen stands still, and return it."""
        before = None
        for _ in range(int(PATIENCE_S / 0.05)):
            shown = self.screen()
            if shown and shown == before:
                return shown
            before = shown
            time.sleep(0.05)
        raise TimeoutError(f"the screen never stood still: {before!r}")

    def close(self) -> None:
        """End the program and its terminal."""
        self._tmux("kill-server")

    def _tmux(self, *arguments: str, environment: dict[str, str] | None = None) -> str:
        command = ["tmux", "-S", str(self.socket), *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return done.stdout
