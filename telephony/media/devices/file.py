"""A device made of two WAV files: one is the microphone, the other keeps what is heard."""

from __future__ import annotations

import queue
import threading
from pathlib import Path

import numpy as np

from telephony.media.devices.device import DeviceStatus
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, frame_samples, silence
from telephony.media.wav import WavWriter, read_wav

_JOIN_TIMEOUT_S = 5.0


class FileDevice:
    """For tests and headless use; see AudioDevice.

    Both files begin with the call: open() starts the input at its beginning and makes the output
    anew, at the rate of open(). The input is 8 or 16 kHz, one channel, 16 bit, played in a loop
    or once and then silence.
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
        """Read the input whole and start the thread that writes the output."""
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
        """Finish the output: the file is whole when this returns."""
        if not self._is_open:
            return
        self._is_open = False
        if self._writer is not None:
            self._heard.put(None)
            self._writer.join(_JOIN_TIMEOUT_S)
            self._writer = None

    def read_frame(self) -> Samples:
        """The next 20 ms of the input file."""
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
        """Hand 20 ms to the writing thread."""
        if self._is_open and self._output_path is not None:
            self._heard.put(samples)

    def play_ring(self, ringing: bool) -> None:
        """A file does not ring."""

    def status(self) -> DeviceStatus:
        """Output fails when the disk is full."""
        return DeviceStatus(output_works=self._output_works)

    def _write(self, file: WavWriter, heard: queue.SimpleQueue[Samples | None]) -> None:
        with file:
            while (samples := heard.get()) is not None:
                if not self._output_works:
                    continue
                try:
                    file.append(samples)
                except OSError:
                    # The disk is full or gone: the call goes on, status() tells.
                    self._output_works = False
