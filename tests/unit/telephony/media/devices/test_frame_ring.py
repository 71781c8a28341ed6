"""The queue between the media thread and a sound device."""

from __future__ import annotations

import numpy as np

from telephony.media.devices.buffer import FrameRing
from telephony.media.samples import Samples


def frame(value: int) -> Samples:
    return np.full(160, value, dtype=np.int16)


def drained(ring: FrameRing) -> list[int]:
    taken = []
    while (each := ring.take()) is not None:
        taken.append(int(each[0]))
    return taken


def test_nothing_comes_before_the_prefill_and_after_running_dry() -> None:
    ring = FrameRing(prefill=2, capacity=6)
    ring.put(frame(1))
    assert drained(ring) == []
    ring.put(frame(2))
    assert drained(ring) == [1, 2]
    ring.put(frame(3))
    assert drained(ring) == []
    assert ring.ran_dry == 1


def test_a_taker_that_stalled_finds_only_the_newest_frames() -> None:
    ring = FrameRing(prefill=2, capacity=6)
    for value in range(7):
        ring.put(frame(value))
    assert drained(ring) == [5, 6]
    assert ring.dropped == 5


def test_clearing_starts_the_prefill_again() -> None:
    ring = FrameRing(prefill=1, capacity=3)
    ring.put(frame(1))
    assert drained(ring) == [1]
    ring.put(frame(2))
    ring.clear()
    assert ring.take() is None


def test_waiting_ends_with_the_next_frame() -> None:
    ring = FrameRing(prefill=1, capacity=3)
    assert not ring.wait(0.01)
    ring.put(frame(1))
    assert ring.wait(5.0)
    assert not ring.wait(0.01)
