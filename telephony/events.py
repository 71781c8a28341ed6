"""Events and states that the phone reports to the console: frozen dataclasses and their unions.

Every datetime is timezone-aware and in UTC. ``call_id`` is the SIP Call-ID of the call.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from telephony.presence import Presence, PublicationState


class Direction(StrEnum):
    """Which side began the call, seen from this workplace."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class EndCause(StrEnum):
    """Why a call is over."""

    CALLER_GAVE_UP = "caller_gave_up"
    """CANCEL before the answer."""
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    """CANCEL or BYE whose Reason says that a colleague has the call (RFC 3326, cause=200)."""
    REJECTED = "rejected"
    """The operator did not take it."""
    BUSY = "busy"
    """Far side answered 486 or 600, or this phone has no room for one more call."""
    NOT_ANSWERED = "not_answered"
    """The ring limit passed, or the far side answered 408 or 480."""
    FAR_END = "far_end"
    """BYE from the far side."""
    NEAR_END = "near_end"
    """BYE from this phone."""
    CANCELLED = "cancelled"
    """This phone gave up its own outgoing call."""
    DO_NOT_DISTURB = "do_not_disturb"
    """Refused by itself: the operator wants no calls now."""
    NOBODY_THERE = "nobody_there"
    """Refused by itself: no console is there, or it hangs, so nobody can answer."""
    TRANSFERRED = "transferred"
    """The far side was handed over to another phone, which has it (REFER followed to its end)."""
    REPLACED = "replaced"
    """Another dialog took this one's place (RFC 3891)."""
    ANNOUNCED_OUT_OF_HOURS = "announced_out_of_hours"
    """The line was closed: the phone itself answered, played the announcement and hung up."""
    REDIRECTED_OUT_OF_HOURS = "redirected_out_of_hours"
    """The line was closed: the phone itself sent the caller to another number (302)."""
    NO_COMMON_CODEC = "no_common_codec"
    """Turned away by itself (488): no sound of the caller's can be heard here, or ours there."""
    NO_COMMON_ENCRYPTION = "no_common_encryption"
    """Turned away by itself (488): one side wants its sound encrypted, and the other cannot."""
    FAILED = "failed"
    """Anything else; ``status_code`` has the SIP status where there is one."""


class Side(StrEnum):
    """One of the two ends of a call, seen from this workplace."""

    NEAR = "near"
    FAR = "far"


class TransferState(StrEnum):
    """How far the hand-over of a far side has come (RFC 3515)."""

    REQUESTED = "requested"
    """REFER was sent."""
    PROCEEDING = "proceeding"
    """The far side calls the target; ``status_code`` is the target's last provisional answer."""
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    """Nothing has changed: the far side is still here, on hold."""


class RecordingState(StrEnum):
    """What happens to the recording of a call."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    STOPPED = "stopped"
    FAILED = "failed"
    """The file cannot be written; the call goes on."""


class RegistrationState(StrEnum):
    """Whether the registrar sends calls to this phone."""

    OFF = "off"
    REGISTERING = "registering"
    REGISTERED = "registered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RegistrationChanged:
    """The state of the registration at the moment ``at``.

    ``last_success_at`` is the last good REGISTER, also while the state is FAILED.
    ``status_code`` is the answer that made it fail; None when nothing answered. ``server`` is
    "host:port" of the registrar in use, "" before the first try. ``fault`` is why a FAILED one
    could not even be reached: "name_unknown", "connection_refused", "unreachable",
    "connect_timeout", "connection_lost", "tls_certificate" or "tls_failed"; else "". ``since`` is
    when this state began: it may have been told and confirmed many times.
    """

    state: RegistrationState
    at: datetime
    last_success_at: datetime | None = None
    status_code: int | None = None
    server: str = ""
    fault: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Diversion:
    """One redirection of a call on its way here (RFC 5806, RFC 7044).

    ``reason`` is the word of the header: "no-answer", "user-busy", "unconditional"..., or "".
    """

    number: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What the signalling said about a call beside who calls whom."""

    asserted: bool = False
    """The number is the network's word (P-Asserted-Identity, Remote-Party-ID), not the caller's."""
    diversions: tuple[Diversion, ...] = ()
    """From whom the call was sent on, the last one first."""
    queue: str = ""
    """The queue or line that the telephone system names in a header of its own."""
    referred_by: str = ""
    """Who handed the caller over to us, as number or address (RFC 3892)."""
    replaces: str | None = None
    """The call whose place this one takes (RFC 3891)."""
    auto_answer: bool = False
    """The telephone system asked for an answer without ringing (Call-Info, Alert-Info)."""
    out_of_hours: bool = False
    """The line was closed and the phone saw to the call by itself; it is told when it is over."""


@dataclass(frozen=True, slots=True)
class CallRinging:
    """A call has begun: its first INVITE came in, or ours went out, at ``at``.

    ``caller_number`` is the user part of P-Asserted-Identity, else of From, as received, and
    "" for an anonymous caller; for an outgoing call it is the dialled number.
    ``dialled_line`` is the user part of the address the caller reached.
    """

    call_id: str
    direction: Direction
    caller_number: str
    caller_name: str
    dialled_line: str
    at: datetime
    facts: CallFacts = CallFacts()


@dataclass(frozen=True, slots=True)
class CallProgressed:
    """The far side of an outgoing call rings (180) or sends early audio (183)."""

    call_id: str
    at: datetime
    status_code: int


@dataclass(frozen=True, slots=True)
class CallAnswered:
    """The call is up; ``codec`` is the SDP encoding name, for example "PCMA".

    ``encrypted`` tells that the audio is SRTP.
    """

    call_id: str
    at: datetime
    codec: str
    encrypted: bool = False


@dataclass(frozen=True, slots=True)
class CallHeld:
    """One side does not want to be heard and hears nothing; confirmed by the other side."""

    call_id: str
    at: datetime
    by: Side


@dataclass(frozen=True, slots=True)
class CallResumed:
    """The side that held the call has taken it up again; confirmed by the other side."""

    call_id: str
    at: datetime
    by: Side


@dataclass(frozen=True, slots=True)
class MuteChanged:
    """The microphone was switched off for this call, or on again; the far side is not told."""

    call_id: str
    at: datetime
    muted: bool


@dataclass(frozen=True, slots=True)
class TransferProgressed:
    """The hand-over of this call's far side to ``target`` has come so far."""

    call_id: str
    at: datetime
    state: TransferState
    target: str
    status_code: int | None = None


@dataclass(frozen=True, slots=True)
class DigitReceived:
    """The far side pressed a key: one of 0-9, *, #, A-D (RFC 4733, or INFO)."""

    call_id: str
    at: datetime
    digit: str


@dataclass(frozen=True, slots=True)
class RecordingChanged:
    """The recording of this call; ``path`` is its file."""

    call_id: str
    at: datetime
    state: RecordingState
    path: str


@dataclass(frozen=True, slots=True)
class ConferenceChanged:
    """These calls hear each other through this phone now; none when the conference is over."""

    at: datetime
    call_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AudioDeviceChanged:
    """Whether microphone and earpiece work now; see ``DeviceStatus``.

    ``is_fallback`` tells that the chosen device is missing and the system's default stands in.
    ``echo_cancellation_works`` is False only where it was asked for and the system has none.
    """

    at: datetime
    input_works: bool
    output_works: bool
    is_fallback: bool
    echo_cancellation_works: bool = True


@dataclass(frozen=True, slots=True)
class CallEnded:
    """The call is over; the last event of its call."""

    call_id: str
    at: datetime
    cause: EndCause
    status_code: int | None = None


@dataclass(frozen=True, slots=True)
class MediaReported:
    """Counts and levels of the audio so far, about once a second while the call is up.

    Levels are RMS of the last second in dB relative to full scale. ``mos`` is the estimate of
    ITU-T G.107 for what is heard here, 1.0 to 4.5. ``round_trip_ms``, ``far_lost_percent`` and
    ``far_jitter_ms`` come from the far side's RTCP; None while it has sent none.
    """

    call_id: str
    at: datetime
    packets_sent: int
    packets_received: int
    packets_lost: int
    level_sent_dbfs: float
    level_received_dbfs: float
    packets_late: int = 0
    packets_concealed: int = 0
    jitter_ms: float = 0.0
    buffer_ms: float = 0.0
    mos: float | None = None
    round_trip_ms: float | None = None
    far_lost_percent: float | None = None
    far_jitter_ms: float | None = None


@dataclass(frozen=True, slots=True)
class CallSnapshot:
    """A call as the phone process knows it, for a console that has just connected."""

    call_id: str
    direction: Direction
    caller_number: str
    caller_name: str
    dialled_line: str
    rang_at: datetime
    answered_at: datetime | None = None
    ended: CallEnded | None = None
    facts: CallFacts = CallFacts()
    held_by: tuple[Side, ...] = ()
    """Which sides hold the call, in the order they did it."""
    muted: bool = False
    consultation_of: str | None = None
    """The held call for whose caller this one was made."""
    recording: RecordingState | None = None
    recordings: tuple[RecordingChanged, ...] = ()
    """The beginning of each of its recordings."""
    further_tries: int = 0
    """How often more its caller was turned away in vain while no console was there."""
    last_try_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PhoneConnected:
    """The console and the phone process have met: first event after every connection, and again
    for a console that did not answer for too long and is told nothing meanwhile.

    ``local_address`` is "host:port" of the SIP socket. ``calls`` holds the live calls and the
    ended ones that no console has acknowledged with the command ``forget``.
    """

    process_id: int
    local_address: str
    registration: RegistrationChanged
    calls: tuple[CallSnapshot, ...] = ()


@dataclass(frozen=True, slots=True)
class PhoneDisconnected:
    """The phone process is gone or did not start; it is being started again.

    ``detail_code`` is one of "closed", "not_started", "protocol", "version", "refused".
    """

    at: datetime
    detail_code: str


@dataclass(frozen=True, slots=True)
class DoNotDisturbChanged:
    """From now on new calls are refused, or taken again; told after each command too.

    Calls that ring already go on.
    """

    at: datetime
    wanted: bool


@dataclass(frozen=True, slots=True)
class PresenceChanged:
    """What the telephone system knows of the operator by SIP presence.

    ``told`` is what it has confirmed, while the state is TOLD; ``status_code`` is the answer of one
    that did not take it, None when nothing answered.
    """

    at: datetime
    state: PublicationState
    told: Presence | None = None
    status_code: int | None = None


@dataclass(frozen=True, slots=True)
class SelfCallExpected:
    """From now on the self-test's call, which names itself ``caller``, is answered by itself."""

    at: datetime
    caller: str


@dataclass(frozen=True, slots=True)
class CommandRefused:
    """A command could not be carried out, for example the answer of a call already over.

    ``code`` is one of "unknown_call", "wrong_state", "bad_number", "no_media", "bind_failed",
    "bad_settings", "not_connected", "busy" (another change of this call is under way),
    "no_consultation", "refused" (the far side does not allow it).
    """

    call_id: str | None
    command: str
    code: str


CallEvent = (
    CallRinging
    | CallProgressed
    | CallAnswered
    | CallHeld
    | CallResumed
    | MuteChanged
    | TransferProgressed
    | DigitReceived
    | RecordingChanged
    | CallEnded
    | MediaReported
)


@dataclass(frozen=True, slots=True)
class ConsoleAsked:
    """Is anybody there? Answered with the number by who has taken in all that was told before."""

    number: int


PhoneEvent = (
    RegistrationChanged
    | CallEvent
    | ConferenceChanged
    | AudioDeviceChanged
    | DoNotDisturbChanged
    | PresenceChanged
    | SelfCallExpected
    | PhoneConnected
    | PhoneDisconnected
    | CommandRefused
)
ToConsole = PhoneEvent | ConsoleAsked
"""All that a console hears of its phone process."""
