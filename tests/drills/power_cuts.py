"""What a disk may hold after its power was cut, rebuilt from a record of what was written."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.drills.recording_vfs import Step

SECTOR = 512


@dataclass
class DiskFile:
    """One file: what is certainly on the disk, and what was written since it was last synced."""

    durable: bytearray
    waiting: list[Step] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Follow one step of the record."""
        if step.kind == "sync":
            for waiting in self.waiting:
                _apply(self.durable, waiting)
            self.waiting.clear()
        else:
            self.waiting.append(step)

    def after_a_cut(self, chance: random.Random) -> bytes:
        """Return the content after a cut: of what was not synced, anything may have arrived."""
        content = bytearray(self.durable)
        keeps = chance.random()
        for step in self.waiting:
            if chance.random() < keeps:
                _apply(content, _torn(step, chance))
        return bytes(content)


class Disk:
    """Every file SQLite has, as the disk knows it at one step of the record."""

    def __init__(self, start: dict[str, bytes]) -> None:
        self.files = {name: DiskFile(bytearray(content)) for name, content in start.items()}
        self.noted: list[str] = []

    def take(self, step: Step) -> None:
        """Follow one step of the record."""
        if step.kind == "note":
            self.noted.append(step.note)
        elif step.kind == "delete":
            self.files.pop(step.file, None)
        else:
            self.files.setdefault(step.file, DiskFile(bytearray())).take(step)

    def write_after_cut(self, folder: Path, chance: random.Random) -> None:
        """Put into `folder` the files as they may be found when the power is back."""
        for name, file in self.files.items():
            (folder / Path(name).name).write_bytes(file.after_a_cut(chance))


def cut_power(
    steps: Sequence[Step], start: dict[str, bytes], cuts: int, folder: Path
) -> Iterator[list[str]]:
    """Yield, for each cut, what had been noted by then; `folder` holds the files after it."""
    chance = random.Random(cuts)
    disk, done = Disk(start), 0
    for moment in sorted(chance.randrange(1, len(steps)) for _ in range(cuts)):
        for step in steps[done:moment]:
            disk.take(step)
        done = moment
        for old in folder.iterdir():
            old.unlink()
        disk.write_after_cut(folder, chance)
        yield disk.noted


def _apply(content: bytearray, step: Step) -> None:
    if step.kind == "truncate":
        del content[step.offset :]
        return
    if len(content) < step.offset:
        content.extend(bytes(step.offset - len(content)))
    content[step.offset : step.offset + len(step.data)] = step.data


def _torn(step: Step, chance: random.Random) -> Step:
    """Return a write as it may have arrived: mostly whole, at times only its first sectors."""
    if step.kind != "write" or chance.random() < 0.8:
        return step
    sectors = chance.randrange(len(step.data) // SECTOR + 1)
    return Step("write", step.file, step.offset, step.data[: sectors * SECTOR])
