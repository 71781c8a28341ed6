"""Effects returned by the user agent: data to send; changes of calls and account state."""

from __future__ import annotations

from dataclasses import dataclass

from telephony.events import CallFacts, EndCause, RegistrationState, Side, TransferState
from telephony.presence import Presence, PublicationState
from telephony.sip.network.transport import TransportFault
from telephony.sip.offer_answer import AgreedMedia
from telephony.sip.syntax.address import Address


@dataclass(frozen=True, slots=True)
class Datagram:
    """Send ``data``; for ``fallback`` see ``transactions.Send``."""

    data: bytes
    destination: Address
    fallback: Address | None = None


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Close a connection to ``destination``, if there is one: it no longer delivers responses."""

    destination: Address


@dataclass(frozen=True, slots=True)
class CallOffered:
    """An incoming call rings."""

    call_id: str
    caller_number: str
    caller_name: str
    dialled_line: str
    facts: CallFacts = CallFacts()


@dataclass(frozen=True, slots=True)
class CallProgressing:
    """The remote party of an outgoing call sent a provisional response above 100."""

    call_id: str
    status_code: int


@dataclass(frozen=True, slots=True)
class MediaAgreed:
    """Offer and answer are complete: audio is sent and received with these parameters."""

    call_id: str
    media: AgreedMedia


@dataclass(frozen=True, slots=True)
class CallEstablished:
    """The call is established."""

    call_id: str
    codec: str
    encrypted: bool = False


@dataclass(frozen=True, slots=True)
class HoldChanged:
    """One party held or resumed the call, and the other party agreed."""

    call_id: str
    side: Side
    held: bool


@dataclass(frozen=True, slots=True)
class DigitArrived:
    """The remote party sent a digit by INFO: one of 0-9, *, #, A-D."""

    call_id: str
    digit: str


@dataclass(frozen=True, slots=True)
class CommandFailed:
    """A command was not executed; ``code`` as in ``CommandRefused``."""

    call_id: str
    command: str
    code: str


@dataclass(frozen=True, slots=True)
class AnswerWanted:
    """The ringing call must be answered now, without the operator."""

    call_id: str


@dataclass(frozen=True, slots=True)
class TransferUpdated:
    """Progress of the transfer of the call's remote party to ``target``."""

    call_id: str
    state: TransferState
    target: str
    status_code: int | None


@dataclass(frozen=True, slots=True)
class CallReferred:
    """The remote party of ``call_id`` requests a call from this phone to ``target``; it is allowed.

    ``new_call_id`` is for the new call; ``referred_by`` is the unverified name of the requester.
    """

    call_id: str
    new_call_id: str
    target: str
    referred_by: str


@dataclass(frozen=True, slots=True)
class CallTerminated:
    """The call is over; its media can be closed."""

    call_id: str
    cause: EndCause
    status_code: int | None


@dataclass(frozen=True, slots=True)
class RegistrationUpdated:
    """New state of the registration; ``server`` is the "host:port" in use or tried.

    ``fault`` is the reason why the server could not be reached.
    """

    state: RegistrationState
    status_code: int | None
    server: str
    fault: TransportFault | None = None


@dataclass(frozen=True, slots=True)
class PresenceUpdated:
    """State of the publication, with the presence that the server has confirmed.

    ``status_code`` is the response of a server that did not accept the publication.
    """

    state: PublicationState
    told: Presence | None
    status_code: int | None


CallEffect = (
    CallOffered
    | CallProgressing
    | MediaAgreed
    | CallEstablished
    | HoldChanged
    | DigitArrived
    | CommandFailed
    | AnswerWanted
    | TransferUpdated
    | CallReferred
    | CallTerminated
)
AccountEffect = RegistrationUpdated | PresenceUpdated
"""Changes of the account that belong to no call."""
Effect = Datagram | Disconnect | CallEffect | AccountEffect
