"""Dialog and early dialogs of a call, and requests that answer digest challenges.

RFC 3261, section 12 for dialogs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from telephony.sip.core import Core
from telephony.sip.dialogs.invites import reliable_number
from telephony.sip.sdp import SessionDescription
from telephony.sip.syntax.address import (
    Address,
    GrammarError,
    NameAddress,
    SequenceNumber,
    Uri,
    address_of,
)
from telephony.sip.syntax.message import Headers, Request, Response, with_header, without_header
from telephony.sip.transactions import TransactionKey


@dataclass(slots=True)
class Dialog:
    """Tags, targets, route set and sequence numbers of one dialog.

    ``trusted`` means that the PBX is in the path, or that the remote party is a configured address:
    only then a challenge is answered with the account's credentials.
    """

    call_id: str
    local: NameAddress
    remote: NameAddress
    remote_target: Uri
    route_set: tuple[str, ...]
    local_sequence: int
    remote_sequence: int | None
    trusted: bool

    @classmethod
    def from_invite(cls, invite: Request, local_tag: str, *, trusted: bool) -> Dialog:
        """Creates the dialog of a received INVITE (section 12.1.1)."""
        sender = invite.sender
        return cls(
            invite.call_id,
            invite.recipient.with_tag(local_tag),
            sender,
            _target(invite.contact, sender),
            invite.values("Record-Route"),
            0,
            invite.sequence.number,
            trusted,
        )

    @classmethod
    def from_response(cls, invite: Request, response: Response, *, trusted: bool) -> Dialog:
        """Creates the dialog from a response to our INVITE (section 12.1.2)."""
        recipient = response.recipient
        return cls(
            invite.call_id,
            invite.sender,
            recipient,
            _target(response.contact, recipient),
            tuple(reversed(response.values("Record-Route"))),
            invite.sequence.number,
            None,
            trusted,
        )

    def next_sequence(self) -> int:
        """Returns the CSeq number of this side's next request."""
        self.local_sequence += 1
        return self.local_sequence

    def accepts(self, request: Request) -> bool:
        """Whether the request's CSeq is above the remote party's last one; stores it if so."""
        number = request.sequence.number
        if self.remote_sequence is not None and number <= self.remote_sequence:
            return False
        self.remote_sequence = number
        return True

    def refresh_target(self, message: Request | Response) -> None:
        """Updates the remote target from the message's Contact (target refresh, section 12.2)."""
        contact = message.contact
        if contact is not None and contact.uri.host:
            self.remote_target = contact.uri

    def request(self, method: str, sequence: int, headers: Headers = ()) -> Request:
        """Builds a request within the dialog, without Via (section 12.2.1.1)."""
        uri, routes, _ = self._way()
        fields = [
            *(("Route", route) for route in routes),
            ("Max-Forwards", "70"),
            ("From", str(self.local)),
            ("To", str(self.remote)),
            ("Call-ID", self.call_id),
            ("CSeq", f"{sequence} {method}"),
            *headers,
        ]
        return Request(tuple(fields), b"", method, str(uri))

    @property
    def destination(self) -> Address:
        """Address to which requests within the dialog are sent."""
        return self._way()[2]

    def _way(self) -> tuple[Uri, tuple[str, ...], Address]:
        if not self.route_set:
            return self.remote_target, (), address_of(self.remote_target)
        first = NameAddress.parse(self.route_set[0]).uri
        if first.is_loose_router:
            return self.remote_target, self.route_set, address_of(first)
        # A strict router of RFC 2543 expects its own URI in the Request-URI.
        return first, (*self.route_set[1:], f"<{self.remote_target}>"), address_of(first)


def _target(contact: NameAddress | None, fallback: NameAddress) -> Uri:
    uri = fallback.uri if contact is None else contact.uri
    if not uri.host:
        raise GrammarError("contact")
    return uri


# The realms of the registrar or remote party and of a proxy, each with one stale nonce.
CHALLENGES_LIMIT = 4


class Exchange:
    """Sends ``request`` (without Via) and calls ``on_final`` once, with None after a timeout.

    With ``next_sequence`` None a challenge is passed on as the final response, and no credentials
    are sent.
    """

    def __init__(
        self,
        core: Core,
        destination: Address,
        next_sequence: Callable[[], int] | None,
        on_final: Callable[[Response | None], None],
    ) -> None:
        self._core = core
        self._destination = destination
        self._next_sequence = next_sequence
        self._on_final: Callable[[Response | None], None] | None = on_final
        self._challenges = 0
        self._key: TransactionKey | None = None

    @classmethod
    def within(
        cls, core: Core, dialog: Dialog, on_final: Callable[[Response | None], None]
    ) -> Exchange:
        """Creates a request within a dialog; an untrusted peer's challenge gets no credentials."""
        next_sequence = dialog.next_sequence if dialog.trusted else None
        return cls(core, dialog.destination, next_sequence, on_final)

    def start(self, request: Request) -> None:
        """Sends the request."""
        self._key, _ = self._core.send_request(request, self._destination, self)

    def abandon(self) -> None:
        """Stops the retransmission and ignores the response."""
        self._on_final = None
        if self._key is not None:
            self._core.layer.abandon(self._key)

    def on_response(self, request: Request, response: Response) -> None:
        if response.status_code < 200 or self._on_final is None:
            return
        challenged = response.status_code in (401, 407)
        if challenged and self._next_sequence and self._challenges < CHALLENGES_LIMIT:
            self._challenges += 1
            again = renewed(self._core, request, response, self._next_sequence)
            if again is not None:
                self.start(again)
                return
        self._on_final(response)

    def on_timeout(self, request: Request) -> None:
        if self._on_final is not None:
            self._on_final(None)


def renewed(
    core: Core, request: Request, response: Response, next_sequence: Callable[[], int]
) -> Request | None:
    """Returns the challenged request with credentials and a new CSeq, without Via.

    None if the challenge cannot be answered.
    """
    authorised = core.authenticator.authorise(request, response)
    if authorised is None:
        return None
    sequence = SequenceNumber(next_sequence(), request.method)
    return with_header(without_header(authorised, "Via"), "CSeq", str(sequence))


# More phones than any hunt group rings; limits the memory that a remote party can use.
_LIMIT = 64


@dataclass(slots=True)
class EarlyDialog:
    """Dialog of one ringing phone; ``answer`` is its latest session description."""

    dialog: Dialog
    answer: SessionDescription | None = None
    reliable_number: int | None = None


class EarlyDialogs:
    """Early dialogs by the remote tag."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._dialogs: dict[str, EarlyDialog] = {}

    def get(self, tag: str | None) -> EarlyDialog | None:
        """Returns the early dialog with this To tag, or None."""
        return self._dialogs.get(tag or "")

    def forget(self, tag: str | None) -> None:
        """Removes the early dialog of a phone that no longer rings."""
        self._dialogs.pop(tag or "", None)

    def clear(self) -> None:
        """Removes all early dialogs."""
        self._dialogs.clear()

    def take(self, invite: Request, response: Response, *, trusted: bool) -> EarlyDialog | None:
        """Returns the early dialog of a provisional response; None if the response creates none."""
        tag = response.recipient.tag
        if tag is None:
            return None
        early = self._dialogs.get(tag)
        if early is not None:
            if response.contact is not None:
                early.dialog.refresh_target(response)
            return early
        if len(self._dialogs) >= _LIMIT:
            return None
        try:
            early = EarlyDialog(Dialog.from_response(invite, response, trusted=trusted))
        except GrammarError:
            return None
        self._dialogs[tag] = early
        return early

    def acknowledge(self, early: EarlyDialog, invite: Request, response: Response) -> bool:
        """Sends the PRACK of a reliable response; False if it is a duplicate or out of order."""
        number = reliable_number(response)
        if number is None:
            return True
        last = early.reliable_number
        if last is not None and number != last + 1:
            return False
        early.reliable_number = number
        dialog = early.dialog
        rack = ("RAck", f"{number} {invite.sequence}")
        exchange = Exchange.within(self._core, dialog, _ignore)
        exchange.start(dialog.request("PRACK", dialog.next_sequence(), (rack,)))
        return True


def _ignore(response: Response | None) -> None:
    """A failed PRACK is ignored: the remote party retransmits its response, or gives up."""
