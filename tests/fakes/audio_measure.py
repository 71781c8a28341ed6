"""The measures of the product, and signals to measure them with."""

from __future__ import annotations

import numpy as np

from telephony.measure import (
    Alignment,
    align_and_correlate,
    sinad_db,
    sinad_windows_db,
    tone,
)
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, to_samples

__all__ = [
    "Alignment",
    "align_and_correlate",
    "sinad_db",
    "sinad_windows_db",
    "speech_like",
    "tone",
]


def speech_like(duration_s: float, *, seed: int = 1, rate_hz: int = TELEPHONE_RATE_HZ) -> Samples:
    """Sound with the statistics of speech that matter here: voiced and noisy syllables, pauses.

    It never repeats, so its place in a recording is unmistakable.
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
