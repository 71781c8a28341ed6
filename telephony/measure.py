"""Measures test audio: SINAD of tones; delay, correlation, SNR and spectral distance of speech."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, to_samples

_SEARCH_SHARE = 0.002
_SEARCH_STEPS = 40
_GOLDEN = (5**0.5 - 1) / 2

_SEGMENT_S = 0.020
_SEGMENT_LIMITS_DB = (-10.0, 35.0)
_SPECTRUM_S = 0.032
_PAUSE_SHARE = 1e-4

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Position and quality of the sent audio within the received audio.

    ``delay_s`` is the delay of the received audio, negative if it is ahead. ``correlation`` is 1.0
    for the same waveform at any volume. ``level_db`` is the received level relative to the sent
    one.
    """

    delay_s: float
    correlation: float
    level_db: float


def tone(
    tone_hz: float, level_dbfs: float, duration_s: float, rate_hz: int = TELEPHONE_RATE_HZ
) -> Samples:
    """Generates a sine; ``level_dbfs`` as in AES17, where a full-scale sine has 0 dBFS."""
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    amplitude = 32767 * 10 ** (level_dbfs / 20)
    return to_samples(amplitude * np.sin(2 * np.pi * tone_hz * time_s))


def sinad_db(samples: npt.ArrayLike, rate_hz: int, tone_hz: float) -> float:
    """Returns the signal to noise and distortion ratio of a tone (ITU-T O.41, unweighted), in dB.

    The exact frequency is searched within 0.2 %, because a difference between two sound clocks is
    not noise. Everything else counts as noise, including a constant offset. The result is negative
    if the tone has less than half of the energy, and NaN for fewer than two periods of the tone.
    """
    values = np.asarray(samples, dtype=np.float64)
    if values.size * tone_hz < 2 * rate_hz:
        return float("nan")
    total = float(np.dot(values, values))
    if total == 0.0:
        return float("-inf")
    rest = _least_rest(values, rate_hz, tone_hz)
    # Below this limit there is only rounding noise.
    rest = max(rest, total * 1e-14)
    signal = max(total - rest, total * 1e-14)
    return float(10 * np.log10(signal / rest))


def sinad_windows_db(
    samples: npt.ArrayLike, rate_hz: int, tone_hz: float, window_s: float = 0.5
) -> Floats:
    """Returns the SINAD of each complete window, in order."""
    values = np.asarray(samples, dtype=np.float64)
    size = round(window_s * rate_hz)
    return np.array(
        [
            sinad_db(values[start : start + size], rate_hz, tone_hz)
            for start in range(0, values.size - size + 1, size)
        ]
    )


def segment_snrs_db(
    sent: npt.ArrayLike, heard: npt.ArrayLike, rate_hz: int = TELEPHONE_RATE_HZ
) -> Floats:
    """Returns the signal-to-difference ratio of each 20 ms of two aligned recordings, limited to
    the range from -10 to 35 dB.

    The value is NaN for a pause in the sent audio: a frame more than 40 dB below the loudest one.
    """
    reference, observed = _frames(sent, rate_hz), _frames(heard, rate_hz)
    count = min(len(reference), len(observed))
    reference, observed = reference[:count], observed[:count]
    power = np.mean(reference**2, axis=1)
    difference = np.mean((reference - observed) ** 2, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios_db = np.clip(10 * np.log10(power / difference), *_SEGMENT_LIMITS_DB)
    return np.where(_is_speech(power), ratios_db, np.nan)


def log_spectral_distance_db(
    sent: npt.ArrayLike, heard: npt.ArrayLike, rate_hz: int = TELEPHONE_RATE_HZ
) -> Floats:
    """Returns the log spectral distance of each 20 ms of two aligned recordings, in dB.

    Root mean square over the frequencies of 32 ms around the frame; NaN if the sent audio is a
    pause. Components 60 dB below the loudest frequency of the frame are ignored.
    """
    size = round(rate_hz * _SPECTRUM_S)
    frame = round(rate_hz * _SEGMENT_S)
    spectra = []
    for recording in (sent, heard):
        values = np.asarray(recording, dtype=np.float64)
        padded = np.pad(values, (size - frame) // 2 + 1)
        count = values.size // frame
        starts = np.arange(count) * frame
        windows = padded[starts[:, None] + np.arange(size)[None, :]] * np.hanning(size)
        spectra.append(np.abs(np.fft.rfft(windows, axis=1)) ** 2)
    count = min(len(spectra[0]), len(spectra[1]))
    reference, observed = spectra[0][:count], spectra[1][:count]
    floor = reference.max(axis=1, keepdims=True) * 1e-6 + 1.0
    distances = 10 * np.log10((reference + floor) / (observed + floor))
    power = np.mean(_frames(sent, rate_hz)[:count] ** 2, axis=1)
    return np.where(_is_speech(power), np.sqrt(np.mean(distances**2, axis=1)), np.nan)


def align_and_correlate(
    sent: npt.ArrayLike, heard: npt.ArrayLike, rate_hz: int = TELEPHONE_RATE_HZ
) -> Alignment:
    """Locates the sent audio in the received audio and compares their overlap.

    Correlation is 0.0 if either is silent.
    """
    reference = np.asarray(sent, dtype=np.float64)
    observed = np.asarray(heard, dtype=np.float64)
    if not reference.any() or not observed.any():
        return Alignment(0.0, 0.0, -float("inf") if reference.any() else 0.0)
    lag = _best_lag(reference, observed)
    first = max(0, lag)
    last = min(observed.size, lag + reference.size)
    part = observed[first:last]
    original = reference[first - lag : last - lag]
    energies = float(np.dot(part, part)), float(np.dot(original, original))
    if min(energies) == 0.0:
        return Alignment(lag / rate_hz, 0.0, -float("inf"))
    return Alignment(
        delay_s=lag / rate_hz,
        correlation=float(np.dot(part, original)) / (energies[0] * energies[1]) ** 0.5,
        level_db=float(10 * np.log10(energies[0] / energies[1])),
    )


def piece_correlations(
    sent: Samples, heard: Samples, rate_hz: int = TELEPHONE_RATE_HZ, piece_s: float = 0.25
) -> Floats:
    """Returns the correlation of each piece of the sent audio with the received audio, 1.0 for
    identical.

    Each piece is searched within 0.1 s of its expected position, so a change of the delay affects
    only the piece in which it occurs. Silent pieces are left out.
    """
    size, reach = round(piece_s * rate_hz), round(0.1 * rate_hz)
    delay = round(align_and_correlate(sent, heard, rate_hz).delay_s * rate_hz)
    padded = np.pad(heard.astype(np.float64), (2 * sent.size, 2 * sent.size))
    found = []
    for start in range(0, sent.size - size + 1, size):
        piece = sent[start : start + size].astype(np.float64)
        if np.abs(piece).max() <= 1000:
            continue
        first = 2 * sent.size + start + delay - reach
        searched = padded[first : first + size + 2 * reach]
        sums = np.concatenate(([0.0], np.cumsum(searched**2)))
        energies = (sums[size:] - sums[:-size]) * float(piece @ piece)
        found.append(np.max(np.correlate(searched, piece, "valid") / np.sqrt(energies + 1.0)))
    return np.array(found)


def _frames(samples: npt.ArrayLike, rate_hz: int) -> Floats:
    values = np.asarray(samples, dtype=np.float64)
    frame = round(rate_hz * _SEGMENT_S)
    return values[: values.size // frame * frame].reshape(-1, frame)


def _is_speech(power: Floats) -> npt.NDArray[np.bool_]:
    return power > max(1.0, float(power.max(initial=0.0)) * _PAUSE_SHARE)


def _best_lag(reference: Floats, observed: Floats) -> int:
    size = 1 << (reference.size + observed.size - 2).bit_length()
    spectrum = np.fft.rfft(observed, size) * np.conj(np.fft.rfft(reference, size))
    products = np.fft.irfft(spectrum, size)
    # Index k of the circular result is lag k, or k - size for large k.
    best = int(np.argmax(products))
    return best if best < observed.size else best - size


def _least_rest(values: Floats, rate_hz: int, tone_hz: float) -> float:
    """Returns the residual energy after removal of the best-fitting tone, found by golden-section
    search.
    """
    low, high = tone_hz * (1 - _SEARCH_SHARE), tone_hz * (1 + _SEARCH_SHARE)
    left = high - _GOLDEN * (high - low)
    right = low + _GOLDEN * (high - low)
    rest_left, rest_right = (_rest(values, rate_hz, each) for each in (left, right))
    for _ in range(_SEARCH_STEPS):
        if rest_left < rest_right:
            high, right, rest_right = right, left, rest_left
            left = high - _GOLDEN * (high - low)
            rest_left = _rest(values, rate_hz, left)
        else:
            low, left, rest_left = left, right, rest_right
            right = low + _GOLDEN * (high - low)
            rest_right = _rest(values, rate_hz, right)
    return min(rest_left, rest_right, _rest(values, rate_hz, tone_hz))


def _rest(values: Floats, rate_hz: int, tone_hz: float) -> float:
    angle = 2 * np.pi * tone_hz * np.arange(values.size) / rate_hz
    basis = np.stack((np.cos(angle), np.sin(angle)), axis=1)
    solution = np.linalg.solve(basis.T @ basis, basis.T @ values)
    rest = values - basis @ solution
    return float(np.dot(rest, rest))
