"""Audio quality measures of the product, and test signals for them."""

from __future__ import annotations

import numpy as np

from telephony.measure import (
    Alignment,
    align_and_correlate,
    piece_correlations,
    sinad_db,
    sinad_windows_db,
    tone,
)
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, to_samples

__all__ = [
    "Alignment",
    "align_and_correlate",
    "piece_correlations",
    "segmental_snr_db",
    "sinad_db",
    "sinad_windows_db",
    "speech_like",
    "tone",
]


def segmental_snr_db(
    sent: Samples, heard: Samples, rate_hz: int = TELEPHONE_RATE_HZ, piece_s: float = 0.5
) -> float:
    """Returns the median signal-to-noise ratio in dB of the received speech over frames of 20 ms.

    Noise is the difference to the sent speech. Each piece is aligned with the sent speech
    separately, so a change of the delay between pieces does not count as noise. Frames more than 40
    dB below the loudest frame are ignored.
    """
    size, frame = round(piece_s * rate_hz), rate_hz // 50
    originals, errors = [], []
    for start in range(0, heard.size - size + 1, size):
        piece = heard[start : start + size]
        lag = -round(align_and_correlate(sent, piece, rate_hz).delay_s * rate_hz)
        if not piece.any() or lag < 0 or lag + size > sent.size:
            continue
        original = sent[lag : lag + size].astype(np.float64).reshape(-1, frame)
        difference = piece.reshape(-1, frame) - original
        originals.append(np.sum(original**2, axis=1))
        errors.append(np.sum(difference**2, axis=1))
    energies = np.concatenate(originals)
    loud = energies > energies.max() / 1e4
    return float(
        np.median(10 * np.log10(energies[loud] / np.maximum(np.concatenate(errors)[loud], 1.0)))
    )


def speech_like(duration_s: float, *, seed: int = 1, rate_hz: int = TELEPHONE_RATE_HZ) -> Samples:
    """Returns sound with the relevant statistics of speech: voiced and noisy syllables, pauses.

    It never repeats, so each position in a recording is unambiguous.
    """
    chance = np.random.default_rng(seed)
    parts: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []
    length = 0
    while length < duration_s * rate_hz:
        count = int(chance.uniform(0.08, 0.25) * rate_hz)
        time_s = np.arange(count) / rate_hz
        envelope = np.sin(np.pi * np.arange(count) / count) ** 0.7
        kind = chance.choice(["voiced", "noise", "pause"], p=[0.65, 0.2, 0.15])
        if kind == "voiced":
            pitch_hz = chance.uniform(90, 220) * (1 + chance.uniform(-0.2, 0.2) * time_s)
            phase = 2 * np.pi * np.cumsum(pitch_hz) / rate_hz
            weights = chance.uniform(0.1, 1.0, 12) / np.arange(1, 13)
            wave = sum(
                (w * np.sin(n * phase) for n, w in enumerate(weights, start=1)), np.zeros(count)
            )
        elif kind == "noise":
            wave = 0.25 * chance.standard_normal(count)
        else:
            wave = np.zeros(count)
        parts.append(envelope * wave)
        length += count
    values = np.concatenate(parts)[: int(duration_s * rate_hz)]
    return to_samples(values / np.abs(values).max() * 12000)
