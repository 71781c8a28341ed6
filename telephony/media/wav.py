"""Reads and writes WAV files, and splits announcements into frames."""

from __future__ import annotations

import io
import struct
import wave
from pathlib import Path

import numpy as np

from telephony.errors import DeviceError
from telephony.media.samples import (
    TELEPHONE_RATE_HZ,
    WIDEBAND_RATE_HZ,
    RateAdapter,
    Samples,
    frame_samples,
    resample,
    silence,
)


class Announcement:
    """Plays samples of 8 kHz frame by frame; the last frame is padded with silence."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples
        self._position = 0
        self._rate = RateAdapter()

    def next_frame(self, size: int) -> Samples | None:
        """Returns 20 ms with ``size`` samples; None after the end."""
        count = frame_samples()
        part = self._samples[self._position : self._position + count]
        self._position += count
        if part.size == 0:
            return None
        if part.size < count:
            part = np.concatenate((part, silence(count - part.size)))
        return self._rate.fit(part, size)


_HEADER_BYTES = 44
_SAMPLE_BYTES = 2
_RATES_HZ = (TELEPHONE_RATE_HZ, WIDEBAND_RATE_HZ)


def read_wav(path: Path, rate_hz: int = TELEPHONE_RATE_HZ) -> Samples:
    """Reads all samples of the file, resampled to 8 or 16 kHz.

    Raises DeviceError with the code "missing", "unreadable" or "format".
    """
    try:
        with wave.open(str(path), "rb") as file:
            file_rate_hz = file.getframerate()
            form = (file.getnchannels(), file.getsampwidth())
            if file_rate_hz not in _RATES_HZ or form != (1, _SAMPLE_BYTES):
                raise DeviceError("file", "format", str(path))
            data = file.readframes(file.getnframes())
    except FileNotFoundError as error:
        raise DeviceError("file", "missing", str(path)) from error
    except OSError as error:
        raise DeviceError("file", "unreadable", str(path)) from error
    except (wave.Error, EOFError) as error:
        raise DeviceError("file", "format", str(path)) from error
    samples = np.frombuffer(data, dtype="<i2").astype(np.int16)
    return resample(samples, file_rate_hz, rate_hz)


def write_wav(path: Path, samples: Samples, rate_hz: int = TELEPHONE_RATE_HZ) -> None:
    """Creates or overwrites the file with these samples."""
    with WavWriter(path, rate_hz) as writer:
        writer.append(samples)


class WavWriter:
    """WAV file that is readable at any time while it grows, also after kill -9.

    Audio is written first and its length afterwards, so the header never exceeds the content.
    """

    def __init__(self, path: Path, rate_hz: int = TELEPHONE_RATE_HZ) -> None:
        """Creates or overwrites the file; raises DeviceError "unwritable" on failure."""
        try:
            self._file = io.FileIO(path, "w")
        except OSError as error:
            raise DeviceError("file", "unwritable", str(path)) from error
        self._rate_hz = rate_hz
        self._data_bytes = 0
        self._file.write(_header(0, rate_hz))

    def __enter__(self) -> WavWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, samples: Samples) -> None:
        """Writes the samples, then the header with their count; raises OSError on a full disk."""
        data = samples.astype("<i2").tobytes()
        self._file.seek(_HEADER_BYTES + self._data_bytes)
        written = self._file.write(data) or 0
        self._data_bytes += written - written % _SAMPLE_BYTES
        self._file.seek(0)
        self._file.write(_header(self._data_bytes, self._rate_hz))

    def close(self) -> None:
        """Closes the file; a second call does nothing."""
        self._file.close()


def _header(data_bytes: int, rate_hz: int) -> bytes:
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF",
        _HEADER_BYTES - 8 + data_bytes,
        b"WAVE",
        b"fmt ",
        16,
        1,
        1,
        rate_hz,
        rate_hz * _SAMPLE_BYTES,
        _SAMPLE_BYTES,
        8 * _SAMPLE_BYTES,
        b"data",
        data_bytes,
    )
