"""What the phone tells the console: one frozen dataclass a fact, one union of them all.

Every datetime is aware and in UTC. ``call_id`` is the SIP Call-ID of the call.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
    FAILED = "failed"
    """Anything else; ``status_code`` has the SIP status where there is one."""


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
    ``status_code`` is the answer that made it fail; None when nothing answered.
    """

    state: RegistrationState
    at: datetime
    last_success_at: datetime | None = None
    status_code: int | None = None


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


@dataclass(frozen=True, slots=True)
class CallProgressed:
    """The far side of an outgoing call rings (180) or sends early audio (183)."""

    call_id: str
    at: datetime
    status_code: int


@dataclass(frozen=True, slots=True)
class CallAnswered:
    """The call is up; ``codec`` is the SDP encoding name, for example "PCMA"."""

    call_id: str
    at: datetime
    codec: str


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

    Levels are RMS of the last second in dB relative to full scale.
    """

    call_id: str
    at: datetime
    packets_sent: int
    packets_received: int
    packets_lost: int
    level_sent_dbfs: float
    level_received_dbfs: float


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


@dataclass(frozen=True, slots=True)
class PhoneConnected:
    """The console and the phone process have met: first event after every connection.

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
class CommandRefused:
    """A command could not be carried out, for example the answer of a call already over.

    ``code`` is one of "unknown_call", "wrong_state", "bad_number", "no_media", "bind_failed",
    "bad_settings", "not_connected".
    """

    call_id: str | None
    command: str
    code: str


CallEvent = CallRinging | CallProgressed | CallAnswered | CallEnded | MediaReported
PhoneEvent = RegistrationChanged | CallEvent | PhoneConnected | PhoneDisconnected | CommandRefused
