"""Commands from the console to the phone: one frozen dataclass per command, and their unions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from telephony.events import CommandRefused
from telephony.presence import Presence
from telephony.settings import ClosedLine


class RecordingAction(StrEnum):
    """Action on the recording of a call."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Answer:
    """Answers a ringing call."""

    call_id: str


@dataclass(frozen=True, slots=True)
class Reject:
    """Rejects a ringing call."""

    call_id: str
    status_code: int


@dataclass(frozen=True, slots=True)
class HangUp:
    """Ends a call."""

    call_id: str


@dataclass(frozen=True, slots=True)
class Dial:
    """Calls a number; the console chooses the call ID."""

    call_id: str
    number: str


@dataclass(frozen=True, slots=True)
class SetMuted:
    """Mutes or unmutes the microphone; a muted call gets silence."""

    call_id: str
    muted: bool


@dataclass(frozen=True, slots=True)
class Hold:
    """Puts a call on hold."""

    call_id: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Resumes a held call."""

    call_id: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """Transfers the remote party to a number without consultation."""

    call_id: str
    number: str


@dataclass(frozen=True, slots=True)
class Consult:
    """Holds the call and calls a number for consultation; the console chooses the call ID."""

    call_id: str
    number: str
    consultation_id: str


@dataclass(frozen=True, slots=True)
class Complete:
    """Connects the held party with the consulted party."""

    call_id: str


@dataclass(frozen=True, slots=True)
class Back:
    """Ends the consultation and resumes the held call."""

    call_id: str


@dataclass(frozen=True, slots=True)
class SendDigits:
    """Sends DTMF digits."""

    call_id: str
    digits: str


@dataclass(frozen=True, slots=True)
class Redirect:
    """Redirects a ringing call to another number."""

    call_id: str
    number: str


@dataclass(frozen=True, slots=True)
class Record:
    """Starts, pauses, resumes or stops the recording of a call."""

    call_id: str
    action: RecordingAction


@dataclass(frozen=True, slots=True)
class SetConference:
    """Joins these calls in a conference; fewer than two end it."""

    call_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetDoNotDisturb:
    """Starts or stops rejecting all new calls."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class SetClosedLine:
    """Sets the treatment of new calls while the hotline is closed; with None they ring."""

    closed: ClosedLine | None


@dataclass(frozen=True, slots=True)
class SetPresence:
    """Publishes the operator's presence to the PBX; None withdraws it."""

    presence: Presence | None


@dataclass(frozen=True, slots=True)
class RefreshRegistration:
    """Registers again immediately; RegistrationChanged reports the result."""


@dataclass(frozen=True, slots=True)
class ExpectSelfCall:
    """Answers the loopback call of the self-test, identified by the caller name, without ringing
    and with an echo.
    """

    caller: str


@dataclass(frozen=True, slots=True)
class EndSelfCall:
    """Ends the self-test, regardless of the state of its call."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Acknowledges the end of this call; the console has stored it."""

    call_id: str


CallCommand = (
    Answer
    | Reject
    | HangUp
    | SetMuted
    | Forget
    | Hold
    | Resume
    | Transfer
    | Complete
    | Back
    | SendDigits
    | Redirect
    | Record
)
"""Commands for an existing call."""
NewCallCommand = Dial | Consult
WholeCommand = (
    SetConference
    | SetDoNotDisturb
    | SetClosedLine
    | SetPresence
    | RefreshRegistration
    | ExpectSelfCall
    | EndSelfCall
)
PhoneCommand = CallCommand | NewCallCommand | WholeCommand

_NAMES: dict[type[PhoneCommand], str] = {
    Answer: "answer",
    Reject: "reject",
    HangUp: "hang_up",
    Dial: "call",
    SetMuted: "set_muted",
    Forget: "forget",
    Hold: "hold",
    Resume: "resume",
    Transfer: "transfer",
    Consult: "consult",
    Complete: "complete",
    Back: "back",
    SendDigits: "send_digits",
    Redirect: "redirect",
    Record: "record",
    SetConference: "set_conference",
    SetDoNotDisturb: "set_do_not_disturb",
    SetClosedLine: "set_closed_line",
    SetPresence: "set_presence",
    RefreshRegistration: "refresh_registration",
    ExpectSelfCall: "expect_self_call",
    EndSelfCall: "end_self_call",
}


def command_name(command: PhoneCommand) -> str:
    """Returns the name of a command in CommandRefused: the name of the method of Phone."""
    return _NAMES[type(command)]


def refused(command: PhoneCommand, code: str) -> CommandRefused:
    """Builds the event for a command that could not be executed."""
    call_id = None if isinstance(command, WholeCommand) else command.call_id
    return CommandRefused(call_id, command_name(command), code)
