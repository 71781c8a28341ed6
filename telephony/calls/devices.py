"""Creates a separate audio device for each of several parallel calls.

Used by the terminal phone. Each call has its own input position and output file.
"""

from __future__ import annotations

from pathlib import Path

from telephony.errors import OptionError
from telephony.media.devices.buffer import FileDevice
from telephony.media.devices.device import AudioDevice, DeviceStatus, NullDevice
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, frame_samples, silence
from telephony.media.wav import read_wav
from telephony.settings import AudioSettings


class _WaitingInput:
    """Audio device with delayed input: its output starts on ``open``, its input on ``begin``."""

    def __init__(self, device: AudioDevice) -> None:
        self._device = device
        self._began = False
        self._rate_hz = TELEPHONE_RATE_HZ

    def begin(self) -> None:
        """Starts the input from its beginning."""
        self._began = True

    def open(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._device.open(rate_hz)

    def close(self) -> None:
        self._device.close()

    def read_frame(self) -> Samples:
        if self._began:
            return self._device.read_frame()
        return silence(frame_samples(self._rate_hz))

    def write_frame(self, samples: Samples) -> None:
        self._device.write_frame(samples)

    def play_ring(self, ringing: bool) -> None:
        self._device.play_ring(ringing)

    def status(self) -> DeviceStatus:
        return self._device.status()


class CallDevices:
    """Opens a separate device for each call, if the driver supports it.

    Input starts with the answer. If the output file is in use by another call, the next free name
    in the same folder is used: NAME.wav, NAME-2.wav...
    """

    def __init__(self, settings: AudioSettings) -> None:
        self._settings = settings
        self._inputs: dict[str, _WaitingInput] = {}
        self._outputs: dict[str, Path] = {}

    def check(self) -> None:
        """Raises DeviceError or OptionError for unusable files."""
        if self._settings.input_file is not None:
            read_wav(Path(self._settings.input_file))
        if self._settings.output_file is not None:
            path = Path(self._settings.output_file)
            if path.is_dir() or not path.parent.is_dir():
                raise OptionError("--record", "cannot write the file")

    def open(self, call_id: str) -> AudioDevice | None:
        """Opens the device of a new call; None if all calls share the machine's device."""
        match self._settings.driver:
            case "null":
                return NullDevice()
            case "file":
                output = self._free_output()
                if output is not None:
                    self._outputs[call_id] = output
                device = _WaitingInput(
                    FileDevice(
                        self._settings.input_file,
                        None if output is None else str(output),
                        loop=self._settings.loop_input,
                    )
                )
                self._inputs[call_id] = device
                return device
            case "pulse":
                return None

    def answered(self, call_id: str) -> None:
        """Starts the call's input."""
        if call_id in self._inputs:
            self._inputs[call_id].begin()

    def output_file(self, call_id: str) -> str | None:
        """Returns the path of the call's output file; None if there is none."""
        output = self._outputs.get(call_id)
        return None if output is None else str(output)

    def forget(self, call_id: str) -> None:
        """Releases the call's output file name after the end of the call."""
        self._inputs.pop(call_id, None)
        self._outputs.pop(call_id, None)

    def _free_output(self) -> Path | None:
        if self._settings.output_file is None:
            return None
        first = Path(self._settings.output_file)
        path, number = first, 1
        while path in self._outputs.values():
            number += 1
            path = first.with_stem(f"{first.stem}-{number}")
        return path
