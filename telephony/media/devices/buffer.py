"""Memory-buffer and WAV-file audio devices, frame ring buffer, ring, alarm and waiting tones."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from pathlib import Path

import numpy as np

from telephony.media.devices.device import DeviceStatus
from telephony.media.samples import (
    TELEPHONE_RATE_HZ,
    Samples,
    frame_samples,
    silence,
    to_samples,
)
from telephony.media.wav import WavWriter, read_wav

_FRAME = frame_samples()
_HEARD_LIMIT = 60 * TELEPHONE_RATE_HZ


class _Line:
    """Queue of samples; not thread-safe."""

    def __init__(self) -> None:
        self._parts: deque[Samples] = deque()
        self.size = 0

    def put(self, samples: Samples) -> None:
        if samples.size:
            self._parts.append(samples)
            self.size += samples.size

    def take(self, count: int) -> Samples:
        """Removes and returns the oldest samples, at most ``count``."""
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
    """Audio device for programs that read and write samples; see AudioDevice.

    write() and read() are thread-safe. Samples written before the call is connected are queued. The
    last minute of received audio is stored for read(). The program's samples are sampled at 8 kHz
    in every call.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._unsent = _Line()
        self._heard = _Line()
        self._is_open = False
        self._is_over = False

    def open(self, rate_hz: int) -> None:
        """Starts the device, always at 8 kHz."""
        with self._changed:
            self._is_open = True

    def close(self) -> None:
        """Ends the device. Blocked readers get the remaining samples, then silence."""
        with self._changed:
            self._is_open = False
            self._is_over = True
            self._changed.notify_all()

    def read_frame(self) -> Samples:
        """Returns the next 20 ms that were written, padded with silence."""
        with self._changed:
            frame = self._unsent.take(_FRAME) if self._is_open else silence(0)
        if frame.size == _FRAME:
            return frame
        return np.concatenate((frame, silence(_FRAME - frame.size)))

    def write_frame(self, samples: Samples) -> None:
        """Stores 20 ms for read()."""
        with self._changed:
            if not self._is_open:
                return
            self._heard.put(samples)
            if self._heard.size > _HEARD_LIMIT:
                self._heard.take(self._heard.size - _HEARD_LIMIT)
            self._changed.notify_all()

    def play_ring(self, ringing: bool) -> None:
        """Does nothing: a program does not ring."""

    def status(self) -> DeviceStatus:
        """Returns a status without faults."""
        return DeviceStatus()

    def write(self, samples: Samples) -> None:
        """Queues any number of samples to be sent at the pace of the call."""
        with self._changed:
            self._unsent.put(samples)

    def flush(self) -> None:
        """Discards the written samples that are not sent yet."""
        with self._changed:
            self._unsent.clear()

    @property
    def unsent(self) -> int:
        """Number of written samples that are not sent yet."""
        with self._changed:
            return self._unsent.size

    def read(self, count: int, timeout_s: float | None) -> Samples:
        """Returns exactly ``count`` received samples, oldest first.

        Blocks until the timeout (None: until the end of the call); missing samples are replaced by
        silence.
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


_JOIN_TIMEOUT_S = 5.0


class FileDevice:
    """WAV-file device for tests and headless use; see AudioDevice.

    Both files start with the call: open() starts the input from its beginning and overwrites the
    output, at the rate of open(). The input is sampled at 8 or 16 kHz, one channel, 16 bits. It is
    played in a loop, or once and followed by silence.
    """

    def __init__(
        self, input_file: str | None, output_file: str | None, *, loop: bool = True
    ) -> None:
        self._input_path = None if input_file is None else Path(input_file)
        self._output_path = None if output_file is None else Path(output_file)
        self._loop = loop
        self._frame = frame_samples(TELEPHONE_RATE_HZ)
        self._input = silence(0)
        self._position = 0
        self._heard: queue.SimpleQueue[Samples | None] = queue.SimpleQueue()
        self._writer: threading.Thread | None = None
        self._is_open = False
        self._output_works = True

    def open(self, rate_hz: int) -> None:
        """Reads the complete input and starts the thread that writes the output."""
        if self._is_open:
            return
        path = self._input_path
        self._input = silence(0) if path is None else read_wav(path, rate_hz)
        self._frame = frame_samples(rate_hz)
        self._position = 0
        if self._output_path is not None:
            file = WavWriter(self._output_path, rate_hz)
            self._heard = queue.SimpleQueue()
            self._output_works = True
            self._writer = threading.Thread(
                target=self._write, args=(file, self._heard), name="file-device", daemon=True
            )
            self._writer.start()
        self._is_open = True

    def close(self) -> None:
        """Finishes the output; the file is complete on return."""
        if not self._is_open:
            return
        self._is_open = False
        if self._writer is not None:
            self._heard.put(None)
            self._writer.join(_JOIN_TIMEOUT_S)
            self._writer = None

    def read_frame(self) -> Samples:
        """Returns the next 20 ms of the input file."""
        size = self._input.size
        frame = self._frame
        if not self._is_open or size == 0 or (self._position >= size and not self._loop):
            return silence(frame)
        if self._loop:
            places = np.arange(self._position, self._position + frame) % size
            self._position = (self._position + frame) % size
            return self._input[places]
        part = self._input[self._position : self._position + frame]
        self._position += frame
        return np.concatenate((part, silence(frame - part.size)))

    def write_frame(self, samples: Samples) -> None:
        """Passes 20 ms to the writing thread."""
        if self._is_open and self._output_path is not None:
            self._heard.put(samples)

    def play_ring(self, ringing: bool) -> None:
        """Does nothing: a file does not ring."""

    def status(self) -> DeviceStatus:
        """Returns the status; the output fails if the file cannot be written."""
        return DeviceStatus(output_works=self._output_works)

    def _write(self, file: WavWriter, heard: queue.SimpleQueue[Samples | None]) -> None:
        with file:
            while (samples := heard.get()) is not None:
                if not self._output_works:
                    continue
                try:
                    file.append(samples)
                except OSError:
                    # The disk is full or unavailable: the call continues, status() reports it.
                    self._output_works = False


class FrameRing:
    """Short queue without blocking, filled by one thread and emptied by another one.

    take() returns None until ``prefill`` frames are queued, and again after the queue was empty,
    which hides small irregularities of either thread. Above ``capacity`` the oldest frames are
    dropped, down to ``prefill``: the delay caused by a stalled device must not last for the rest of
    the call.
    """

    def __init__(self, *, prefill: int, capacity: int) -> None:
        self._frames: deque[Samples] = deque()
        self._prefill = prefill
        self._capacity = capacity
        self._filling = True
        self._arrival = threading.Event()
        self.dropped = 0
        self.ran_dry = 0

    def put(self, frame: Samples) -> None:
        """Appends a frame; drops the oldest frames if the taking thread is too slow."""
        self._frames.append(frame)
        if len(self._frames) > self._capacity:
            while len(self._frames) > self._prefill:
                try:
                    self._frames.popleft()
                except IndexError:
                    # The taking thread has emptied the queue.
                    break
                self.dropped += 1
        self._arrival.set()

    def take(self) -> Samples | None:
        """Returns the oldest frame; None while the queue is empty or filling."""
        if self._filling:
            if len(self._frames) < self._prefill:
                return None
            self._filling = False
        try:
            return self._frames.popleft()
        except IndexError:
            self._filling = True
            self.ran_dry += 1
            return None

    def wait(self, timeout_s: float) -> bool:
        """Blocks until a frame has been put since the previous wait(); returns False on timeout.
        For the device's thread only.
        """
        arrived = self._arrival.wait(timeout_s)
        self._arrival.clear()
        return arrived

    def clear(self) -> None:
        """Discards the content, for example after the loss of the device."""
        self._frames.clear()
        self._filling = True


_LOW_HZ = 784.0
_HIGH_HZ = 988.0
_TRILL_S = 0.08
_RINGING_S = 1.2
_CYCLE_S = 4.0
_EDGE_S = 0.01
_AMPLITUDE = 8000.0
_ALARM_HZ = 620.0
_ALARM_BEEP_S = 0.25
_ALARM_CYCLE_S = 0.4
_REMINDER_HZ = (523.0, 659.0)
_REMINDER_NOTE_S = 0.22
_REMINDER_AMPLITUDE = 3000.0
_WAITING_HZ = 425.0
_WAITING_S = 0.2
_SOFT_AMPLITUDE = 1500.0


def ring_cycle(sample_rate_hz: int = TELEPHONE_RATE_HZ) -> Samples:
    """Returns one cycle of a two-tone trill and its pause, 4 s in total."""
    time_s = np.arange(int(sample_rate_hz * _CYCLE_S)) / sample_rate_hz
    pitch_hz = np.where((time_s / _TRILL_S).astype(int) % 2 == 0, _LOW_HZ, _HIGH_HZ)
    # Summing the pitch preserves the phase at a change of the tone.
    phase = 2 * np.pi * np.cumsum(pitch_hz) / sample_rate_hz
    edges = np.minimum(time_s / _EDGE_S, (_RINGING_S - time_s) / _EDGE_S)
    return to_samples(_AMPLITUDE * np.clip(edges, 0.0, 1.0) * np.sin(phase))


def alarm_cycle(sample_rate_hz: int = TELEPHONE_RATE_HZ) -> Samples:
    """Returns one cycle of the alarm: a beep of a single pitch and its pause, which cannot be
    mistaken for a ring.
    """
    time_s = np.arange(int(sample_rate_hz * _ALARM_CYCLE_S)) / sample_rate_hz
    edges = np.minimum(time_s / _EDGE_S, (_ALARM_BEEP_S - time_s) / _EDGE_S)
    return to_samples(
        _AMPLITUDE * np.clip(edges, 0.0, 1.0) * np.sin(2 * np.pi * _ALARM_HZ * time_s)
    )


def reminder_cycle(sample_rate_hz: int = TELEPHONE_RATE_HZ) -> Samples:
    """Returns one cycle of the reminder: two soft notes, the second one higher, and a pause as long
    as after a ring.
    """
    time_s = np.arange(int(sample_rate_hz * _CYCLE_S)) / sample_rate_hz
    low_hz, high_hz = _REMINDER_HZ
    pitch_hz = np.where(time_s < _REMINDER_NOTE_S, low_hz, high_hz)
    in_note_s = time_s % _REMINDER_NOTE_S
    edges = np.minimum(in_note_s / _EDGE_S, (_REMINDER_NOTE_S - in_note_s) / _EDGE_S)
    edges[time_s >= 2 * _REMINDER_NOTE_S] = 0.0
    phase = 2 * np.pi * np.cumsum(pitch_hz) / sample_rate_hz
    return to_samples(_REMINDER_AMPLITUDE * np.clip(edges, 0.0, 1.0) * np.sin(phase))


def waiting_tone(sample_rate_hz: int = TELEPHONE_RATE_HZ) -> Samples:
    """Returns one soft beep that reports another call to an operator in a call."""
    time_s = np.arange(int(sample_rate_hz * _WAITING_S)) / sample_rate_hz
    edges = np.minimum(time_s / _EDGE_S, (_WAITING_S - time_s) / _EDGE_S)
    wave = np.sin(2 * np.pi * _WAITING_HZ * time_s)
    return to_samples(_SOFT_AMPLITUDE * np.clip(edges, 0.0, 1.0) * wave)
