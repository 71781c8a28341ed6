"""A device without sound: the microphone is silent and nothing is heard."""

from __future__ import annotations

from telephony.media.devices import DeviceStatus
from telephony.media.samples import Samples, frame_samples, silence


class NullDevice:
    """For headless use; see AudioDevice."""

    def open(self) -> None:
        """Nothing to open."""

    def close(self) -> None:
        """Nothing to close."""

    def read_frame(self) -> Samples:
        """Silence."""
        return silence(frame_samples())

    def write_frame(self, samples: Samples) -> None:
        """Let the frame go."""

    def play_ring(self, ringing: bool) -> None:
        """Nobody is there to hear it."""

    def status(self) -> DeviceStatus:
        """Always working."""
        return DeviceStatus()
