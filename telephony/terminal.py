"""A phone between standard input and output: JSON lines out, words in."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import TextIO

from telephony.calls.devices import CallDevices
from telephony.calls.media import build_media
from telephony.events import (
    AudioDeviceChanged,
    CallAnswered,
    CallEnded,
    CallHeld,
    CallProgressed,
    CallResumed,
    CallRinging,
    CommandRefused,
    ConferenceChanged,
    DigitReceived,
    Direction,
    DoNotDisturbChanged,
    MediaReported,
    MuteChanged,
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
    PresenceChanged,
    RecordingChanged,
    RegistrationChanged,
    RegistrationState,
    SelfCallExpected,
    TransferProgressed,
)
from telephony.link.json_form import to_json
from telephony.media.recordings.recording import read_announcement
from telephony.phone import Phone
from telephony.settings import PhoneSettings
from telephony.terminal_commands import FORMS, UsageError, carry_out
from telephony.trace import Trace

_QUIT = "quit"
_REGISTRATION_NAMES = {
    RegistrationState.OFF: "unregistered",
    RegistrationState.REGISTERING: "registering",
    RegistrationState.REGISTERED: "registered",
    RegistrationState.FAILED: "registration_failed",
}


_NAMES: dict[type[PhoneEvent], str] = {
    CallProgressed: "progress",
    CallAnswered: "answered",
    CallHeld: "held",
    CallResumed: "resumed",
    MuteChanged: "mute",
    TransferProgressed: "transfer",
    DigitReceived: "dtmf",
    RecordingChanged: "recording",
    CallEnded: "ended",
    MediaReported: "quality",
    ConferenceChanged: "conference",
    AudioDeviceChanged: "audio_device",
    DoNotDisturbChanged: "do_not_disturb",
    PresenceChanged: "presence",
    PhoneConnected: "connected",
    PhoneDisconnected: "disconnected",
    SelfCallExpected: "self_call_expected",
    CommandRefused: "refused",
}


def event_name(event: PhoneEvent) -> str:
    """The word for an event in the "event" field of a line."""
    if isinstance(event, RegistrationChanged):
        return _REGISTRATION_NAMES[event.state]
    if isinstance(event, CallRinging):
        return "incoming" if event.direction is Direction.INCOMING else "dialling"
    return _NAMES[type(event)]


def event_line(event: PhoneEvent, **more: object) -> str:
    """The event as one line of JSON, its call under "call"; ``more`` is added at its end."""
    fields = to_json(event)
    if not isinstance(fields, dict):
        raise TypeError(type(event).__name__)
    call_id = fields.pop("call_id", None)
    if isinstance(event, RegistrationChanged):
        # The word for the event says it already.
        del fields["state"]
    document = {"event": event_name(event)} | ({} if call_id is None else {"call": call_id})
    return json.dumps(document | fields | more, ensure_ascii=False)


class TerminalPhone:
    """Runs one phone until "quit", the end of the input, or ``quit``.

    Calls run side by side, each with a device of its own, and none is held by itself.
    """

    def __init__(self, settings: PhoneSettings, output: TextIO, trace: Trace | None = None) -> None:
        self._output = output
        self._output_is_open = True
        self._devices = CallDevices(settings.audio)
        self._phone = Phone(
            settings,
            self._on_event,
            build_media(settings),
            call_device=self._devices.open,
            side_by_side=True,
            trace=trace,
        )
        self._lines: asyncio.Queue[str] = asyncio.Queue()

    async def run(self, commands: TextIO) -> None:
        """Start, then follow the commands; TelephonyError when the phone cannot start."""
        loop = asyncio.get_running_loop()

        def read() -> None:
            # A thread, because standard input may be a file, which no event loop can wait for.
            for line in commands:
                loop.call_soon_threadsafe(self._lines.put_nowait, line)
            loop.call_soon_threadsafe(self._lines.put_nowait, _QUIT)

        self._devices.check()
        read_announcement(self._phone.settings.recording)
        await self._phone.start()
        host, port, _ = self._phone.local_address
        self._print({"event": "listening", "address": [host, port]})
        threading.Thread(target=read, name="commands", daemon=True).start()
        while self._follow(await self._lines.get()):
            pass
        await self._phone.stop()

    def quit(self) -> None:
        """Hang up, leave the registrar, and end ``run``."""
        self._lines.put_nowait(_QUIT)

    def _on_event(self, event: PhoneEvent) -> None:
        more: dict[str, object] = {}
        if isinstance(event, CallAnswered | CallEnded):
            output_file = self._devices.output_file(event.call_id)
            if output_file is not None:
                more["record"] = output_file
        if isinstance(event, CallAnswered):
            self._devices.answered(event.call_id)
        self._write(event_line(event, **more))
        if isinstance(event, CallEnded):
            self._devices.forget(event.call_id)
            self._phone.forget(event.call_id)

    def _print(self, document: dict[str, object]) -> None:
        self._write(json.dumps(document, ensure_ascii=False))

    def _write(self, line: str) -> None:
        if not self._output_is_open:
            return
        try:
            self._output.write(line + "\n")
            self._output.flush()
        except BrokenPipeError:
            # Nobody listens any more: nobody would hang up either.
            self._output_is_open = False
            self.quit()

    def _follow(self, line: str) -> bool:
        """Carry out one line; False for "quit"."""
        match line.strip():
            case "":
                pass
            case "quit":
                return False
            case "calls":
                calls = [to_json(call) for call in self._phone.calls() if call.ended is None]
                self._print({"event": "calls", "calls": calls})
            case "help":
                self._print({"event": "help", "commands": list(FORMS)})
            case command:
                try:
                    carry_out(self._phone, command)
                except UsageError as error:
                    word = command.split()[0]
                    if error.usage:
                        self._print({"event": "bad_command", "command": word, "usage": error.usage})
                    else:
                        self._print({"event": "unknown_command", "command": word})
        return True
