"""Call recorder, its FLAC files, plain or encrypted, and decryption of encrypted files.

An encrypted ("sealed") file is written sequentially and never read back. It consists of a header
and chunks. All numbers are big-endian.

    header: "ENREC" | version, 1 byte | salt, 32 bytes
    chunk:  length of the ciphertext, 4 bytes | kind, 1 byte | ciphertext
    plain:  pieces, each: offset in the FLAC file, 8 bytes | length, 4 bytes | bytes

The key of the file is HKDF-SHA256 (RFC 5869) of the settings' key and the salt. A chunk is
encrypted with AES-256-GCM under the nonce "number of the chunk, 8 bytes | kind, 4 bytes" with the
header as associated data: chunks cannot be exchanged, reordered or copied from another file. The
last chunk is of kind END; a file without it was cut off, and all its complete chunks can be read.
"""

from __future__ import annotations

import io
import logging
import os
import secrets
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol

import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from telephony.errors import RecordingError
from telephony.events import RecordingState
from telephony.media.flac import FlacStream, Piece
from telephony.media.samples import FRAME_MS, RateAdapter, Samples, frame_samples, to_samples
from telephony.media.wav import read_wav
from telephony.settings import RecordingSettings

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
    """Destination of a recording; every method may raise OSError."""

    def write(self, pieces: Sequence[Piece]) -> None:
        """Writes the pieces; they are readable even if no further call follows."""

    def finish(self) -> None:
        """Marks the recording as complete and closes the file."""

    def abandon(self) -> None:
        """Closes the file without completing it."""


def create_recording_file(path: Path, key: bytes | None) -> RecordingFile:
    """Creates a file that only its owner may read, and its folder if it is missing.

    ``key`` of 32 bytes encrypts it, None writes plain FLAC. Raises OSError if the file cannot be
    created, ValueError for a key of another length.
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
    """Completeness of a decrypted recording."""

    WHOLE = "whole"
    CUT_OFF = "cut_off"
    """The writer was killed, or the disk was full; all complete chunks are in the target."""
    DAMAGED = "damaged"
    """A chunk was modified; all chunks before it are in the target."""


def decrypt_recording(source: Path, target: Path, key: bytes) -> RecordingEnd:
    """Decrypts ``source`` into a FLAC file and returns its completeness.

    Raises RecordingError "format" if ``source`` is no encrypted recording, "key" for a wrong key
    and "exists" if the target exists already. Raises OSError if a file cannot be read or written.
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
    """Reads an encrypted file; decrypts the first chunk immediately to verify the key."""

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
        """Yields all readable pieces; ``end`` is valid after the last one."""
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
        """The next chunk; None if the file has no further complete chunk."""
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
    """Writes every byte; on a full disk the first write is partial and the next raises OSError."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) or 0 :]


_log = logging.getLogger(__name__)
_DRAIN_S = 0.1
_FRAME_S = FRAME_MS / 1000
# Limit of frames buffered in memory (60 s) before a hanging disk counts as failed.
_WAITING_LIMIT = 60 * 1000 // FRAME_MS
_MARK_HZ = 440.0
_MARK_S = 0.4
_MARK_PEAK = 3277.0
_SIDES = 2

_Entry = tuple[Samples, Samples] | int | RecordingState
"""20 ms of both parties, a number of silent frames, or a pause or its end."""


def recording_path(settings: RecordingSettings, at: datetime, identifier: str) -> Path:
    """Returns the file path of a recording; the name contains the time and no phone number.

    Raises ValueError if the settings name no folder.
    """
    if settings.directory is None:
        raise ValueError("directory")
    suffix = "sealed" if settings.key else "flac"
    name = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{identifier}.{suffix}"
    return Path(settings.directory) / name


def build_recorder(
    settings: RecordingSettings, at: datetime, on_state: Callable[[RecordingState], None]
) -> CallRecorder:
    """Creates a recorder, not started; raises ValueError if the settings name no folder."""
    path = recording_path(settings, at, secrets.token_hex(6))
    return CallRecorder(path, bytes.fromhex(settings.key) or None, on_state)


def read_announcement(settings: RecordingSettings) -> Samples | None:
    """Reads the announcement of the recording, 8 kHz; raises DeviceError as ``read_wav``."""
    if settings.announcement_file is None:
        return None
    return read_wav(Path(settings.announcement_file))


class CallRecorder:
    """Records the sessions that it is attached to until stop(); see MediaSession.start_recording().

    pause(), resume() and stop() are called on the controlling thread and do not block. put() and
    skip() are called on the media thread, which they never block. ``on_state`` is called with
    STARTED, PAUSED, RESUMED and finally STOPPED or FAILED on the recorder's thread, or with FAILED
    on the media thread if the disk hangs; it must not block.
    """

    def __init__(
        self, path: Path, key: bytes | None, on_state: Callable[[RecordingState], None]
    ) -> None:
        self.path = path
        self._key = key
        self._on_state = on_state
        self._entries: deque[_Entry] = deque()
        self._over = False
        self._over_lock = threading.Lock()
        self._stopping = threading.Event()
        self._last_put_s: float | None = None
        self._is_attached = False
        self._thread = threading.Thread(target=self._run, name="recording", daemon=True)
        # Recorder's thread only.
        self._far_rate = RateAdapter()
        self._near_rate = RateAdapter()
        self._stream: FlacStream | None = None
        self._frame = frame_samples()
        self._is_paused = False
        self._mark = _pause_mark(0)

    @property
    def is_over(self) -> bool:
        """Whether the last frame has been written."""
        return self._over

    def attach(self) -> None:
        """Attaches a session: starts the thread, or resumes after a time without a session.

        The time between two sessions is recorded as silence.
        """
        self._is_attached = False
        if self._thread.ident is None:
            self._thread.start()

    def put(self, far: Samples, near: Samples) -> None:
        """Queues 20 ms of both parties."""
        if self._over:
            return
        now_s = time.monotonic()
        if not self._is_attached:
            self._is_attached = True
            if self._last_put_s is not None:
                self.skip(round((now_s - self._last_put_s) / _FRAME_S) - 1)
        self._last_put_s = now_s
        self._entries.append((far, near))
        if len(self._entries) > _WAITING_LIMIT:
            self._end(RecordingState.FAILED)

    def skip(self, frames: int) -> None:
        """Queues silence for this number of frames."""
        if frames > 0 and not self._over:
            self._entries.append(frames)

    def pause(self) -> None:
        """Pauses the recording: later audio is replaced by silence."""
        self._entries.append(RecordingState.PAUSED)

    def resume(self) -> None:
        """Resumes the recording."""
        self._entries.append(RecordingState.RESUMED)

    def stop(self) -> None:
        """Finishes the file in the background; ``is_over`` becomes True."""
        self._stopping.set()
        if self._thread.ident is None:
            self._over = True

    def join(self, timeout_s: float) -> bool:
        """Waits after stop() until the file is finished; returns False after the timeout."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._write()
        except OSError as error:
            _log.warning("recording: cannot write: %s", error.strerror)
            self._end(RecordingState.FAILED)
        else:
            self._end(RecordingState.STOPPED)

    def _end(self, state: RecordingState) -> None:
        with self._over_lock:
            if self._over:
                return
            self._over = True
        self._on_state(state)

    def _write(self) -> None:
        file = create_recording_file(self.path, self._key)
        try:
            self._on_state(RecordingState.STARTED)
            is_last = False
            while not is_last and not self._over:
                is_last = self._stopping.wait(_DRAIN_S)
                samples = self._drain()
                if self._stream is not None and samples is not None:
                    pieces = self._stream.append(samples)
                    if pieces:
                        file.write(pieces)
            if self._over:
                # The disk hung and has only now resumed: the end of the call is missing.
                file.abandon()
                return
            if self._stream is not None:
                file.write(self._stream.finish())
            file.finish()
        except OSError:
            file.abandon()
            raise

    def _drain(self) -> Samples | None:
        """All queued audio, of the shape (time, party); None if there is none."""
        parts: list[Samples] = []
        while self._entries:
            entry = self._entries.popleft()
            match entry:
                case RecordingState():
                    self._note(entry)
                case int():
                    parts.append(self._silence(entry))
                case (far, near):
                    parts.append(self._both(far, near))
        return np.concatenate(parts) if parts else None

    def _note(self, state: RecordingState) -> None:
        pausing = state is RecordingState.PAUSED
        if pausing == self._is_paused:
            return
        self._is_paused = pausing
        self._mark = _pause_mark(50 * self._frame if pausing else 0)
        self._on_state(state)

    def _both(self, far: Samples, near: Samples) -> Samples:
        if self._stream is None:
            # The first frame determines the sample rate of the file.
            self._frame = far.size
            self._stream = FlacStream(50 * self._frame, _SIDES)
        if self._is_paused:
            return self._silence(1)
        sides = self._far_rate.fit(far, self._frame), self._near_rate.fit(near, self._frame)
        return np.stack(sides, axis=1)

    def _silence(self, frames: int) -> Samples:
        quiet = np.zeros((frames * self._frame, _SIDES), dtype=np.int16)
        mark = self._mark[: len(quiet)]
        self._mark = self._mark[len(mark) :]
        quiet[: len(mark)] = mark[:, np.newaxis]
        return quiet


def _pause_mark(rate_hz: int) -> Samples:
    time_s = np.arange(int(_MARK_S * rate_hz)) / max(1, rate_hz)
    return to_samples(_MARK_PEAK * np.sin(2 * np.pi * _MARK_HZ * time_s))
