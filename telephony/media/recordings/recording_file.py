"""The file of a recording, plain or sealed: written once, from its beginning, never read back.

A sealed file is a header and chunks. All numbers are big-endian.

    header: "ENREC" | version, 1 byte | salt, 32 bytes
    chunk:  length of the sealed text, 4 bytes | kind, 1 byte | sealed text
    text:   pieces, each: offset in the FLAC file, 8 bytes | length, 4 bytes | bytes

The key of the file is HKDF-SHA256 (RFC 5869) of the settings' key and the salt. A chunk is sealed
by AES-256-GCM under the nonce "number of the chunk, 8 bytes | kind, 4 bytes" with the header as
associated data: chunks cannot be exchanged, reordered or taken over from another file. The last
chunk is of kind END; a file without one was cut off, and all its whole chunks can be read.
"""

from __future__ import annotations

import io
import os
import secrets
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from telephony.errors import RecordingError
from telephony.media.recordings.flac import Piece

KEY_BYTES = 32
_MAGIC = b"ENREC"
_VERSION = 1
_SALT_BYTES = 32
_HEADER_BYTES = len(_MAGIC) + 1 + _SALT_BYTES
_CHUNK = struct.Struct(">IB")
_NONCE = struct.Struct(">QI")
_PIECE = struct.Struct(">QI")
_AUDIO = 0
_END = 1
_CHUNK_LIMIT_BYTES = 1 << 24
_TAG_BYTES = 16
_PURPOSE = b"edinyi nomer recording 1"


class RecordingFile(Protocol):
    """Where a recording goes; every method may raise OSError."""

    def write(self, pieces: Sequence[Piece]) -> None:
        """Keep the pieces: they can be read even if the next call never comes."""

    def finish(self) -> None:
        """Mark the recording as whole and close the file."""

    def abandon(self) -> None:
        """Close the file as it is."""


def create_recording_file(path: Path, key: bytes | None) -> RecordingFile:
    """A new file that only its owner may read; its folder is made where it is missing.

    ``key`` of 32 bytes seals it, None leaves it plain FLAC. OSError when it cannot be made,
    ValueError for a key of another length.
    """
    if key is not None and len(key) != KEY_BYTES:
        raise ValueError(len(key))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    file = io.FileIO(os.open(path, flags, 0o600), "w")
    if key is None:
        return _PlainFile(file)
    try:
        return _SealedFile(file, key)
    except OSError:
        file.close()
        raise


class _PlainFile:
    def __init__(self, file: io.FileIO) -> None:
        self._file = file

    def write(self, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            self._file.seek(piece.offset)
            _write_all(self._file, piece.data)

    def finish(self) -> None:
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        self._file.close()


class _SealedFile:
    def __init__(self, file: io.FileIO, key: bytes) -> None:
        self._file = file
        salt = secrets.token_bytes(_SALT_BYTES)
        self._header = _MAGIC + bytes([_VERSION]) + salt
        self._cipher = _cipher(key, salt)
        self._number = 0
        _write_all(file, self._header)

    def write(self, pieces: Sequence[Piece]) -> None:
        self._seal(_AUDIO, b"".join(_PIECE.pack(p.offset, len(p.data)) + p.data for p in pieces))

    def finish(self) -> None:
        self._seal(_END, b"")
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        self._file.close()

    def _seal(self, kind: int, text: bytes) -> None:
        sealed = self._cipher.encrypt(_NONCE.pack(self._number, kind), text, self._header)
        self._number += 1
        _write_all(self._file, _CHUNK.pack(len(sealed), kind) + sealed)


class RecordingEnd(StrEnum):
    """How far a sealed recording could be read."""

    WHOLE = "whole"
    CUT_OFF = "cut_off"
    """Its writer was killed, or the disk was full: everything up to there is in the target."""
    DAMAGED = "damaged"
    """A chunk was changed: everything before it is in the target."""


def decrypt_recording(source: Path, target: Path, key: bytes) -> RecordingEnd:
    """Write the FLAC file that is sealed in ``source``; tells whether it is all of it.

    RecordingError "format" when ``source`` is no sealed recording, "key" when this is not its
    key, "exists" when there is a target already; OSError when a file cannot be read or written.
    """
    with source.open("rb") as file:
        chunks = _Chunks(file, key)
        try:
            descriptor = os.open(
                target,
                os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0),
                0o600,
            )
        except FileExistsError as error:
            raise RecordingError("exists") from error
        with io.FileIO(descriptor, "w") as output:
            for piece in chunks.pieces():
                output.seek(piece.offset)
                _write_all(output, piece.data)
    return chunks.end


@dataclass(slots=True)
class _Opened:
    kind: int
    text: bytes


class _Chunks:
    """Reads a sealed file; the first chunk is opened at once, to know that the key is right."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file = file
        self._header = file.read(_HEADER_BYTES)
        if len(self._header) < _HEADER_BYTES or not self._header.startswith(
            _MAGIC + bytes([_VERSION])
        ):
            raise RecordingError("format")
        self._cipher = _cipher(key, self._header[-_SALT_BYTES:])
        self._number = 0
        self.end = RecordingEnd.CUT_OFF
        try:
            self._first = self._next()
        except InvalidTag as error:
            raise RecordingError("key") from error

    def pieces(self) -> Iterator[Piece]:
        """All pieces that can be read; ``end`` is valid after the last."""
        chunk = self._first
        while chunk is not None:
            if chunk.kind == _END:
                self.end = RecordingEnd.WHOLE
                return
            yield from _pieces(chunk.text)
            try:
                chunk = self._next()
            except InvalidTag:
                self.end = RecordingEnd.DAMAGED
                return

    def _next(self) -> _Opened | None:
        """The next chunk; None when the file has no whole one any more."""
        head = self._file.read(_CHUNK.size)
        if len(head) < _CHUNK.size:
            return None
        length, kind = _CHUNK.unpack(head)
        if not _TAG_BYTES <= length <= _CHUNK_LIMIT_BYTES:
            raise InvalidTag
        sealed = self._file.read(length)
        if len(sealed) < length:
            return None
        nonce = _NONCE.pack(self._number, kind)
        self._number += 1
        return _Opened(kind, self._cipher.decrypt(nonce, sealed, self._header))


def _pieces(text: bytes) -> Iterator[Piece]:
    place = 0
    while place < len(text):
        offset, length = _PIECE.unpack_from(text, place)
        place += _PIECE.size
        yield Piece(offset, text[place : place + length])
        place += length


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:
        raise ValueError(len(key))
    return AESGCM(HKDF(SHA256(), KEY_BYTES, salt, _PURPOSE).derive(key))


def _write_all(file: io.FileIO, data: bytes) -> None:
    """Write every byte; a full disk takes a part first and refuses the rest by OSError."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) or 0 :]
