"""A program that records loud noise until it is killed or its disk is full.

Run as ``python -m tests.fakes.recording_child FILE [KEY [LIMIT_BYTES]]``; "" is no key. It writes
each state of the recording, and "going on" for every 50 frames after a failure.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import numpy as np

from telephony.events import RecordingState
from telephony.media.recording import CallRecorder


def say(line: str) -> None:
    """Prints one line for the test."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(path: str, key: str = "", limit_bytes: str = "") -> None:
    """Records endlessly at the pace of a call, until killed."""
    if limit_bytes:
        # A disk that accepts this number of bytes per file: EFBIG simulates ENOSPC.
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit_bytes), int(limit_bytes)))
    states: list[RecordingState] = []

    def tell(state: RecordingState) -> None:
        states.append(state)
        say(state.value)

    recorder = CallRecorder(Path(path), bytes.fromhex(key) or None, tell)
    recorder.attach()
    chance = np.random.default_rng(7)
    frames = 0
    next_s = time.monotonic()
    while True:
        far, near = chance.integers(-5000, 5000, (2, 160), dtype=np.int16)
        recorder.put(far, near)
        frames += 1
        if frames % 50 == 0:
            say("going on" if RecordingState.FAILED in states else f"second {frames // 50}")
        next_s += 0.02
        time.sleep(max(0.0, next_s - time.monotonic()))


if __name__ == "__main__":
    main(*sys.argv[1:])
