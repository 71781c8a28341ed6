"""Terminal phone: commands on standard input, events as JSON lines on standard output."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TextIO

from telephony.calls.devices import CallDevices
from telephony.calls.media import build_media
from telephony.commands import RecordingAction
from telephony.events import (
    AudioDeviceChanged,
    CallAnswered,
    CallEnded,
    CallHeld,
    CallProgressed,
    CallResumed,
    CallRinging,
    CallSnapshot,
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
    RecordingState,
    RegistrationChanged,
    RegistrationState,
    SelfCallExpected,
    Side,
    TransferProgressed,
)
from telephony.json_form import to_json
from telephony.media.recording import read_announcement
from telephony.phone import Phone
from telephony.presence import Activity, Presence
from telephony.settings import ClosedLine, PhoneSettings
from telephony.signalling import Trace

_Fits = Callable[[CallSnapshot], bool]
_Act = Callable[[Phone, str, str], None]


class UsageError(ValueError):
    """A line is not a valid command; ``usage`` is the correct form, "" for an unknown command."""

    def __init__(self, usage: str) -> None:
        super().__init__(usage)
        self.usage = usage


@dataclass(frozen=True, slots=True)
class _Command:
    """``act`` gets the phone, the call ID, and the argument ("" if none). ``fits`` selects the
    calls to which the command applies if no call is named.
    """

    form: str
    act: _Act
    fits: _Fits

    @property
    def has_argument(self) -> bool:
        return " " in self.form.removesuffix(" [CALL]")


def _rings(call: CallSnapshot) -> bool:
    return call.answered_at is None and call.direction is Direction.INCOMING


def _talks(call: CallSnapshot) -> bool:
    return call.answered_at is not None


def _is_held(call: CallSnapshot) -> bool:
    return _talks(call) and Side.NEAR in call.held_by


def _is_open(call: CallSnapshot) -> bool:
    return _talks(call) and Side.NEAR not in call.held_by


def _is_recorded(call: CallSnapshot) -> bool:
    return call.recording in (RecordingState.STARTED, RecordingState.RESUMED, RecordingState.PAUSED)


def _is_consultation(call: CallSnapshot) -> bool:
    return call.consultation_of is not None


def _lives(_: CallSnapshot) -> bool:
    return True


def _consult(phone: Phone, call_id: str, number: str) -> None:
    phone.consult(call_id, number)


def _record(phone: Phone, call_id: str, _: str) -> None:
    """Starts the recording, or resumes it after a pause."""
    paused = any(
        call.call_id == call_id and call.recording is RecordingState.PAUSED
        for call in phone.calls()
    )
    phone.record(call_id, RecordingAction.RESUME if paused else RecordingAction.START)


def _set_conference(phone: Phone, call_ids: list[str]) -> None:
    """Joins the named calls, or all established calls."""
    if call_ids == ["off"]:
        call_ids = []
    elif not call_ids:
        call_ids = [call.call_id for call in phone.calls() if _talks(call) and not call.ended]
    phone.set_conference(tuple(call_ids))


def _set_do_not_disturb(phone: Phone, wanted: str) -> None:
    if wanted not in ("on", "off"):
        raise UsageError(_DND_FORM)
    phone.set_do_not_disturb(wanted == "on")


def _set_closed_line(phone: Phone, words: list[str]) -> None:
    match words:
        case ["off"]:
            phone.set_closed_line(None)
        case ["redirect", number]:
            phone.set_closed_line(ClosedLine(redirect_to=number))
        case ["announce", file]:
            phone.set_closed_line(ClosedLine(announcement_file=file))
        case _:
            raise UsageError(_CLOSED_FORM)


def _set_presence(phone: Phone, words: list[str]) -> None:
    """Publishes "open" or "closed" with activities, or withdraws the presence."""
    if words == ["off"]:
        phone.set_presence(None)
        return
    basic, *activities = words or [""]
    if basic not in ("open", "closed") or not set(activities) <= set(Activity):
        raise UsageError(_PRESENCE_FORM)
    phone.set_presence(Presence(basic == "open", tuple(map(Activity, activities))))


_DIAL_FORM = "dial NUMBER|URI"
_DND_FORM = "dnd on|off"
_CONFERENCE_FORM = "conference [CALL...|off]"
_CLOSED_FORM = "closed redirect NUMBER | announce WAV | off"
_PRESENCE_FORM = "presence open|closed [ACTIVITY...] | off"
_PAUSE, _STOP = RecordingAction.PAUSE, RecordingAction.STOP
_COMMANDS = {
    command.form.partition(" ")[0]: command
    for command in (
        _Command("answer [CALL]", lambda phone, call, _: phone.answer(call), _rings),
        _Command("reject [CALL]", lambda phone, call, _: phone.reject(call), _rings),
        _Command("hangup [CALL]", lambda phone, call, _: phone.hang_up(call), _lives),
        _Command(
            "redirect NUMBER [CALL]", lambda phone, call, to: phone.redirect(call, to), _rings
        ),
        _Command("hold [CALL]", lambda phone, call, _: phone.hold(call), _is_open),
        _Command("resume [CALL]", lambda phone, call, _: phone.resume(call), _is_held),
        _Command("consult NUMBER [CALL]", _consult, _talks),
        _Command(
            "transfer NUMBER [CALL]", lambda phone, call, to: phone.transfer(call, to), _talks
        ),
        _Command("complete [CALL]", lambda phone, call, _: phone.complete(call), _is_consultation),
        _Command("record [CALL]", _record, _talks),
        _Command("pause [CALL]", lambda phone, call, _: phone.record(call, _PAUSE), _is_recorded),
        _Command("unrecord [CALL]", lambda phone, call, _: phone.record(call, _STOP), _is_recorded),
        _Command("back [CALL]", lambda phone, call, _: phone.back(call), _is_consultation),
        _Command(
            "dtmf DIGITS [CALL]", lambda phone, call, keys: phone.send_digits(call, keys), _talks
        ),
        _Command("mute [CALL]", lambda phone, call, _: phone.set_muted(call, True), _talks),
        _Command("unmute [CALL]", lambda phone, call, _: phone.set_muted(call, False), _talks),
    )
}

FORMS = (
    _DIAL_FORM,
    *(each.form for each in _COMMANDS.values()),
    _CONFERENCE_FORM,
    _DND_FORM,
    _PRESENCE_FORM,
    _CLOSED_FORM,
    "calls",
    "help",
    "quit",
)
"""Syntax of every command, including those that end the phone or print its state."""


def carry_out(phone: Phone, line: str) -> None:
    """Executes one command line. Raises UsageError for an invalid line."""
    word, *arguments = line.split()
    if word == "dial":
        # The rest is one number, which may contain spaces.
        number = line.strip().partition(" ")[2].strip()
        if not number:
            raise UsageError(_DIAL_FORM)
        phone.call(number)
        return
    if word == "conference":
        _set_conference(phone, arguments)
        return
    if word == "dnd":
        _set_do_not_disturb(phone, " ".join(arguments))
        return
    if word == "presence":
        _set_presence(phone, arguments)
        return
    if word == "closed":
        _set_closed_line(phone, arguments)
        return
    command = _COMMANDS.get(word)
    if command is None:
        raise UsageError("")
    argument = ""
    if command.has_argument:
        if not arguments:
            raise UsageError(command.form)
        argument = arguments.pop(0)
    if len(arguments) > 1:
        raise UsageError(command.form)
    command.act(phone, arguments[0] if arguments else meant(phone.calls(), command.fits), argument)


def meant(calls: Iterable[CallSnapshot], fits: _Fits) -> str:
    """Returns the newest live call that fits, otherwise the newest live call, otherwise ""."""
    live = [call for call in calls if call.ended is None]
    fitting = [call for call in live if fits(call)] or live
    return fitting[-1].call_id if fitting else ""


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
    """Returns the name of an event for the "event" field."""
    if isinstance(event, RegistrationChanged):
        return _REGISTRATION_NAMES[event.state]
    if isinstance(event, CallRinging):
        return "incoming" if event.direction is Direction.INCOMING else "dialling"
    return _NAMES[type(event)]


def event_line(event: PhoneEvent, **more: object) -> str:
    """Serializes the event as one line of JSON, with its call ID under "call"; ``more`` is
    appended.
    """
    fields = to_json(event)
    if not isinstance(fields, dict):
        raise TypeError(type(event).__name__)
    call_id = fields.pop("call_id", None)
    if isinstance(event, RegistrationChanged):
        # The event name already contains the state.
        del fields["state"]
    document = {"event": event_name(event)} | ({} if call_id is None else {"call": call_id})
    return json.dumps(document | fields | more, ensure_ascii=False)


class TerminalPhone:
    """Runs one phone until "quit", the end of the input, or ``quit``.

    Calls run concurrently, each with a dedicated device; no call is held automatically.
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
        """Starts the phone and executes commands. Raises TelephonyError if it cannot start."""
        loop = asyncio.get_running_loop()

        def read() -> None:
            # On a thread, because an event loop cannot wait for a file on standard input.
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
        """Hangs up, unregisters and ends ``run``."""
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
            # The reader has exited and can no longer hang up.
            self._output_is_open = False
            self.quit()

    def _follow(self, line: str) -> bool:
        """Executes one line; False for "quit"."""
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
