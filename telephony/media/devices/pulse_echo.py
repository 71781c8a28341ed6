"""Echo cancellation by the sound server: its module between the streams and the headset."""

from __future__ import annotations

import os
import re
import secrets
from typing import Any

import pulsectl

from telephony.media.devices.pulse_stream import PulseStream

_MODULE = "module-echo-cancel"
_PREFIX = "edinyi_nomer_echo"
# Only the echo is to go: with its gain control the canceller turns a voice down by 25 dB, and with
# its noise suppression by 10 dB in the first second.
_PULSEAUDIO_OPTIONS = "analog_gain_control=0 digital_gain_control=0 noise_suppression=0"
_PIPEWIRE_OPTIONS = "webrtc.gain_control=false webrtc.noise_suppression=false"
_OWNED = re.compile(rf"{_PREFIX}_(\d+)_")


def is_canceller_name(name: str) -> bool:
    """Whether a device of this name is one of a phone's echo cancellers, and no hardware."""
    return name.startswith(_PREFIX)


class EchoCanceller:
    """Loads the module for the devices in use, and again when those have changed.

    Used by one thread. Two calls of one process, or two phones on one server, do not share it.
    """

    def __init__(self, microphone: PulseStream, earpiece: PulseStream) -> None:
        self.works = True
        self._streams = (microphone, earpiece)
        base = f"{_PREFIX}_{os.getpid()}_{secrets.token_hex(3)}"
        self._names = f"{base}_source", f"{base}_sink"
        self._module: int | None = None
        self._masters: tuple[str, str] | None = None

    def connected(self, pulse: Any) -> None:
        """A connection is there: nothing of ours is loaded yet, but perhaps of the dead."""
        self._module = None
        self._masters = None
        for module in pulse.module_list():
            owner = _OWNED.search(module.argument or "") if module.name == _MODULE else None
            if owner is not None and not _is_alive(int(owner[1])):
                _unload(pulse, module.index)

    def keep(self, pulse: Any) -> None:
        """Have the module in front of the devices that are in use now."""
        masters = self._wanted_masters(pulse)
        if masters == self._masters and self._is_loaded(pulse) == (self._module is not None):
            return
        self.unload(pulse)
        self._masters = masters
        source, sink = self._names
        is_pipewire = "PipeWire" in pulse.server_info().server_name
        options = _PIPEWIRE_OPTIONS if is_pipewire else _PULSEAUDIO_OPTIONS
        try:
            self._module = pulse.module_load(
                _MODULE,
                f"source_name={source} sink_name={sink} source_master={masters[0]} "
                f"sink_master={masters[1]} use_master_format=1 aec_method=webrtc "
                f'aec_args="{options}"',
            )
        except pulsectl.PulseError:
            # No such module, or not for these devices: the call goes on without it.
            self.works = False
            return
        self.works = True
        for stream, name in zip(self._streams, self._names, strict=True):
            stream.detour = name

    def unload(self, pulse: Any) -> None:
        """Take the module out; the streams go back to their devices."""
        for stream in self._streams:
            stream.detour = None
        if self._module is not None:
            module, self._module = self._module, None
            _unload(pulse, module)

    def _is_loaded(self, pulse: Any) -> bool:
        """The server takes the module out by itself when one of its devices is unplugged."""
        return any(each.index == self._module for each in pulse.module_list())

    def _wanted_masters(self, pulse: Any) -> tuple[str, str]:
        """Names of the microphone and the earpiece: the chosen ones, or the server's defaults."""
        defaults = pulse.server_info()
        chosen: list[str] = []
        for stream, devices, default in zip(
            self._streams,
            (pulse.source_list(), pulse.sink_list()),
            (defaults.default_source_name, defaults.default_sink_name),
            strict=True,
        ):
            names: list[str] = [each.name for each in devices if not is_canceller_name(each.name)]
            candidates = [each for each in (stream.device, default) if each in names]
            # The server may take our own canceller for its default when all else is unplugged.
            chosen.append([*candidates, *names, ""][0])
        return chosen[0], chosen[1]


def _unload(pulse: Any, module: int) -> None:
    try:
        pulse.module_unload(module)
    except pulsectl.PulseError:
        # Gone with its device or its server.
        return


def _is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
