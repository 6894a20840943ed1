"""Records what SQLite writes and when it makes that durable, in the library Python itself uses.

SQLite reaches files through a table of functions (a VFS). Ours is the system's own with four of
them replaced: opening, writing, shortening and syncing are noted and then done as ever. The
record is enough to rebuild what a disk may hold after its power was cut at any moment.
"""

import _sqlite3
import ctypes
from collections.abc import Callable
from ctypes import (
    CFUNCTYPE,
    POINTER,
    Structure,
    c_char_p,
    c_int,
    c_int64,
    c_void_p,
    cast,
    memmove,
    pointer,
    sizeof,
    string_at,
)
from dataclasses import dataclass
from typing import Self

NAME = "recording"
OK = 0

Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
Sync = CFUNCTYPE(c_int, c_void_p, c_int)
Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
Delete = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)


class IoMethods(Structure):
    """`sqlite3_io_methods`, as far as it is changed here, and room for the rest."""

    _fields_ = (
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", Write),
        ("truncate", Truncate),
        ("sync", Sync),
        ("rest", c_void_p * 13),
    )


class OpenFile(Structure):
    """`sqlite3_file`."""

    _fields_ = (("methods", POINTER(IoMethods)),)


class Vfs(Structure):
    """`sqlite3_vfs`."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("path_size", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", Open),
        ("delete", Delete),
        ("rest", c_void_p * 16),
    )


@dataclass(frozen=True)
class Step:
    """One thing SQLite did to a file, or what it was told to remember (`note`)."""

    kind: str
    file: str = ""
    offset: int = 0
    data: bytes = b""
    note: str = ""


class Recorder:
    """The VFS called `recording`; `steps` is what it saw. One at a time in a process."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._names: dict[int, str] = {}
        self._kept: list[object] = []
        self._library = ctypes.CDLL(_sqlite3.__file__)
        self._library.sqlite3_vfs_find.restype = POINTER(Vfs)
        self._original: Vfs = self._library.sqlite3_vfs_find(None).contents
        self._vfs = Vfs()
        memmove(pointer(self._vfs), pointer(self._original), sizeof(Vfs))
        self._vfs.name = NAME.encode()
        self._vfs.open = Open(self._open)
        self._vfs.delete = Delete(self._delete)

    def __enter__(self) -> Self:
        self._library.sqlite3_vfs_register(pointer(self._vfs), 0)
        return self

    def __exit__(self, *_: object) -> None:
        self._library.sqlite3_vfs_unregister(pointer(self._vfs))

    def note(self, text: str) -> None:
        """Put a mark between what was done before and what is done after."""
        self.steps.append(Step("note", note=text))

    def _open(
        self, _vfs: int, path: int | None, file: int, flags: int, flags_out: int | None
    ) -> int:
        result: int = self._original.open(
            ctypes.addressof(self._original), path, file, flags, flags_out
        )
        opened = cast(file, POINTER(OpenFile)).contents
        if result == OK and opened.methods and path:
            self._names[file] = string_at(path).decode()
            self._watch(opened)
        return result

    def _watch(self, opened: OpenFile) -> None:
        """Give an open file methods that note what is done before they do it."""
        original = opened.methods.contents
        watched = IoMethods()
        memmove(pointer(watched), pointer(original), sizeof(IoMethods))
        watched.write = Write(self._writing(original.write))
        watched.truncate = Truncate(self._truncating(original.truncate))
        watched.sync = Sync(self._syncing(original.sync))
        self._kept += [watched, watched.write, watched.truncate, watched.sync]
        opened.methods = pointer(watched)

    def _writing(self, really: Callable[..., int]) -> Callable[..., int]:
        def write(file: int, data: int, amount: int, offset: int) -> int:
            self.steps.append(Step("write", self._names[file], offset, string_at(data, amount)))
            return really(file, data, amount, offset)

        return write

    def _truncating(self, really: Callable[..., int]) -> Callable[..., int]:
        def truncate(file: int, size: int) -> int:
            self.steps.append(Step("truncate", self._names[file], size))
            return really(file, size)

        return truncate

    def _syncing(self, really: Callable[..., int]) -> Callable[..., int]:
        def sync(file: int, flags: int) -> int:
            result = really(file, flags)
            self.steps.append(Step("sync", self._names[file]))
            return result

        return sync

    def _delete(self, _vfs: int, path: bytes, sync_folder: int) -> int:
        self.steps.append(Step("delete", path.decode()))
        return int(self._original.delete(ctypes.addressof(self._original), path, sync_folder))
