"""Arrays that were costly to make, kept in a file until what they were made of changes."""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Mapping
from contextlib import suppress
from io import BufferedReader
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
_FORM = "edinyi-nomer arrays 1"
_LONGEST_HEAD = 1 << 20


def keep(file: Path, made_of: str, arrays: Mapping[str, Array]) -> bool:
    """Whether they are kept now; the file is whole or what it was before.

    ``made_of`` tells the versions of all that they were made of.
    """
    head = {
        "form": _FORM,
        "bytes": sys.byteorder,
        "made_of": made_of,
        "arrays": [
            (name, array.dtype.str, array.shape, zlib.crc32(_bytes_of(array)))
            for name, array in arrays.items()
        ],
    }
    # Of two who write at once one may break the other's: that is found by the sums.
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        with unfinished.open("wb") as stream:
            written = json.dumps(head).encode()
            stream.write(b"%08x %b\n" % (zlib.crc32(written), written))
            for array in arrays.values():
                stream.write(_bytes_of(array))
        unfinished.replace(file)
    except OSError:  # a full disk, or a folder that is only read: they are made anew next time
        with suppress(OSError):
            unfinished.unlink()
        return False
    return True


def kept(file: Path, made_of: str) -> Mapping[str, Array] | None:
    """The arrays of the file; None where it has none, others, or not all as they were written."""
    try:
        with file.open("rb") as stream:
            return _read(stream, made_of)
    except OSError:
        return None


def _read(stream: BufferedReader, made_of: str) -> Mapping[str, Array] | None:
    sum_of, _, written = stream.readline(_LONGEST_HEAD).rstrip(b"\n").partition(b" ")
    if not written or sum_of != b"%08x" % zlib.crc32(written):
        return None
    head = json.loads(written)
    if (head["form"], head["bytes"], head["made_of"]) != (_FORM, sys.byteorder, made_of):
        return None
    found: dict[str, Array] = {}
    for name, kind, shape, own_sum in head["arrays"]:
        array = np.empty(shape, kind)
        room = _bytes_of(array)
        if stream.readinto(room) != array.nbytes or zlib.crc32(room) != own_sum:
            return None
        found[name] = array
    return None if stream.read(1) else found


def _bytes_of(array: Array) -> memoryview:
    """The array's own memory where it is in one piece."""
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8).data
