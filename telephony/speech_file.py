"""Reads and writes short speech files: WAV, or Ogg Opus for small files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

RATE_HZ = 8000
# Compression on libsndfile's scale from 0 to 1: about 20 kbit/s, enough for telephone speech.
_SMALL = 0.93


Speech = npt.NDArray[np.int16]


class SpeechUnreadable(Exception):
    """The file is not readable as speech of 8 kHz and one channel; the reason is a code."""


def read_speech(file: Path) -> Speech:
    """Returns samples of 8 kHz, one channel. Raises SpeechUnreadable."""
    try:
        samples, rate_hz = soundfile.read(file, dtype="int16")
    except (OSError, soundfile.SoundFileError) as error:
        raise SpeechUnreadable("unreadable") from error
    if rate_hz != RATE_HZ or samples.ndim != 1:
        raise SpeechUnreadable("other_format")
    return np.asarray(samples, dtype=np.int16)


def write_speech(file: Path, speech: Speech) -> None:
    """Writes Ogg Opus of about 2.5 kB per second."""
    soundfile.write(file, speech, RATE_HZ, format="OGG", subtype="OPUS", compression_level=_SMALL)
