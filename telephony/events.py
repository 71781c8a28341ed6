"""Events and states that the phone reports to the console: frozen dataclasses and their unions.

Every datetime is timezone-aware and in UTC. ``call_id`` is the SIP Call-ID of the call.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from telephony.presence import Presence, PublicationState


class Direction(StrEnum):
    """Initiator of the call, seen from this workplace."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class EndCause(StrEnum):
    """Reason for the end of a call."""

    CALLER_GAVE_UP = "caller_gave_up"
    """CANCEL before the answer."""
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    """CANCEL or BYE with a Reason that another phone answered (RFC 3326, cause=200)."""
    REJECTED = "rejected"
    """Rejected by the operator."""
    BUSY = "busy"
    """The remote party answered 486 or 600, or this phone reached its call limit."""
    NOT_ANSWERED = "not_answered"
    """The ring limit passed, or the remote party answered 408 or 480."""
    FAR_END = "far_end"
    """BYE from the remote party."""
    NEAR_END = "near_end"
    """BYE from this phone."""
    CANCELLED = "cancelled"
    """This phone cancelled its own outgoing call."""
    DO_NOT_DISTURB = "do_not_disturb"
    """Rejected automatically: the operator has enabled do not disturb."""
    NOBODY_THERE = "nobody_there"
    """Rejected automatically: no responding console is connected."""
    TRANSFERRED = "transferred"
    """The remote party was transferred to another phone (the REFER was completed)."""
    REPLACED = "replaced"
    """Replaced by another dialog (RFC 3891)."""
    ANNOUNCED_OUT_OF_HOURS = "announced_out_of_hours"
    """The hotline was closed: the phone answered, played the announcement and hung up."""
    REDIRECTED_OUT_OF_HOURS = "redirected_out_of_hours"
    """The hotline was closed: the phone redirected the caller to another number (302)."""
    NO_COMMON_CODEC = "no_common_codec"
    """Rejected automatically (488): the two sides have no common codec."""
    NO_COMMON_ENCRYPTION = "no_common_encryption"
    """Rejected automatically (488): one side requires encrypted audio, the other does not support
    it.
    """
    FAILED = "failed"
    """Any other reason; ``status_code`` has the SIP status, if any."""


class Side(StrEnum):
    """Party of a call, seen from this workplace."""

    NEAR = "near"
    FAR = "far"


class TransferState(StrEnum):
    """Progress of the transfer of a remote party (RFC 3515)."""

    REQUESTED = "requested"
    """REFER was sent."""
    PROCEEDING = "proceeding"
    """The remote party calls the target; ``status_code`` is the target's last provisional response.
    """
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    """The transfer failed: the remote party is still on hold here."""


class RecordingState(StrEnum):
    """Event in the recording of a call."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    STOPPED = "stopped"
    FAILED = "failed"
    """The file cannot be written; the call continues."""


class RegistrationState(StrEnum):
    """Whether the registrar routes calls to this phone."""

    OFF = "off"
    REGISTERING = "registering"
    REGISTERED = "registered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RegistrationChanged:
    """State of the registration at the time ``at``.

    ``last_success_at`` is the time of the last successful REGISTER, also in the state FAILED.
    ``status_code`` is the response that caused the failure; None without a response. ``server`` is
    "host:port" of the registrar in use, "" before the first attempt. ``fault`` is the transport
    error of a FAILED registration: "name_unknown", "connection_refused", "unreachable",
    "connect_timeout", "connection_lost", "tls_certificate" or "tls_failed"; otherwise "". ``since``
    is the start of this state, which may have been reported and confirmed several times.
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
    """Redirection of a call before it reached this phone (RFC 5806, RFC 7044).

    ``reason`` is the value in the header: "no-answer", "user-busy", "unconditional"..., or "".
    """

    number: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CallFacts:
    """Metadata of a call from the signalling, in addition to its parties."""

    asserted: bool = False
    """The number was asserted by the network (P-Asserted-Identity, Remote-Party-ID)."""
    diversions: tuple[Diversion, ...] = ()
    """Previous destinations of the call, the last one first."""
    queue: str = ""
    """Queue or line named by the PBX in a proprietary header."""
    referred_by: str = ""
    """Party that transferred the caller to this phone, as number or address (RFC 3892)."""
    replaces: str | None = None
    """Call ID of the call that this one replaces (RFC 3891)."""
    auto_answer: bool = False
    """The PBX requested an answer without ringing (Call-Info, Alert-Info)."""
    out_of_hours: bool = False
    """The hotline was closed and the phone handled the call; it is reported when it is over."""


@dataclass(frozen=True, slots=True)
class CallRinging:
    """A call has started: at ``at``, its first INVITE was received or sent.

    ``caller_number`` is the user part of P-Asserted-Identity, otherwise of From, as received, and
    "" for an anonymous caller; for an outgoing call it is the dialled number. ``dialled_line`` is
    the user part of the address that the caller reached.
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
    """The remote party of an outgoing call rings (180) or sends early audio (183)."""

    call_id: str
    at: datetime
    status_code: int


@dataclass(frozen=True, slots=True)
class CallAnswered:
    """The call is established; ``codec`` is the SDP encoding name, for example "PCMA".

    ``encrypted`` is True if the audio is SRTP.
    """

    call_id: str
    at: datetime
    codec: str
    encrypted: bool = False


@dataclass(frozen=True, slots=True)
class CallHeld:
    """One party has put the call on hold and the other has confirmed it. No audio flows in either
    direction.
    """

    call_id: str
    at: datetime
    by: Side


@dataclass(frozen=True, slots=True)
class CallResumed:
    """The party that held the call has resumed it; confirmed by the other party."""

    call_id: str
    at: datetime
    by: Side


@dataclass(frozen=True, slots=True)
class MuteChanged:
    """The microphone was muted or unmuted for this call; the remote party is not notified."""

    call_id: str
    at: datetime
    muted: bool


@dataclass(frozen=True, slots=True)
class TransferProgressed:
    """Progress of the transfer of this call's remote party to ``target``."""

    call_id: str
    at: datetime
    state: TransferState
    target: str
    status_code: int | None = None


@dataclass(frozen=True, slots=True)
class DigitReceived:
    """DTMF digit of the remote party: one of 0-9, *, #, A-D (RFC 4733, or INFO)."""

    call_id: str
    at: datetime
    digit: str


@dataclass(frozen=True, slots=True)
class RecordingChanged:
    """Change in the recording of this call; ``path`` is the recording's file."""

    call_id: str
    at: datetime
    state: RecordingState
    path: str


@dataclass(frozen=True, slots=True)
class ConferenceChanged:
    """Members of the current conference; empty when the conference is over."""

    at: datetime
    call_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AudioDeviceChanged:
    """State of microphone and earpiece; see ``DeviceStatus``.

    ``is_fallback`` is True if the configured device is missing and the system default is used.
    ``echo_cancellation_works`` is False only if it is enabled but not supported by the system.
    """

    at: datetime
    input_works: bool
    output_works: bool
    is_fallback: bool
    echo_cancellation_works: bool = True


@dataclass(frozen=True, slots=True)
class CallEnded:
    """The call is over; last event of its call."""

    call_id: str
    at: datetime
    cause: EndCause
    status_code: int | None = None


@dataclass(frozen=True, slots=True)
class MediaReported:
    """Counts and levels of the audio so far, about once a second during the call.

    Levels are RMS of the last second in dB relative to full scale. ``mos`` is the ITU-T G.107
    estimate for the received audio, 1.0 to 4.5. ``round_trip_ms``, ``far_lost_percent`` and
    ``far_jitter_ms`` are from the remote party's RTCP; None before its first report.
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
    """State of a call in the phone process, for a console that has just connected."""

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
    """Parties that hold the call, in order."""
    muted: bool = False
    consultation_of: str | None = None
    """The held call for which this consultation was started."""
    recording: RecordingState | None = None
    recordings: tuple[RecordingChanged, ...] = ()
    """First event of each recording of the call."""
    further_tries: int = 0
    """Number of further attempts by this caller that were rejected because no console responded."""
    last_try_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PhoneConnected:
    """The console is connected to the phone process. First event after every connection; sent again
    to a console that did not respond for too long, because it receives no events in that time.

    ``local_address`` is "host:port" of the SIP socket. ``calls`` contains the live calls and the
    ended ones that no console has acknowledged with the command ``forget``.
    """

    process_id: int
    local_address: str
    registration: RegistrationChanged
    calls: tuple[CallSnapshot, ...] = ()


@dataclass(frozen=True, slots=True)
class PhoneDisconnected:
    """The phone process has ended or did not start; it is being restarted.

    ``detail_code`` is one of "closed", "not_started", "protocol", "version", "refused".
    """

    at: datetime
    detail_code: str


@dataclass(frozen=True, slots=True)
class DoNotDisturbChanged:
    """New calls are rejected or accepted again; also sent as the reply to every SetDoNotDisturb.

    Ringing calls are not affected.
    """

    at: datetime
    wanted: bool


@dataclass(frozen=True, slots=True)
class PresenceChanged:
    """State of the operator's SIP presence at the PBX.

    In the state TOLD, ``told`` is the presence that the PBX has confirmed. ``status_code`` is the
    response that refused the presence, None without a response.
    """

    at: datetime
    state: PublicationState
    told: Presence | None = None
    status_code: int | None = None


@dataclass(frozen=True, slots=True)
class SelfCallExpected:
    """The self-test's call with the caller name ``caller`` will be answered automatically."""

    at: datetime
    caller: str


@dataclass(frozen=True, slots=True)
class CommandRefused:
    """A command could not be executed, for example the answer of an ended call.

    ``code`` is one of "unknown_call", "wrong_state", "bad_number", "no_media", "bind_failed",
    "bad_settings", "not_connected", "busy" (another change of this call is in progress),
    "no_consultation", "refused" (the remote party does not allow it).
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
    """Liveness ping. The console returns its number after it has processed all previous events."""

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
"""Messages from the phone process to the console."""
