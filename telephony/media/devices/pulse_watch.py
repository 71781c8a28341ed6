"""What the sound server is asked for beside the streams: devices that come back, echo, lists."""

from __future__ import annotations

import threading
import time
from typing import Any

import pulsectl

from telephony.media.devices.device import AudioDeviceInfo
from telephony.media.devices.pulse_echo import EchoCanceller, is_canceller_name
from telephony.media.devices.pulse_stream import APPLICATION, RETRY_S, PulseStream

_TURN_S = 0.1


def list_pulse_devices(server: str | None = None) -> tuple[AudioDeviceInfo, ...]:
    """Every sink and source but monitors and echo cancellers; empty when no server answers."""
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
    """A thread that brings streams to where they belong for as long as a call lasts.

    A stream whose chosen device was away comes back to it; one without a choice follows the
    server's default, which the server itself takes care of. With ``cancel_echo`` both streams go
    through an echo canceller of the server, where it has one.
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
        """False only where it was asked for and the server has none."""
        return self._echo is None or self._echo.works

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end; what it has loaded is unloaded by then."""
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
                # Also without an event: a stream that was opened anew has none here.
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
    """Move the stream to its device, if that is there and the stream is not.

    The server itself moves streams away from a device that is unplugged, but not back.
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
        # Gone again in between: the next event tells. It still plays somewhere else.
        stream.is_fallback = stream.device is not None
