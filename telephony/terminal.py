"""A phone between standard input and output: JSON lines out, words in."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import TextIO

from telephony.call_media import build_media
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
    MediaReported,
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
    RecordingChanged,
    RegistrationChanged,
    RegistrationState,
    TransferProgressed,
)
from telephony.json_form import to_json
from telephony.phone import Phone
from telephony.settings import PhoneSettings

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
    TransferProgressed: "transfer",
    DigitReceived: "dtmf",
    RecordingChanged: "recording",
    CallEnded: "ended",
    MediaReported: "quality",
    ConferenceChanged: "conference",
    AudioDeviceChanged: "audio_device",
    PhoneConnected: "connected",
    PhoneDisconnected: "disconnected",
    CommandRefused: "refused",
}


def event_name(event: PhoneEvent) -> str:
    """The word for an event in the "event" field of a line."""
    if isinstance(event, RegistrationChanged):
        return _REGISTRATION_NAMES[event.state]
    if isinstance(event, CallRinging):
        return "incoming" if event.direction is Direction.INCOMING else "dialling"
    return _NAMES[type(event)]


def event_line(event: PhoneEvent) -> str:
    """The event as one line of JSON, its call under "call"."""
    fields = to_json(event)
    if not isinstance(fields, dict):
        raise TypeError(type(event).__name__)
    call_id = fields.pop("call_id", None)
    fields.pop("state", None)
    document = {"event": event_name(event)} | ({} if call_id is None else {"call": call_id})
    return json.dumps(document | fields, ensure_ascii=False)


class TerminalPhone:
    """Runs one phone until "quit" or the end of the input."""

    def __init__(
        self, settings: PhoneSettings, output: TextIO, answer_after_s: float | None = None
    ) -> None:
        self._output = output
        self._answer_after_s = answer_after_s
        self._phone = Phone(settings, self._on_event, build_media(settings))
        self._lines: asyncio.Queue[str] = asyncio.Queue()

    async def run(self, commands: TextIO, number: str | None = None) -> None:
        """Start, call ``number`` if there is one, then follow the commands."""
        loop = asyncio.get_running_loop()

        def read() -> None:
            # A thread, because standard input may be a file, which no event loop can wait for.
            for line in commands:
                loop.call_soon_threadsafe(self._lines.put_nowait, line)
            loop.call_soon_threadsafe(self._lines.put_nowait, "quit")

        await self._phone.start()
        local = self._phone.local_address
        self._print({"event": "listening", "address": [local.host, local.port]})
        if number is not None:
            self._phone.call(number)
        threading.Thread(target=read, name="commands", daemon=True).start()
        while await self._follow(await self._lines.get()):
            pass
        await self._phone.stop()

    def _on_event(self, event: PhoneEvent) -> None:
        self._output.write(event_line(event) + "\n")
        self._output.flush()
        if (
            isinstance(event, CallRinging)
            and event.direction is Direction.INCOMING
            and self._answer_after_s is not None
        ):
            loop = asyncio.get_running_loop()
            loop.call_later(self._answer_after_s, self._answer_if_ringing, event.call_id)

    def _answer_if_ringing(self, call_id: str) -> None:
        if any(call.call_id == call_id and call.ended is None for call in self._phone.calls()):
            self._phone.answer(call_id)

    def _print(self, document: dict[str, object]) -> None:
        self._output.write(json.dumps(document, ensure_ascii=False) + "\n")
        self._output.flush()

    async def _follow(self, line: str) -> bool:
        """Carry out one line; False for "quit"."""
        word, _, rest = line.strip().partition(" ")
        argument = rest.strip()
        phone = self._phone
        match word:
            case "quit":
                return False
            case "":
                pass
            case "dial" if argument:
                phone.call(argument)
            case "calls":
                calls = [to_json(call) for call in phone.calls() if call.ended is None]
                self._print({"event": "calls", "calls": calls})
            case "answer":
                phone.answer(argument or self._youngest())
            case "reject":
                phone.reject(argument or self._youngest())
            case "hangup":
                phone.hang_up(argument or self._youngest())
            case "mute" | "unmute":
                phone.set_muted(argument or self._youngest(), word == "mute")
            case _:
                self._print({"event": "unknown_command", "command": word})
        return True

    def _youngest(self) -> str:
        live = [call.call_id for call in self._phone.calls() if call.ended is None]
        return live[-1] if live else ""
