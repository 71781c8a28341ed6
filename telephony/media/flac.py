"""Encodes audio as FLAC into pieces of a file: bytes with their file offset.

The file is playable at any time, also after kill -9: each piece of audio is followed by a header
with the new sample count (STREAMINFO, RFC 9639 section 8.2).
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import soundfile

from telephony.media.samples import Samples

# Levels 0 to 2 of libFLAC use blocks of 1152 samples, the others of 4096. An incomplete block is
# not in the file yet.
_COMPRESSION_LEVEL = 2 / 8
_BLOCK_SAMPLES = 1152
_TOTAL_OFFSET = 21
_TOTAL_BYTES = 5
_TOTAL_MASK = (1 << 36) - 1
_FRAME_SYNC = b"\xff\xf8"


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes to write at ``offset`` of the file, replacing earlier bytes there."""

    offset: int
    data: bytes


class FlacStream:
    """Encodes 16-bit audio of several channels; used by one thread."""

    def __init__(self, sample_rate_hz: int, channels: int) -> None:
        self._sink = _Sink()
        self._sound = soundfile.SoundFile(
            self._sink,
            "w",
            samplerate=sample_rate_hz,
            channels=channels,
            format="FLAC",
            subtype="PCM_16",
            compression_level=_COMPRESSION_LEVEL,
        )
        # The upper bits of the field's first byte belong to the sample format.
        self._total_upper = (sample_rate_hz << 44) | ((channels - 1) << 41) | (15 << 36)

    def append(self, samples: Samples) -> list[Piece]:
        """Encodes samples of the shape (time, channels); returns the new pieces, often none."""
        self._sound.write(samples)
        pieces = self._sink.take()
        if pieces:
            pieces.append(self._count())
        return pieces

    def finish(self) -> list[Piece]:
        """Ends the stream; returns the rest of the file."""
        self._sound.close()
        return self._sink.take()

    def _count(self) -> Piece:
        total = self._sink.frames * _BLOCK_SAMPLES
        field = (self._total_upper | (total & _TOTAL_MASK)) & ((1 << 8 * _TOTAL_BYTES) - 1)
        return Piece(_TOTAL_OFFSET, field.to_bytes(_TOTAL_BYTES, "big"))


class _Sink(io.RawIOBase):
    """File object for libsndfile that stores only the pieces written since the last take()."""

    def __init__(self) -> None:
        super().__init__()
        self._position = 0
        self._size = 0
        self._pieces: list[Piece] = []
        self.frames = 0

    def take(self) -> list[Piece]:
        pieces, self._pieces = self._pieces, []
        return pieces

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def write(self, data: object, /) -> int:
        taken = np.frombuffer(data, dtype=np.uint8).tobytes()  # type: ignore[call-overload]
        # libFLAC writes each frame by a separate call.
        self.frames += self._position == self._size and taken.startswith(_FRAME_SYNC)
        self._pieces.append(Piece(self._position, taken))
        self._position += len(taken)
        self._size = max(self._size, self._position)
        return len(taken)
