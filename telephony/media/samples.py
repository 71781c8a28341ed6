"""16-bit mono audio in 20 ms frames: levels, mixing, and resampling between 8 and 16 kHz."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]
"""Linear audio of one channel; a frame has ``frame_samples(rate)`` samples."""

FRAME_MS = 20
TELEPHONE_RATE_HZ = 8000
WIDEBAND_RATE_HZ = 16000
SILENCE_DBFS = -100.0
"""Level of digital silence, chosen so the level is always a finite number."""

_FULL_SCALE_SINE_POWER = 32768.0**2 / 2


def frame_samples(sample_rate_hz: int = TELEPHONE_RATE_HZ) -> int:
    """Returns the number of samples in a frame of 20 ms."""
    return sample_rate_hz * FRAME_MS // 1000


def silence(count: int) -> Samples:
    """Returns ``count`` samples of digital silence."""
    return np.zeros(count, dtype=np.int16)


def to_samples(values: npt.NDArray[np.float64]) -> Samples:
    """Returns the values rounded to 16 bits and clipped at full scale."""
    return np.clip(np.rint(values), -32768, 32767).astype(np.int16)


def level_dbfs(samples: npt.ArrayLike) -> float:
    """Returns the RMS level in dBFS by AES17: a full-scale sine has 0 dBFS."""
    values = np.asarray(samples, dtype=np.float64)
    if values.size == 0:
        return SILENCE_DBFS
    # Not a dot product: from 10,000 values on it would wait for other OpenBLAS threads.
    return power_dbfs(float(np.mean(values * values)))


def power_dbfs(mean_square: float) -> float:
    """Returns the level of a mean square of 16-bit samples, in dBFS by AES17."""
    if mean_square <= 0:
        return SILENCE_DBFS
    return max(SILENCE_DBFS, float(10 * np.log10(mean_square / _FULL_SCALE_SINE_POWER)))


class LevelMeter:
    """Level of the last complete interval, one second by default; used by one thread."""

    def __init__(self, interval_frames: int = 1000 // FRAME_MS) -> None:
        self._interval_frames = interval_frames
        self._frames: list[Samples] = []
        self.level_dbfs = SILENCE_DBFS

    def add(self, samples: Samples) -> None:
        """Adds one frame to the current interval; the array must not be changed afterwards."""
        # Measured once per interval, because each numpy call costs the media thread time.
        self._frames.append(samples)
        if len(self._frames) >= self._interval_frames:
            self.level_dbfs = level_dbfs(np.concatenate(self._frames))
            self._frames.clear()


_LIMIT = 31000.0
# The ramp between two gains is short, to attenuate the loud frame itself, and long enough to avoid
# a click.
_RAMP_SHARE = 16
_RELEASE = 10 ** (0.5 / 20)
"""Maximum gain increase per frame: 0.5 dB in 20 ms."""


class Mixer:
    """Mixes one stream, frame by frame; used by one thread.

    A single voice passes unchanged. A sum above full scale is attenuated as a whole and the gain
    recovers slowly, which preserves the waveform.
    """

    def __init__(self) -> None:
        self._gain = 1.0

    def mix(self, frames: list[Samples], count: int) -> Samples:
        """Returns the sum of frames of ``count`` samples; silence if there are none."""
        if not frames:
            self._gain = 1.0
            return silence(count)
        if len(frames) == 1:
            self._gain = 1.0
            return frames[0]
        total = np.sum(np.stack(frames), axis=0, dtype=np.int32)
        peak = float(np.abs(total).max())
        before = self._gain
        gain = min(1.0, before * _RELEASE, _LIMIT / max(peak, 1.0))
        self._gain = gain
        if gain == before == 1.0:
            return np.asarray(total, dtype=np.int16)
        return to_samples(total * _ramp(before, gain, count))


def _ramp(before: float, after: float, count: int) -> npt.NDArray[np.float64]:
    """Gains of a frame: a fast decrease or an even increase."""
    gains = np.full(count, after)
    length = count // _RAMP_SHARE if after < before else count
    gains[:length] = np.linspace(before, after, length)
    return gains


_SIDE_TAPS = 16
_KAISER_BETA = 7.0

Floats = npt.NDArray[np.float64]


def _odd_taps() -> Floats:
    """Taps at the odd positions -31..31; of the even ones only the middle tap is not zero."""
    places = np.arange(1 - 2 * _SIDE_TAPS, 2 * _SIDE_TAPS, 2)
    window = np.kaiser(4 * _SIDE_TAPS - 1, _KAISER_BETA)[::2]
    taps = np.sinc(places / 2) / 2 * window
    # Their sum is the gain of a constant signal, which must equal the middle tap of 1/2.
    return np.asarray(taps / (2 * taps.sum()))


_TAPS = _odd_taps()


class Doubler:
    """Converts 8 kHz to 16 kHz, frame by frame; one instance per stream, one thread.

    The output is delayed by ``DELAY`` samples of 16 kHz (2 ms).
    """

    DELAY = 2 * _SIDE_TAPS

    def __init__(self) -> None:
        self._past: Floats = np.zeros(2 * _SIDE_TAPS - 1)

    def process(self, samples: Samples) -> Samples:
        """Returns twice as many samples."""
        line: Floats = np.concatenate((self._past, samples.astype(np.float64)))
        self._past = line[samples.size :]
        doubled = np.empty(2 * samples.size)
        doubled[0::2] = line[_SIDE_TAPS - 1 : _SIDE_TAPS - 1 + samples.size]
        doubled[1::2] = np.convolve(line, 2 * _TAPS, mode="valid")
        return to_samples(doubled)


class Halver:
    """Converts 16 kHz to 8 kHz in frames of even size; one instance per stream, one thread.

    The output is delayed by ``DELAY`` samples of 8 kHz (1.9 ms).
    """

    DELAY = _SIDE_TAPS - 1

    def __init__(self) -> None:
        # History required by the filter for both the even and the odd positions.
        self._past: Floats = np.zeros(4 * _SIDE_TAPS - 2)

    def process(self, samples: Samples) -> Samples:
        """Returns half as many samples."""
        line: Floats = np.concatenate((self._past, samples.astype(np.float64)))
        self._past = line[samples.size :]
        middle = line[2 * _SIDE_TAPS : 2 * _SIDE_TAPS + samples.size : 2]
        sides = np.convolve(line[1::2], _TAPS, mode="valid")
        return to_samples(middle / 2 + sides)


def resample(samples: Samples, from_hz: int, to_hz: int) -> Samples:
    """Resamples a complete sound without delay; the rates must be equal or 2 to 1."""
    if from_hz == to_hz:
        return samples
    if to_hz == 2 * from_hz:
        padded = np.concatenate((samples, np.zeros(Doubler.DELAY // 2, dtype=np.int16)))
        return Doubler().process(padded)[Doubler.DELAY :]
    if from_hz == 2 * to_hz:
        tail = 2 * Halver.DELAY + samples.size % 2
        padded = np.concatenate((samples, np.zeros(tail, dtype=np.int16)))
        return Halver().process(padded)[Halver.DELAY :]
    raise ValueError((from_hz, to_hz))


class RateAdapter:
    """Converts frames of 20 ms to the required size; used by one thread.

    A change of sizes within the stream starts a new filter.
    """

    def __init__(self) -> None:
        self._filter: Doubler | Halver | None = None

    def fit(self, frame: Samples, size: int) -> Samples:
        """Returns the frame with ``size`` samples: its own size, twice or half of it."""
        if frame.size == size:
            self._filter = None
            return frame
        wanted = Doubler if size > frame.size else Halver
        if not isinstance(self._filter, wanted):
            self._filter = wanted()
        return self._filter.process(frame)
