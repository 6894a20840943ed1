"""The key file: JSON, readable by its owner only, replaced whole or not at all."""

import fcntl
import json
import os
import re
import secrets
import stat
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT_BYTES = 32
ID_LENGTH = 4
_ID = re.compile(r"[a-z][a-z0-9]{3}")
_ID_FIRST = "abcdefghijkmnpqrstuvwxyz"
_ID_REST = _ID_FIRST + "23456789"


class KeyFileError(Exception):
    """The key file cannot be used; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class RootKey:
    """One root key: everything else is derived from it."""

    id: str
    secret: bytes
    created: datetime


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What the file holds: root keys, oldest first, and what retired ones left behind.

    `remains` has, for each retired key id, the few derived keys that still check what
    cannot be made anew (old audit entries, the keys people hold to their cases).
    """

    keys: tuple[RootKey, ...]
    remains: Mapping[str, Mapping[str, bytes]]


def new_root_key(taken: frozenset[str] = frozenset()) -> RootKey:
    """Make a root key whose id is none of `taken`."""
    while True:
        rest = "".join(secrets.choice(_ID_REST) for _ in range(ID_LENGTH - 1))
        key_id = secrets.choice(_ID_FIRST) + rest
        if key_id not in taken:
            return RootKey(key_id, secrets.token_bytes(ROOT_BYTES), datetime.now(UTC))


def read(path: Path) -> KeyFile:
    """Read the file; raise KeyFileError when missing, readable by others, malformed or weak."""
    try:
        with path.open("rb") as handle:
            mode = os.fstat(handle.fileno()).st_mode
            content = handle.read()
    except OSError as error:
        raise KeyFileError(f"The key file {path} cannot be read: {error.strerror}.") from error
    if stat.S_IMODE(mode) & 0o077:
        raise KeyFileError(f"The key file {path} is open to others; give it mode 0600.")
    try:
        found = _parse(json.loads(content))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyFileError(f"The key file {path} is not a key file.") from error
    _refuse_weak(path, found)
    return found


def _parse(content: Mapping[str, object]) -> KeyFile:
    keys, retired = content["keys"], content.get("retired", {})
    if not isinstance(keys, list) or not isinstance(retired, dict):
        raise ValueError
    return KeyFile(
        keys=tuple(_parse_key(entry) for entry in keys),
        remains={
            key_id: {purpose: b64decode(text, validate=True) for purpose, text in left.items()}
            for key_id, left in retired.items()
        },
    )


def _parse_key(entry: Mapping[str, str]) -> RootKey:
    created = datetime.fromisoformat(entry["created"])
    if not _ID.fullmatch(entry["id"]) or created.tzinfo is None:
        raise ValueError
    return RootKey(entry["id"], b64decode(entry["secret"], validate=True), created)


def _refuse_weak(path: Path, found: KeyFile) -> None:
    if not found.keys:
        raise KeyFileError(f"The key file {path} holds no key.")
    if any(len(key.secret) != ROOT_BYTES or len(set(key.secret)) < 12 for key in found.keys):
        # 32 random bytes have fewer than 12 different values once in 10^24 files.
        raise KeyFileError(f"The key file {path} holds a key that is not 32 random bytes.")
    ids = [key.id for key in found.keys] + list(found.remains)
    if len(set(ids)) < len(ids) or len({key.secret for key in found.keys}) < len(found.keys):
        raise KeyFileError(f"The key file {path} holds the same key twice.")


def create(path: Path) -> None:
    """Write a file with one new key; raise KeyFileError when there is one already."""
    with _written(path, KeyFile((new_root_key(),), {})) as finished:
        try:
            # A link, unlike a rename, cannot replace the file another process just made.
            os.link(finished, path)
        except FileExistsError as error:
            raise KeyFileError(f"The key file {path} exists already.") from error


def replace(path: Path, content: KeyFile) -> None:
    """Put `content` in the place of the file at `path`, for its present owner."""
    owner = path.stat()
    with _written(path, content) as finished:
        if os.geteuid() == 0:
            # Rotated by root, still the service's own.
            os.chown(finished, owner.st_uid, owner.st_gid)
        finished.replace(path)


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Let one process at a time change the file."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _written(path: Path, content: KeyFile) -> Iterator[Path]:
    # mkstemp makes the file 0600 from its first instant.
    handle, name = tempfile.mkstemp(prefix=".keys-", dir=path.parent)
    try:
        with os.fdopen(handle, "w") as file:
            json.dump(_as_json(content), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _as_json(content: KeyFile) -> dict[str, object]:
    return {
        "keys": [
            {
                "id": key.id,
                "created": key.created.isoformat(timespec="seconds"),
                "secret": b64encode(key.secret).decode(),
            }
            for key in content.keys
        ],
        "retired": {
            key_id: {purpose: b64encode(key).decode() for purpose, key in left.items()}
            for key_id, left in content.remains.items()
        },
    }
