"""Protocol and status of audio devices, and the loopback and null devices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, frame_samples, silence


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """State of an audio device: whether microphone, earpiece and ringer work.

    False means that the hardware of a direction is missing; the device continues to search for it.
    ``is_fallback`` means that a configured device is missing and the system's default replaces it.
    ``echo_cancellation_works`` is False only if it was requested and the system has none.
    ``ringer_works`` is False while a ring tone was started and cannot be played.
    """

    input_works: bool = True
    output_works: bool = True
    is_fallback: bool = False
    echo_cancellation_works: bool = True
    ringer_works: bool = True


@dataclass(frozen=True, slots=True)
class AudioDeviceInfo:
    """A selectable device; ``name`` is stored in AudioSettings, ``description`` is displayed."""

    name: str
    description: str
    is_input: bool
    is_default: bool


class AudioDevice(Protocol):
    """Audio device of calls: a headset, a file or silence. Frames are int16, 20 ms, one channel.

    open(), close() and play_ring() are called on the thread that controls the engine. read_frame()
    and write_frame() are called on the media thread and never block or raise: without hardware,
    before open() and after close() they use silence.
    """

    def open(self, rate_hz: int) -> None:
        """Starts both directions; raises DeviceError if that can never work.

        A second call does nothing. Afterwards frames have ``frame_samples(rate_hz)`` samples, at 8
        or 16 kHz. A device with a single rate may use that rate: the reader uses the size of the
        frame that it gets, and writes frames of the same size.
        """

    def close(self) -> None:
        """Stops recording and playing; the ring tone continues."""

    def read_frame(self) -> Samples:
        """Returns the next 20 ms of the microphone."""

    def write_frame(self, samples: Samples) -> None:
        """Plays 20 ms."""

    def play_ring(self, ringing: bool) -> None:
        """Starts or stops the ring tone on the ringer, which may be another device."""

    def status(self) -> DeviceStatus:
        """Returns the current status. Thread-safe."""


class LoopBackDevice:
    """Records the audio that a call plays, one frame later; see AudioDevice.

    For one call: its session reads and writes alternately on the media thread.
    """

    def __init__(self) -> None:
        self._frame = silence(frame_samples(TELEPHONE_RATE_HZ))

    def open(self, rate_hz: int) -> None:
        """Sets the frame size."""
        self._frame = silence(frame_samples(rate_hz))

    def close(self) -> None:
        """Does nothing."""

    def read_frame(self) -> Samples:
        """Returns the frame that was written last."""
        return self._frame

    def write_frame(self, samples: Samples) -> None:
        """Stores the frame for the next read."""
        self._frame = samples

    def play_ring(self, ringing: bool) -> None:
        """Does nothing: loopback calls are answered automatically."""

    def status(self) -> DeviceStatus:
        """Returns a status without faults."""
        return DeviceStatus()


class NullDevice:
    """Silent device for headless use; see AudioDevice."""

    def __init__(self) -> None:
        self._silence = _frame(TELEPHONE_RATE_HZ)

    def open(self, rate_hz: int) -> None:
        """Sets the frame size."""
        self._silence = _frame(rate_hz)

    def close(self) -> None:
        """Does nothing."""

    def read_frame(self) -> Samples:
        """Returns silence, always the same array."""
        return self._silence

    def write_frame(self, samples: Samples) -> None:
        """Discards the frame."""

    def play_ring(self, ringing: bool) -> None:
        """Does nothing."""

    def status(self) -> DeviceStatus:
        """Returns a status without faults."""
        return DeviceStatus()


def _frame(rate_hz: int) -> Samples:
    """Returns a silent frame, read-only because all readers share it."""
    frame = silence(frame_samples(rate_hz))
    frame.setflags(write=False)
    return frame
