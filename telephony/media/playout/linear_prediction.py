"""Linear prediction: each sample as a weighted sum of those before it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_LEAST_ENERGY = 1e-9


def fit(parts: Sequence[Floats], order: int) -> Floats:
    """Reflection coefficients that predict all the parts best (Burg's method).

    No more of them than the shortest part allows; every one is within -1 to 1, so that what they
    predict does not grow.
    """
    forward = [part.astype(np.float64) for part in parts]
    backward = list(forward)
    order = min(order, *(part.size - 1 for part in parts))
    reflections = np.zeros(max(0, order))
    for step in range(order):
        product = 0.0
        energy = _LEAST_ENERGY
        for place in range(len(parts)):
            ahead, behind = forward[place][1:], backward[place][:-1]
            forward[place], backward[place] = ahead, behind
            product += float(behind @ ahead)
            energy += float(ahead @ ahead) + float(behind @ behind)
        reflection = -2 * product / energy
        reflections[step] = reflection
        for place in range(len(parts)):
            ahead, behind = forward[place], backward[place]
            forward[place] = ahead + reflection * behind
            backward[place] = behind + reflection * ahead
    return reflections


def weights_of(reflections: npt.ArrayLike) -> Floats:
    """The weights of the samples before, the newest first (step-up recursion)."""
    polynomial = np.ones(1)
    for reflection in np.asarray(reflections, dtype=np.float64):
        longer = np.append(polynomial, 0.0)
        polynomial = longer + reflection * longer[::-1]
    return np.asarray(-polynomial[1:])


def predict(before: Floats, weights: Floats, count: int) -> Floats:
    """So many samples that follow, if nothing new happens; zeros stand for missing past."""
    order = weights.size
    line = np.zeros(order + count)
    known = min(order, before.size)
    if known:
        line[order - known : order] = before[-known:]
    oldest_first = np.ascontiguousarray(weights[::-1])
    for place in range(count):
        line[order + place] = oldest_first @ line[place : place + order]
    return line[order:]
