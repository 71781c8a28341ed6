"""A device without sound: the microphone is silent and nothing is heard."""

from __future__ import annotations

from telephony.media.devices.device import DeviceStatus
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, frame_samples, silence


class NullDevice:
    """For headless use; see AudioDevice."""

    def __init__(self) -> None:
        self._silence = _frame(TELEPHONE_RATE_HZ)

    def open(self, rate_hz: int) -> None:
        """Only the size of a frame is remembered."""
        self._silence = _frame(rate_hz)

    def close(self) -> None:
        """Nothing to close."""

    def read_frame(self) -> Samples:
        """Silence, always the same frame."""
        return self._silence

    def write_frame(self, samples: Samples) -> None:
        """Let the frame go."""

    def play_ring(self, ringing: bool) -> None:
        """Nobody is there to hear it."""

    def status(self) -> DeviceStatus:
        """Always working."""
        return DeviceStatus()


def _frame(rate_hz: int) -> Samples:
    """A silent frame that nobody can change."""
    frame = silence(frame_samples(rate_hz))
    frame.setflags(write=False)
    return frame
