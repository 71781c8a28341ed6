"""Effects that the user agent returns: data to send; changes of calls and account state."""

from __future__ import annotations

from dataclasses import dataclass

from telephony.events import CallFacts, EndCause, RegistrationState, Side, TransferState
from telephony.presence import Presence, PublicationState
from telephony.sip.network.transport import TransportFault
from telephony.sip.offer_answer import AgreedMedia
from telephony.sip.syntax.address import Address


@dataclass(frozen=True, slots=True)
class Datagram:
    """Send ``data``; with ``fallback`` see ``transaction.Send``."""

    data: bytes
    destination: Address
    fallback: Address | None = None


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Give up a connection to ``destination``, if there is one: nothing comes back over it."""

    destination: Address


@dataclass(frozen=True, slots=True)
class CallOffered:
    """An incoming call rings here."""

    call_id: str
    caller_number: str
    caller_name: str
    dialled_line: str
    facts: CallFacts = CallFacts()


@dataclass(frozen=True, slots=True)
class CallProgressing:
    """The far side of an outgoing call gave a provisional answer above 100."""

    call_id: str
    status_code: int


@dataclass(frozen=True, slots=True)
class MediaAgreed:
    """Offer and answer are complete: send and receive audio so from now on."""

    call_id: str
    media: AgreedMedia


@dataclass(frozen=True, slots=True)
class CallEstablished:
    """The call is up."""

    call_id: str
    codec: str
    encrypted: bool = False


@dataclass(frozen=True, slots=True)
class HoldChanged:
    """One side has put the call on hold, or taken it up again, and the other side agreed."""

    call_id: str
    side: Side
    held: bool


@dataclass(frozen=True, slots=True)
class DigitArrived:
    """The far side pressed a key and told it by INFO: one of 0-9, *, #, A-D."""

    call_id: str
    digit: str


@dataclass(frozen=True, slots=True)
class CommandFailed:
    """A command was not carried out; ``code`` as in ``CommandRefused``."""

    call_id: str
    command: str
    code: str


@dataclass(frozen=True, slots=True)
class AnswerWanted:
    """The ringing call is to be answered now, without the operator."""

    call_id: str


@dataclass(frozen=True, slots=True)
class TransferUpdated:
    """The hand-over of the call's far side to ``target`` has come so far."""

    call_id: str
    state: TransferState
    target: str
    status_code: int | None


@dataclass(frozen=True, slots=True)
class CallReferred:
    """The far side of ``call_id`` asks this phone to call ``target``, which is allowed.

    ``new_call_id`` is for the new call; ``referred_by`` is who asks, as he names himself.
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
    """The registration is in this state now; ``server`` is the "host:port" in use or tried.

    ``fault`` is why it could not be reached.
    """

    state: RegistrationState
    status_code: int | None
    server: str
    fault: TransportFault | None = None


@dataclass(frozen=True, slots=True)
class PresenceUpdated:
    """What the telephone system knows of the operator: ``told`` where it has confirmed it.

    ``status_code`` is the answer of a server that did not take it.
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
"""What becomes of the account, and is part of no call."""
Effect = Datagram | Disconnect | CallEffect | AccountEffect
