"""Makes the speech of the lessons anew, with espeak-ng: ``python -m console.training speech``.

No person was recorded. What comes out is telephone speech: 8 kHz, one channel, 200 to 3400 Hz,
active level -20 dBFS, no silence at its ends.
"""

import subprocess
import tempfile
import wave
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from console.training.lessons import Lesson, SpokenLine, Voice
from telephony.speech_file import RATE_HZ, write_speech

Signal = npt.NDArray[np.float64]

LOWEST_HZ, HIGHEST_HZ = 200.0, 3400.0
LEVEL_DBFS = -20.0
LIMIT = 10 ** (-1.5 / 20)
FRAME_S = 0.02
ACTIVE_DB = 35.0  # below the loudest frame is silence
FADE_IN_S, FADE_OUT_S = 0.02, 0.06
BEFORE_S, AFTER_S = 0.05, 0.15


def make_speech(lessons: Iterable[Lesson]) -> Iterator[Path]:
    """Write the file of every line whose lesson has a voice, and name it."""
    for lesson in lessons:
        for line in lesson.lines:
            if lesson.voice is not None:
                write_speech(line.file, as_telephone(_spoken(line, lesson.voice)))
                yield line.file


def _spoken(line: SpokenLine, voice: Voice) -> Signal:
    """The line as espeak-ng says it, in samples of 8 kHz up to 1."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "line.wav"
        subprocess.run(
            ["espeak-ng", "-v", voice.name, "-p", str(voice.pitch),
             "-s", str(voice.words_per_minute), "-w", str(file), line.spoken or line.text],
            check=True,
        )  # fmt: skip
        with wave.open(str(file), "rb") as sound:
            rate_hz = sound.getframerate()
            samples = np.frombuffer(sound.readframes(sound.getnframes()), dtype="<i2")
    return _on_the_line(samples.astype(np.float64) / 32768, rate_hz)


def _on_the_line(signal: Signal, rate_hz: int) -> Signal:
    """The signal of 8 kHz with what a telephone carries of it."""
    spectrum = np.fft.rfft(signal)
    hertz = np.fft.rfftfreq(signal.size, 1 / rate_hz)
    spectrum[(hertz < LOWEST_HZ) | (hertz > HIGHEST_HZ)] = 0
    size = round(signal.size * RATE_HZ / rate_hz)
    return np.fft.irfft(spectrum[: size // 2 + 1], size) * (size / signal.size)


def as_telephone(signal: Signal) -> npt.NDArray[np.int16]:
    """Trimmed, levelled, its peaks rounded off and its ends faded, as samples of 16 bits."""
    frame = round(FRAME_S * RATE_HZ)
    whole = signal.size // frame * frame
    energy = (signal[:whole].reshape(-1, frame) ** 2).mean(axis=1)
    active = energy > energy.max() * 10 ** (-ACTIVE_DB / 10)
    first, last = np.flatnonzero(active)[[0, -1]]
    spoken = signal[first * frame : (last + 1) * frame]
    spoken = spoken * (10 ** (LEVEL_DBFS / 20) / np.sqrt(energy[active].mean()))
    spoken = LIMIT * np.tanh(spoken / LIMIT)
    fade_in, fade_out = round(FADE_IN_S * RATE_HZ), round(FADE_OUT_S * RATE_HZ)
    spoken[:fade_in] *= np.linspace(0, 1, fade_in)
    spoken[-fade_out:] *= np.linspace(1, 0, fade_out)
    before, after = np.zeros(round(BEFORE_S * RATE_HZ)), np.zeros(round(AFTER_S * RATE_HZ))
    return np.round(np.concatenate((before, spoken, after)) * 32767).astype(np.int16)
