"""Commands from the console to the phone: one frozen dataclass per command, and their unions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from telephony.events import CommandRefused
from telephony.presence import Presence
from telephony.settings import ClosedLine


class RecordingAction(StrEnum):
    """What to do with the recording of a call."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Answer:
    """Take a ringing call."""

    call_id: str


@dataclass(frozen=True, slots=True)
class Reject:
    """Refuse a ringing call."""

    call_id: str
    status_code: int


@dataclass(frozen=True, slots=True)
class HangUp:
    """End a call."""

    call_id: str


@dataclass(frozen=True, slots=True)
class Dial:
    """Call a number; the console chooses the new call's id."""

    call_id: str
    number: str


@dataclass(frozen=True, slots=True)
class SetMuted:
    """Send silence in place of the microphone, or stop doing so."""

    call_id: str
    muted: bool


@dataclass(frozen=True, slots=True)
class Hold:
    """Put a call on hold."""

    call_id: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Take a held call up again."""

    call_id: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """Hand the far side over to a number without asking there first."""

    call_id: str
    number: str


@dataclass(frozen=True, slots=True)
class Consult:
    """Hold the call and call a number about it; the console chooses the new call's id."""

    call_id: str
    number: str
    consultation_id: str


@dataclass(frozen=True, slots=True)
class Complete:
    """Connect the held far side with the one that was consulted."""

    call_id: str


@dataclass(frozen=True, slots=True)
class Back:
    """End the consultation and take the held call up again."""

    call_id: str


@dataclass(frozen=True, slots=True)
class SendDigits:
    """Press keys of the telephone."""

    call_id: str
    digits: str


@dataclass(frozen=True, slots=True)
class Redirect:
    """Send the caller of a ringing call to another number."""

    call_id: str
    number: str


@dataclass(frozen=True, slots=True)
class Record:
    """Start, pause, resume or stop the recording of a call."""

    call_id: str
    action: RecordingAction


@dataclass(frozen=True, slots=True)
class SetConference:
    """Let these calls hear each other; fewer than two end the conference."""

    call_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetDoNotDisturb:
    """Refuse all new calls from now on, or no longer."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class SetClosedLine:
    """Do so with all new calls from now on, as the line is closed; None: let them ring."""

    closed: ClosedLine | None


@dataclass(frozen=True, slots=True)
class SetPresence:
    """Have the telephone system know this of the operator; None: nothing any more."""

    presence: Presence | None


@dataclass(frozen=True, slots=True)
class RefreshRegistration:
    """Register now; RegistrationChanged tells what came of it."""


@dataclass(frozen=True, slots=True)
class ExpectSelfCall:
    """Answer the self-test's call, known by its caller's name, without a ring and with an echo."""

    caller: str


@dataclass(frozen=True, slots=True)
class EndSelfCall:
    """The self-test is over, whatever became of its call."""


@dataclass(frozen=True, slots=True)
class Forget:
    """The console has noted the end of this call."""

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
"""Commands for a call that is there."""
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
    """The name of a command in CommandRefused: that of the method of Phone."""
    return _NAMES[type(command)]


def refused(command: PhoneCommand, code: str) -> CommandRefused:
    """The command could not be carried out."""
    call_id = None if isinstance(command, WholeCommand) else command.call_id
    return CommandRefused(call_id, command_name(command), code)
