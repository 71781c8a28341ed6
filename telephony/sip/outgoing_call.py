"""A call that goes out: INVITE, credentials, ringing, ACK along the route set, or CANCEL."""

from __future__ import annotations

from telephony.events import EndCause
from telephony.sip.address import Address, NameAddress, SequenceNumber
from telephony.sip.call import Call
from telephony.sip.capabilities import session_headers
from telephony.sip.cause import cause_of_refusal, reason_header
from telephony.sip.core import Core
from telephony.sip.dialog import Dialog
from telephony.sip.dialog_usage import RING_LIMIT, read_description, send_bye
from telephony.sip.effects import CallProgressing
from telephony.sip.exchange import CHALLENGES_LIMIT, renewed
from telephony.sip.message import Headers, Request, Response
from telephony.sip.offer_answer import LocalMedia, Negotiation
from telephony.sip.sdp import MEDIA_TYPE, serialise_sdp
from telephony.sip.transaction import TransactionKey
from telephony.sip.uri import GrammarError, Uri

_CANCEL_LIMIT = "cancel_limit"
_GIVEN_UP = reason_header(487, "Given up")
_TAKEN = reason_header(200, "Call completed elsewhere")
_CREDENTIALS = ("Authorization", "Proxy-Authorization")


class OutgoingCall(Call):
    """A call to ``target``, through the server in use where there is one.

    Its INVITE has ``headers`` as well.
    """

    owns_call_id = True

    def __init__(
        self, core: Core, call_id: str, target: Uri, local: LocalMedia, headers: Headers = ()
    ) -> None:
        super().__init__(core, call_id, core.identifiers.tag())
        self._target = target
        self._destination, self._routes = core.way_out(target)
        self._headers = headers
        identifiers = core.identifiers
        self._negotiation = Negotiation(identifiers.session_id(), local, identifiers.srtp_key)
        self._sequence = 0
        self._challenges = 0
        self._key: TransactionKey | None = None
        self._invite: Request | None = None
        self._proceeding = False
        self._cancel_sent = False
        self._acks: dict[str, tuple[Request, Address]] = {}

    def start(self, ring_limit_s: float) -> None:
        """Send the INVITE with the offer."""
        core = self._core
        offer = serialise_sdp(self._negotiated.offer())
        caller = core.identity.address_of_record.with_tag(self.local_tag)
        headers = (
            *self._routes,
            ("Max-Forwards", "70"),
            ("From", str(caller)),
            ("To", str(NameAddress(self._target))),
            ("Call-ID", self.call_id),
            ("CSeq", str(SequenceNumber(self._next_sequence(), "INVITE"))),
            *session_headers(core),
            *self._headers,
            ("Content-Type", MEDIA_TYPE),
        )
        self._send_invite(Request(headers, offer, "INVITE", str(self._target)))
        core.arm(self, RING_LIMIT, ring_limit_s)

    @property
    def _negotiated(self) -> Negotiation:
        if self._negotiation is None:
            raise AssertionError("an outgoing call has its media from the start")
        return self._negotiation

    def _next_sequence(self) -> int:
        self._sequence += 1
        return self._sequence

    def _send_invite(self, request: Request) -> None:
        self._proceeding = False
        self._key, self._invite = self._core.send_request(request, self._destination, self)

    def hang_up(self) -> None:
        if self.established:
            if not self.ended:
                self._hang_up_dialog()
        else:
            self._give_up(EndCause.CANCELLED)

    def _give_up(self, cause: EndCause, status_code: int | None = None) -> None:
        """End the unanswered call upwards at once; its transaction ends in the background."""
        if not self.ended:
            self._end(cause, status_code)
            # CANCEL may be sent only after a provisional answer (section 9.1).
            if self._proceeding:
                self._send_cancel()

    def _send_cancel(self) -> None:
        invite, core = self._invite, self._core
        if invite is None or self._cancel_sent:
            return
        self._cancel_sent = True
        headers = (
            ("Via", invite.values("Via")[0]),
            *(("Route", value) for value in invite.values("Route")),
            ("Max-Forwards", "70"),
            ("From", invite.required("From")),
            ("To", invite.required("To")),
            ("Call-ID", self.call_id),
            ("CSeq", str(SequenceNumber(invite.sequence.number, "CANCEL"))),
        )
        core.send_prepared(Request(headers, b"", "CANCEL", invite.uri), self._destination, self)
        core.arm(self, _CANCEL_LIMIT, core.values.timeout_s)

    def on_timer(self, name: str) -> None:
        if name == RING_LIMIT:
            self._give_up(EndCause.NOT_ANSWERED)
        elif name == _CANCEL_LIMIT:
            if self._key is not None:
                self._core.layer.abandon(self._key)
        else:
            super().on_timer(name)

    # Answers.

    def on_timeout(self, request: Request) -> None:
        if request.method == "INVITE":
            self._end(EndCause.FAILED)

    def on_response(self, request: Request, response: Response) -> None:
        if request.method != "INVITE":
            return
        if response.status_code < 200:
            self._receive_provisional(response)
        elif response.status_code < 300:
            self._receive_success(request, response)
        else:
            self._receive_failure(request, response)

    def _receive_provisional(self, response: Response) -> None:
        self._proceeding = True
        if self.ended:
            self._send_cancel()
        elif response.status_code > 100:
            self._core.emit(CallProgressing(self.call_id, response.status_code))
            description = read_description(response.body) if response.body else None
            media = None if description is None else self._negotiated.accept(description)
            if media is not None:
                # Early media; the 200 repeats or replaces this answer.
                self._use(media)

    def _receive_success(self, request: Request, response: Response) -> None:
        tag = response.recipient.tag or ""
        if tag in self._acks:
            # Our ACK was lost: the far side repeats its 200.
            self._core.send(*self._acks[tag])
            return
        try:
            dialog = Dialog.from_response(request, response)
            destination = dialog.destination
        except GrammarError:
            # No way to acknowledge a 200 without a usable Contact and Record-Route.
            self._end(EndCause.FAILED, 502)
            return
        dialog.local_sequence = self._sequence
        self._acks[tag] = self._ack(request, dialog, destination), destination
        self._core.send(*self._acks[tag])
        self._core.cancel(self, _CANCEL_LIMIT)
        if self.ended or self.dialog is not None:
            # Given up too late, or a second phone answered as well: that one is not wanted.
            taken = self.dialog is not None
            send_bye(self._core, dialog, _TAKEN if taken else _GIVEN_UP)
            return
        self.dialog = dialog
        self._core.cancel(self, RING_LIMIT)
        self._take_answer(response)

    def _ack(self, request: Request, dialog: Dialog, destination: Address) -> Request:
        credentials = tuple(item for item in request.headers if item[0] in _CREDENTIALS)
        ack = dialog.request("ACK", request.sequence.number, credentials)
        return self._core.with_via(ack, destination)

    def _receive_failure(self, request: Request, response: Response) -> None:
        self._core.cancel(self, _CANCEL_LIMIT)
        if self.ended:
            return
        status_code = response.status_code
        if status_code in (401, 407) and self._challenges < CHALLENGES_LIMIT:
            self._challenges += 1
            again = renewed(self._core, request, response, self._next_sequence)
            if again is not None:
                self._send_invite(again)
                return
        self._end(*cause_of_refusal(response))
