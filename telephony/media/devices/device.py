"""Protocol and status of audio devices, and the loopback and null devices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, frame_samples, silence


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """Whether the device's two directions work at this moment.

    False for a direction means that its hardware is away and is being looked for. ``is_fallback``
    tells that the chosen device is missing and the system's default stands in for it.
    ``echo_cancellation_works`` is False only where it was asked for and the system has none.
    ``ringer_works`` is False while a ring tone was begun and cannot be played.
    """

    input_works: bool = True
    output_works: bool = True
    is_fallback: bool = False
    echo_cancellation_works: bool = True
    ringer_works: bool = True


@dataclass(frozen=True, slots=True)
class AudioDeviceInfo:
    """A device to choose from; ``name`` is what AudioSettings hold, ``description`` for people."""

    name: str
    description: str
    is_input: bool
    is_default: bool


class AudioDevice(Protocol):
    """A headset, a file or nothing; frames are int16, 20 ms, one channel.

    open(), close() and play_ring() belong to the thread that controls the engine; read_frame()
    and write_frame() to the media thread, and neither of them ever blocks or raises: without
    hardware, and before open() or after close(), there is silence.
    """

    def open(self, rate_hz: int) -> None:
        """Begin to record and to play; DeviceError when that can never work. Twice is once.

        Frames have ``frame_samples(rate_hz)`` samples from here on, 8 or 16 kHz. A device that
        has one rate only may keep it: whoever reads a frame goes by its size, and writes frames
        of the same size.
        """

    def close(self) -> None:
        """Stop recording and playing; the ring tone goes on."""

    def read_frame(self) -> Samples:
        """The next 20 ms of the microphone."""

    def write_frame(self, samples: Samples) -> None:
        """Play 20 ms."""

    def play_ring(self, ringing: bool) -> None:
        """Begin or stop the ring tone on the ringer, which may be another device."""

    def status(self) -> DeviceStatus:
        """What works at this moment; any thread."""


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
