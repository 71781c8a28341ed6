"""A device that says what it hears."""

from __future__ import annotations

from telephony.media.devices.device import DeviceStatus
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, frame_samples, silence


class LoopBackDevice:
    """What a call plays is what it records, one frame later; see AudioDevice.

    For one call: its session reads and writes on the media thread in turn.
    """

    def __init__(self) -> None:
        self._frame = silence(frame_samples(TELEPHONE_RATE_HZ))

    def open(self, rate_hz: int) -> None:
        """Only the size of a frame is remembered."""
        self._frame = silence(frame_samples(rate_hz))

    def close(self) -> None:
        """Nothing to close."""

    def read_frame(self) -> Samples:
        """What was written last."""
        return self._frame

    def write_frame(self, samples: Samples) -> None:
        """Keep it for the next frame."""
        self._frame = samples

    def play_ring(self, ringing: bool) -> None:
        """It answers by itself."""

    def status(self) -> DeviceStatus:
        """Always working."""
        return DeviceStatus()
