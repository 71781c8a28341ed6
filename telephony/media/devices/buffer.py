"""A device whose two ends are a program: it writes what is sent and reads what is heard."""

from __future__ import annotations

import threading
import time
from collections import deque

import numpy as np

from telephony.media.devices.device import DeviceStatus
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, frame_samples, silence

_FRAME = frame_samples()
_HEARD_LIMIT = 60 * TELEPHONE_RATE_HZ


class _Line:
    """Samples in order; not guarded against threads."""

    def __init__(self) -> None:
        self._parts: deque[Samples] = deque()
        self.size = 0

    def put(self, samples: Samples) -> None:
        if samples.size:
            self._parts.append(samples)
            self.size += samples.size

    def take(self, count: int) -> Samples:
        """The oldest samples, at most ``count``."""
        taken: list[Samples] = []
        while count and self._parts:
            part = self._parts.popleft()
            taken.append(part[:count])
            if part.size > count:
                self._parts.appendleft(part[count:])
            count -= taken[-1].size
            self.size -= taken[-1].size
        return np.concatenate(taken) if taken else silence(0)

    def clear(self) -> None:
        self._parts.clear()
        self.size = 0


class BufferDevice:
    """Samples from and for a program; see AudioDevice. write() and read() are for any thread.

    What is written before the call is connected waits for it. Of what is heard the last minute
    is kept for read(). The program's samples are of 8 kHz in every call.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._unsent = _Line()
        self._heard = _Line()
        self._is_open = False
        self._is_over = False

    def open(self, rate_hz: int) -> None:
        """Begin to move samples, of 8 kHz whatever the rate."""
        with self._changed:
            self._is_open = True

    def close(self) -> None:
        """End: waiting readers get what there is, and silence after it."""
        with self._changed:
            self._is_open = False
            self._is_over = True
            self._changed.notify_all()

    def read_frame(self) -> Samples:
        """The next 20 ms that were written, filled up with silence."""
        with self._changed:
            frame = self._unsent.take(_FRAME) if self._is_open else silence(0)
        if frame.size == _FRAME:
            return frame
        return np.concatenate((frame, silence(_FRAME - frame.size)))

    def write_frame(self, samples: Samples) -> None:
        """Keep 20 ms for read()."""
        with self._changed:
            if not self._is_open:
                return
            self._heard.put(samples)
            if self._heard.size > _HEARD_LIMIT:
                self._heard.take(self._heard.size - _HEARD_LIMIT)
            self._changed.notify_all()

    def play_ring(self, ringing: bool) -> None:
        """A program does not ring."""

    def status(self) -> DeviceStatus:
        """Always working."""
        return DeviceStatus()

    def write(self, samples: Samples) -> None:
        """Queue any number of samples to be sent at the call's own pace."""
        with self._changed:
            self._unsent.put(samples)

    def flush(self) -> None:
        """Send nothing more of what was written."""
        with self._changed:
            self._unsent.clear()

    @property
    def unsent(self) -> int:
        """How many written samples are still to be sent."""
        with self._changed:
            return self._unsent.size

    def read(self, count: int, timeout_s: float | None) -> Samples:
        """Exactly ``count`` samples of what was heard, oldest first.

        Waits for them until the timeout (None: until the call's end); silence stands for those
        that did not come.
        """
        until_s = None if timeout_s is None else time.monotonic() + timeout_s
        with self._changed:
            while self._heard.size < count and not self._is_over:
                remaining_s = None if until_s is None else until_s - time.monotonic()
                if remaining_s is not None and remaining_s <= 0:
                    break
                self._changed.wait(remaining_s)
            samples = self._heard.take(count)
        if samples.size < count:
            samples = np.concatenate((samples, silence(count - samples.size)))
        return samples
