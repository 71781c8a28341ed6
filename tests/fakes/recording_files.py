"""Records every write, truncation and sync that SQLite makes below the encrypted store, in order.

The functions of SQLite's own file layer are wrapped through ctypes in this process, so nothing has
to be installed or compiled: the library of ``sqlcipher3`` exports ``sqlite3_vfs_find``. The bytes
that the layer passes to the system are recorded as encrypted by SQLCipher. The index in shared
memory (``-shm``) is not: SQLite rebuilds it after a power cut.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

import sqlcipher3._sqlite3 as library

_HEAD = struct.Struct("<BHqq")
_METHODS = 19  # of sqlite3_io_methods, version 3, including the version field
_X_WRITE, _X_TRUNCATE, _X_SYNC = 3, 4, 5
_OK = 0


class Kind(IntEnum):
    """File operation; MARK is a note of the program itself."""

    WRITE = 1
    TRUNCATE = 2
    SYNC = 3
    DELETE = 4
    MARK = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the record: ``at`` is an offset, or the new size of a TRUNCATE."""

    kind: Kind
    file: str
    at: int
    data: bytes


class _Methods(ctypes.Structure):
    _fields_ = [("slots", ctypes.c_void_p * _METHODS)]


class _File(ctypes.Structure):
    _fields_ = [("methods", ctypes.POINTER(_Methods))]


class _Vfs(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
        ("delete", ctypes.c_void_p),
    ]


# The name is passed as an address: SQLite reads the parameters of the URI after its end.
_OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(_File), ctypes.c_int,
    ctypes.c_void_p,
)  # fmt: skip
_DELETE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)
_WRITE = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class FileRecorder:
    """Writes the record of this process to a file, from construction to the end of the process."""

    def __init__(self, record: Path) -> None:
        self._out = os.open(record, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._names: dict[int, str] = {}
        self._patched: dict[int, _Methods] = {}
        self._alive: list[Any] = []  # ctypes does not keep callbacks alive
        self._wrap()

    def mark(self, text: str) -> None:
        """Records progress of the program, such as an acknowledgement to the operator."""
        self._note(Kind.MARK, "", 0, text.encode())

    def _note(self, kind: Kind, file: str, at: int, data: bytes = b"") -> None:
        name = file.encode()
        os.write(self._out, _HEAD.pack(kind, len(name), at, len(data)) + name + data)

    def _wrap(self) -> None:
        core = ctypes.CDLL(library.__file__)
        core.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        vfs = core.sqlite3_vfs_find(None).contents
        real_open, real_delete = _OPEN(vfs.open), _DELETE(vfs.delete)

        def opened(own: int, name: int | None, file: Any, flags: int, out_flags: int | None) -> int:
            outcome: int = real_open(own, name, file, flags, out_flags)
            if outcome == _OK and name is not None:
                self._names[ctypes.addressof(file.contents)] = _base_name(ctypes.string_at(name))
                file.contents.methods = ctypes.pointer(self._recording(file.contents.methods))
            return outcome

        def deleted(own: int, name: bytes, sync_folder: int) -> int:
            outcome: int = real_delete(own, name, sync_folder)
            if outcome == _OK:
                self._note(Kind.DELETE, _base_name(name), 0)
            return outcome

        vfs.open = self._address(_OPEN(opened))
        vfs.delete = self._address(_DELETE(deleted))

    def _recording(self, real: Any) -> _Methods:
        """Returns the methods of one kind of file, with the three that change it wrapped."""
        address = ctypes.addressof(real.contents)
        known = self._patched.get(address)
        if known is not None:
            return known
        slots = real.contents.slots
        real_write = _WRITE(slots[_X_WRITE])
        real_truncate = _TRUNCATE(slots[_X_TRUNCATE])
        real_sync = _SYNC(slots[_X_SYNC])

        def write(file: int, data: int, size: int, at: int) -> int:
            self._note(Kind.WRITE, self._names[file], at, ctypes.string_at(data, size))
            outcome: int = real_write(file, data, size, at)
            return outcome

        def truncate(file: int, size: int) -> int:
            self._note(Kind.TRUNCATE, self._names[file], size)
            outcome: int = real_truncate(file, size)
            return outcome

        def sync(file: int, flags: int) -> int:
            outcome: int = real_sync(file, flags)
            if outcome == _OK:
                self._note(Kind.SYNC, self._names[file], 0)
            return outcome

        copy = _Methods()
        ctypes.memmove(ctypes.byref(copy), ctypes.byref(real.contents), ctypes.sizeof(_Methods))
        copy.slots[_X_WRITE] = self._address(_WRITE(write))
        copy.slots[_X_TRUNCATE] = self._address(_TRUNCATE(truncate))
        copy.slots[_X_SYNC] = self._address(_SYNC(sync))
        self._patched[address] = copy
        return copy

    def _address(self, callback: Callable[..., int]) -> int | None:
        self._alive.append(callback)
        return ctypes.cast(callback, ctypes.c_void_p).value  # type: ignore[arg-type]


def _base_name(path: bytes) -> str:
    return os.path.basename(path.decode())


def steps(record: Path) -> Iterator[Step]:
    """Yields the record in order."""
    content = record.read_bytes()
    place = 0
    while place < len(content):
        kind, name_size, at, size = _HEAD.unpack_from(content, place)
        place += _HEAD.size
        name = content[place : place + name_size].decode()
        place += name_size
        yield Step(Kind(kind), name, at, content[place : place + size])
        place += size
