"""The state both ends of a call share (RFC 3261 section 12)."""

from __future__ import annotations

from dataclasses import dataclass

from telephony.sip.syntax.address import Address, NameAddress, address_of
from telephony.sip.syntax.message import Headers, Request, Response
from telephony.sip.syntax.uri import GrammarError, Uri


@dataclass(slots=True)
class Dialog:
    """Tags, targets, routes and sequence numbers of one dialog.

    ``trusted`` tells that the telephone system is in between, or that the far side is one that
    the settings name: only there a challenge is answered with the account's credentials.
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
        """The dialog of an INVITE that came in (section 12.1.1)."""
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
        """The dialog that an answer to our INVITE makes (section 12.1.2)."""
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
        """The CSeq number of the next request of this side."""
        self.local_sequence += 1
        return self.local_sequence

    def accepts(self, request: Request) -> bool:
        """Whether the request is newer than the far side's last; remembers it if so."""
        number = request.sequence.number
        if self.remote_sequence is not None and number <= self.remote_sequence:
            return False
        self.remote_sequence = number
        return True

    def refresh_target(self, message: Request | Response) -> None:
        """Follow the far side to a new Contact (target refresh, section 12.2)."""
        contact = message.contact
        if contact is not None and contact.uri.host:
            self.remote_target = contact.uri

    def request(self, method: str, sequence: int, headers: Headers = ()) -> Request:
        """A request within the dialog, without Via (section 12.2.1.1)."""
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
        """Where requests within the dialog are sent."""
        return self._way()[2]

    def _way(self) -> tuple[Uri, tuple[str, ...], Address]:
        if not self.route_set:
            return self.remote_target, (), address_of(self.remote_target)
        first = NameAddress.parse(self.route_set[0]).uri
        if first.is_loose_router:
            return self.remote_target, self.route_set, address_of(first)
        # A strict router of RFC 2543 finds itself in the Request-URI.
        return first, (*self.route_set[1:], f"<{self.remote_target}>"), address_of(first)


def _target(contact: NameAddress | None, fallback: NameAddress) -> Uri:
    uri = fallback.uri if contact is None else contact.uri
    if not uri.host:
        raise GrammarError("contact")
    return uri
