"""PulseAudio stream threads, stream placement, echo cancellation, and the list of devices.

libpulse-simple blocks; therefore each stream direction has a dedicated thread.
"""

from __future__ import annotations

import os
import re
import secrets
import threading
import time
from collections.abc import Callable
from typing import Any

import pasimple
import pulsectl

from telephony.media.devices.device import AudioDeviceInfo
from telephony.media.samples import TELEPHONE_RATE_HZ, frame_samples

APPLICATION = "Edinyi nomer"
RETRY_S = 0.5
_BUFFER_FRAMES = 3
# A stream of a suspended device or a hanging server is open but transfers nothing.
_STALL_S = 3.0


class PulseStream:
    """Thread that holds a stream open and transfers frames until it is stopped.

    ``device`` is the configured device, None for the server's default. ``detour`` is a virtual
    device of the server, an echo canceller, that is used instead if it exists.
    """

    def __init__(
        self,
        *,
        name: str,
        is_input: bool,
        device: str | None,
        server: str | None,
        move: Callable[[Any], None],
        rate_hz: int = TELEPHONE_RATE_HZ,
    ) -> None:
        self.device = device
        self.detour: str | None = None
        self.is_fallback = False
        # The random suffix distinguishes this stream from those of other phones on the server.
        self.name = f"{name} {secrets.token_hex(3)}"
        self.is_input = is_input
        self._rate_hz = rate_hz
        self._server = server
        self._move = move
        self._moved_s: float | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"pulse-{name}", daemon=True)

    @property
    def works(self) -> bool:
        """Whether frames are transferred to or from the server."""
        moved_s = self._moved_s
        return moved_s is not None and time.monotonic() - moved_s < _STALL_S

    def start(self) -> None:
        """Starts the thread; it tries to open the stream until stop()."""
        self._thread.start()

    def stop(self) -> None:
        """Requests the thread to end at its next frame.

        Does not wait for the thread: a hanging server can block it in libpulse for any time.
        """
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            stream = self._open()
            if stream is None:
                self._stopping.wait(RETRY_S)
                continue
            try:
                while not self._stopping.is_set():
                    self._moved_s = time.monotonic()
                    self._move(stream)
            except pasimple.PaSimpleError:
                # The device was unplugged or the server stopped: search again.
                self._stopping.wait(RETRY_S / 10)
            finally:
                self._moved_s = None
                stream.close()

    def _open(self) -> Any | None:
        for device in dict.fromkeys((self.detour or self.device, self.device, None)):
            try:
                stream = self._open_at(device)
            except pasimple.PaSimpleError:
                continue
            self.is_fallback = device is None and self.device is not None
            return stream
        return None

    def _open_at(self, device: str | None) -> Any:
        frame_bytes = 2 * frame_samples(self._rate_hz)
        return pasimple.PaSimple(
            pasimple.PA_STREAM_RECORD if self.is_input else pasimple.PA_STREAM_PLAYBACK,
            pasimple.PA_SAMPLE_S16LE,
            1,
            self._rate_hz,
            app_name=APPLICATION,
            stream_name=self.name,
            server_name=self._server,
            device_name=device,
            tlength=_BUFFER_FRAMES * frame_bytes,
            prebuf=(_BUFFER_FRAMES - 1) * frame_bytes,
            minreq=frame_bytes,
            fragsize=frame_bytes,
        )


_MODULE = "module-echo-cancel"
_PREFIX = "edinyi_nomer_echo"
# Only the echo must be removed: the canceller's gain control attenuates a voice by 25 dB, and its
# noise suppression by 10 dB in the first second.
_PULSEAUDIO_OPTIONS = "analog_gain_control=0 digital_gain_control=0 noise_suppression=0"
_PIPEWIRE_OPTIONS = "webrtc.gain_control=false webrtc.noise_suppression=false"
_OWNED = re.compile(rf"{_PREFIX}_(\d+)_")


def is_canceller_name(name: str) -> bool:
    """Whether the device name belongs to an echo canceller of a phone and not to hardware."""
    return name.startswith(_PREFIX)


class EchoCanceller:
    """Loads the echo canceller for the devices in use, and again after they have changed.

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
        """Prepares a new connection: unloads modules of processes that no longer exist."""
        self._module = None
        self._masters = None
        for module in pulse.module_list():
            owner = _OWNED.search(module.argument or "") if module.name == _MODULE else None
            if owner is not None and not _is_alive(int(owner[1])):
                _unload(pulse, module.index)

    def keep(self, pulse: Any) -> None:
        """Ensures that the module is loaded for the devices now in use."""
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
            # The module is missing or does not support these devices: the call continues without
            # it.
            self.works = False
            return
        self.works = True
        for stream, name in zip(self._streams, self._names, strict=True):
            stream.detour = name

    def unload(self, pulse: Any) -> None:
        """Unloads the module; the streams return to their devices."""
        for stream in self._streams:
            stream.detour = None
        if self._module is not None:
            module, self._module = self._module, None
            _unload(pulse, module)

    def _is_loaded(self, pulse: Any) -> bool:
        """The server unloads the module automatically if one of its devices is unplugged."""
        return any(each.index == self._module for each in pulse.module_list())

    def _wanted_masters(self, pulse: Any) -> tuple[str, str]:
        """Names of microphone and earpiece: the configured ones, or the server's defaults."""
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
            # The server may select our own canceller as its default if all else is unplugged.
            chosen.append([*candidates, *names, ""][0])
        return chosen[0], chosen[1]


def _unload(pulse: Any, module: int) -> None:
    try:
        pulse.module_unload(module)
    except pulsectl.PulseError:
        # Already removed together with its device or server.
        return


def _is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


_TURN_S = 0.1


def list_pulse_devices(server: str | None = None) -> tuple[AudioDeviceInfo, ...]:
    """Lists sinks and sources except monitors and echo cancellers; empty without a server."""
    try:
        with pulsectl.Pulse(APPLICATION, server=server) as pulse:
            defaults = pulse.server_info()
            found = [
                AudioDeviceInfo(
                    each.name, each.description, False, each.name == defaults.default_sink_name
                )
                for each in pulse.sink_list()
            ]
            found += [
                AudioDeviceInfo(
                    each.name, each.description, True, each.name == defaults.default_source_name
                )
                for each in pulse.source_list()
                if not each.name.endswith(".monitor")
            ]
    except pulsectl.PulseError:
        return ()
    return tuple(each for each in found if not is_canceller_name(each.name))


class PulseWatch:
    """Thread that moves streams to their devices during a call.

    A stream returns to its configured device when that is available again. A stream without a
    configured device follows the server's default, which the server handles itself. With
    ``cancel_echo`` both streams use an echo canceller of the server, if it has one.
    """

    def __init__(
        self,
        microphone: PulseStream,
        earpiece: PulseStream,
        server: str | None,
        *,
        cancel_echo: bool,
    ) -> None:
        self._streams = (microphone, earpiece)
        self._server = server
        self._echo = EchoCanceller(microphone, earpiece) if cancel_echo else None
        self._stopping = threading.Event()
        self._changed = True
        self._thread = threading.Thread(target=self._run, name="pulse-watch", daemon=True)

    @property
    def echo_cancellation_works(self) -> bool:
        """False only if it was requested and the server has none."""
        return self._echo is None or self._echo.works

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Requests the thread to end; it unloads its module first."""
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with pulsectl.Pulse(f"{APPLICATION} watch", server=self._server) as pulse:
                    self._listen(pulse)
            except (pulsectl.PulseError, pulsectl.PulseDisconnected):
                self._stopping.wait(RETRY_S)

    def _listen(self, pulse: Any) -> None:
        pulse.event_mask_set("sink", "source", "server", "module")
        pulse.event_callback_set(self._on_event)
        if self._echo is not None:
            self._echo.connected(pulse)
        try:
            looked_s = float("-inf")
            while not self._stopping.is_set():
                # Runs without an event too: a reopened stream produces no event here.
                if self._changed or time.monotonic() - looked_s >= RETRY_S:
                    self._changed = False
                    looked_s = time.monotonic()
                    self._look(pulse)
                pulse.event_listen(timeout=_TURN_S)
        finally:
            if self._echo is not None:
                self._echo.unload(pulse)

    def _on_event(self, _event: Any) -> None:
        self._changed = True
        raise pulsectl.PulseLoopStop

    def _look(self, pulse: Any) -> None:
        if self._echo is not None:
            self._echo.keep(pulse)
        for stream in self._streams:
            if stream.device is not None or stream.detour is not None:
                _bring(pulse, stream)


def _bring(pulse: Any, stream: PulseStream) -> None:
    """Moves the stream to its device, if that is present and the stream uses another one.

    The server itself moves streams away from an unplugged device, but not back.
    """
    devices = pulse.source_list() if stream.is_input else pulse.sink_list()
    places = {each.name: each.index for each in devices}
    ends = pulse.source_output_list() if stream.is_input else pulse.sink_input_list()
    own = next((each for each in ends if each.name == stream.name), None)
    if own is None:
        return
    stream.is_fallback = stream.device is not None and stream.device not in places
    wanted = places.get(stream.detour or "", places.get(stream.device or ""))
    present = own.source if stream.is_input else own.sink
    if wanted is None or present == wanted:
        return
    move = pulse.source_output_move if stream.is_input else pulse.sink_input_move
    try:
        move(own.index, wanted)
    except pulsectl.PulseOperationFailed:
        # Removed again in between: the next event reports it. The stream still uses another device.
        stream.is_fallback = stream.device is not None
