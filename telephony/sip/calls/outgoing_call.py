"""Outgoing call, and the targets of its redirections.

RFC 3261, section 8.1.3.4 for redirections.
"""

from __future__ import annotations

from dataclasses import replace

from telephony.events import EndCause
from telephony.sip.call_facts import cause_of_refusal, reason_header
from telephony.sip.calls.call import Call
from telephony.sip.calls.replaces import Detour
from telephony.sip.core import Core
from telephony.sip.dialogs.dialog import (
    CHALLENGES_LIMIT,
    Dialog,
    EarlyDialog,
    EarlyDialogs,
    renewed,
)
from telephony.sip.dialogs.dialog_usage import RING_LIMIT, read_description, send_bye
from telephony.sip.effects import CallProgressing
from telephony.sip.offer_answer import LocalMedia, Negotiation
from telephony.sip.primitives import AgentLimits
from telephony.sip.sdp import MEDIA_TYPE, serialise_sdp
from telephony.sip.syntax.address import (
    Address,
    GrammarError,
    NameAddress,
    SequenceNumber,
    Uri,
    parameter,
)
from telephony.sip.syntax.message import Headers, Request, Response
from telephony.sip.transactions import TransactionKey

_FOLLOWED = (300, 301, 302)
TARGETS_LIMIT = 5


class Redirection:
    """Contacts of 3xx responses that are still to be tried, best first.

    ``only_host`` restricts a call made without a server to the host it was made to: a remote party
    must not redirect it elsewhere. With a server it is None: the server receives every INVITE and
    decides itself.
    """

    def __init__(self, target: Uri, only_host: str | None) -> None:
        self._only_host = only_host
        self._tried = {str(target)}
        self._waiting: list[Uri] = []

    def take(self, response: Response) -> None:
        """Adds the contacts of a redirection."""
        if response.status_code not in _FOLLOWED:
            return
        found: list[tuple[float, Uri]] = []
        for value in response.values("Contact"):
            try:
                contact = NameAddress.parse(value)
            except GrammarError:
                continue
            if self._may_follow(contact.uri):
                found.append((_quality(contact), contact.uri))
        found.sort(key=lambda item: -item[0])
        self._waiting = [uri for _, uri in found] + self._waiting

    def next(self) -> Uri | None:
        """Returns the next untried target; None if there is none or the limit is reached."""
        while self._waiting and len(self._tried) <= TARGETS_LIMIT:
            uri = self._waiting.pop(0)
            if str(uri) not in self._tried:
                self._tried.add(str(uri))
                return uri
        return None

    def _may_follow(self, uri: Uri) -> bool:
        return uri.scheme == "sip" and self._only_host in (None, uri.host)


def _quality(contact: NameAddress) -> float:
    text = parameter(contact.parameters, "q") or "1"
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 1.0


_CANCEL_LIMIT = "cancel_limit"
# "Early Dialog Terminated" (RFC 6228).
_EARLY_DIALOG_OVER = 199
# A 6xx applies to all phones of the called person.
_EVERYWHERE = 600
_NO_SERVICE = 503
_GIVEN_UP = reason_header(487, "Given up")
_TAKEN = reason_header(200, "Call completed elsewhere")
_CREDENTIALS = ("Authorization", "Proxy-Authorization")


class OutgoingCall(Call):
    """A call to ``target``, through the server in use if there is one, or ``directly``.

    Its INVITE also contains ``headers``. A remote party that is called directly gets no
    credentials: its challenge could be an attempt to learn the account's password. If it redirects
    the call to another host, the INVITE is sent through the server.
    """

    owns_call_id = True

    def __init__(
        self,
        core: Core,
        limits: AgentLimits,
        call_id: str,
        target: Uri,
        local: LocalMedia,
        headers: Headers = (),
        *,
        directly: bool = False,
    ) -> None:
        super().__init__(core, limits, call_id, core.identifiers.tag())
        self._recipient = NameAddress(target)
        self._target = target
        self._direct_host = target.host if directly else None
        self._way = core.way_out(target, directly=directly)
        self._headers = headers
        self._redirection = Redirection(target, None if core.server else target.host)
        self._early = EarlyDialogs(core)
        identifiers = core.identifiers
        self._negotiation = Negotiation(identifiers.session_id(), local, identifiers.srtp_key)
        self._detour = Detour(core, self._go_round, self._find_no_way)
        self._failure: Response | None = None
        self._sequence = 0
        self._challenges = 0
        self._key: TransactionKey | None = None
        self._invite: Request | None = None
        self._proceeding = False
        self._cancel_sent = False
        self._acks: dict[str, tuple[Request, Address]] = {}

    def start(self) -> None:
        """Sends the INVITE with the offer."""
        self._invite_target()
        self._core.arm(self, RING_LIMIT, self._limits.ring_limit_s)

    def _invite_target(self) -> None:
        core = self._core
        offer = serialise_sdp(self._negotiated.offer())
        caller = core.identity.address_of_record.with_tag(self.local_tag)
        headers = (
            *self._way.routes,
            ("Max-Forwards", "70"),
            ("From", str(caller)),
            ("To", str(self._recipient)),
            ("Call-ID", self.call_id),
            ("CSeq", str(SequenceNumber(self._next_sequence(), "INVITE"))),
            *self._request_headers(),
            *self._headers,
            ("Content-Type", MEDIA_TYPE),
        )
        self._send_invite(Request(headers, offer, "INVITE", str(self._target)))

    @property
    def _negotiated(self) -> Negotiation:
        if self._negotiation is None:
            raise AssertionError("an outgoing call has its media from the start")
        return self._negotiation

    def _next_sequence(self) -> int:
        self._sequence += 1
        return self._sequence

    @property
    def invite(self) -> Request | None:
        return self._invite

    def _send_invite(self, request: Request) -> None:
        self._proceeding = False
        way = self._way
        self._key, self._invite = self._core.send_request(
            request, way.destination, self, trusted=not way.direct
        )
        if not way.direct:
            self._detour.sent()

    def hang_up(self) -> None:
        if self.established:
            if not self.ended:
                self._hang_up_dialog()
        else:
            self._give_up(EndCause.CANCELLED)

    def _give_up(self, cause: EndCause, status_code: int | None = None) -> None:
        """Reports the end of the unanswered call; its transaction ends in the background."""
        if not self.ended:
            self._detour.stop()
            self._end(cause, status_code)
            # CANCEL may be sent only after a provisional response (section 9.1).
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
        core.send_prepared(Request(headers, b"", "CANCEL", invite.uri), self._way.destination, self)
        core.arm(self, _CANCEL_LIMIT, core.values.timeout_s)

    def on_timer(self, name: str) -> None:
        if name == RING_LIMIT:
            self._give_up(EndCause.NOT_ANSWERED)
        elif name == _CANCEL_LIMIT:
            if self._key is not None:
                self._core.layer.abandon(self._key)
        else:
            super().on_timer(name)

    # --- responses ---

    def on_timeout(self, request: Request) -> None:
        if request.method == "INVITE":
            self._end(EndCause.FAILED)

    def on_response(self, request: Request, response: Response) -> None:
        if request.method != "INVITE":
            return
        self._detour.stop()
        if response.status_code < 200:
            self._receive_provisional(request, response)
        elif response.status_code < 300:
            self._receive_success(request, response)
        else:
            self._receive_failure(request, response)

    def _receive_provisional(self, request: Request, response: Response) -> None:
        self._proceeding = True
        if self.ended:
            self._send_cancel()
        elif response.status_code > 100:
            early = self._early.take(request, response, trusted=not self._way.direct)
            if early is None:
                self._core.emit(CallProgressing(self.call_id, response.status_code))
            elif self._early.acknowledge(early, request, response):
                self._use_early(early, response)

    def _use_early(self, early: EarlyDialog, response: Response) -> None:
        if response.status_code == _EARLY_DIALOG_OVER:
            self._early.forget(response.recipient.tag)
            return
        self._core.emit(CallProgressing(self.call_id, response.status_code))
        self._session_timer.note(response)
        description = read_description(response.body) if response.body else None
        media = None if description is None else self._negotiated.accept(description)
        if media is not None:
            # Early media: the phone that responded last is heard. The 200 repeats or replaces this
            # answer.
            early.answer = description
            self._use(media)

    def _receive_success(self, request: Request, response: Response) -> None:
        tag = response.recipient.tag or ""
        if tag in self._acks:
            # Our ACK was lost: the remote party retransmits its 200.
            self._core.send(*self._acks[tag])
            return
        try:
            dialog = Dialog.from_response(request, response, trusted=not self._way.direct)
            destination = dialog.destination
        except GrammarError:
            # A 200 cannot be acknowledged without a usable Contact and Record-Route.
            self._end(EndCause.FAILED, 502)
            return
        early = self._early.get(tag)
        if early is not None:
            # Requests may have been sent in both directions within the early dialog.
            dialog.local_sequence = early.dialog.local_sequence
            dialog.remote_sequence = early.dialog.remote_sequence
        self._acks[tag] = self._ack(request, dialog, destination), destination
        self._core.send(*self._acks[tag])
        self._core.cancel(self, _CANCEL_LIMIT)
        if self.ended or self.dialog is not None:
            # The call was cancelled too late, or a second phone answered as well.
            taken = self.dialog is not None
            send_bye(self._core, dialog, _TAKEN if taken else _GIVEN_UP)
            return
        self._begin_dialog(dialog, early, response)

    def _begin_dialog(self, dialog: Dialog, early: EarlyDialog | None, response: Response) -> None:
        self.dialog = dialog
        self._early.clear()
        self._core.cancel(self, RING_LIMIT)
        self._session_timer.take_answer(response)
        if not response.body and early is not None and early.answer is not None:
            # The answer was in an earlier response (RFC 3262, section 5).
            response = replace(response, body=serialise_sdp(early.answer))
        self._take_answer(response)
        self._go_on()

    def _ack(self, request: Request, dialog: Dialog, destination: Address) -> Request:
        credentials = tuple(item for item in request.headers if item[0] in _CREDENTIALS)
        ack = dialog.request("ACK", request.sequence.number, credentials)
        return self._core.with_via(ack, destination)

    def _receive_failure(self, request: Request, response: Response) -> None:
        self._core.cancel(self, _CANCEL_LIMIT)
        if self.ended:
            return
        status_code = response.status_code
        challenged = status_code in (401, 407) and not self._way.direct
        if challenged and self._challenges < CHALLENGES_LIMIT:
            self._challenges += 1
            again = renewed(self._core, request, response, self._next_sequence)
            if again is not None:
                self._send_invite(again)
                return
        if self._session_timer.take_refusal(response):
            self._invite_target()
            return
        unserved = status_code == _NO_SERVICE and not self._way.direct
        if unserved and not self._proceeding and self._detour.seek():
            self._failure = response
            return
        self._redirection.take(response)
        target = self._redirection.next() if status_code < _EVERYWHERE else None
        if target is None:
            self._end(*cause_of_refusal(response))
        else:
            self._follow(target)

    def _go_round(self) -> None:
        """Sends the INVITE to the server now in use and abandons the one to the first server."""
        if self._key is not None:
            self._core.layer.abandon(self._key)
        self._failure = None
        self._follow(self._target)

    def _find_no_way(self) -> None:
        """Ends the call: the server in use responds, or there is no other one."""
        if self._failure is not None:
            self._end(*cause_of_refusal(self._failure))

    def _follow(self, target: Uri) -> None:
        """Continues with another target; From, To and Call-ID are unchanged (section 8.1.3.4)."""
        self._target = replace(target, headers="")
        stays = self._target.host == self._direct_host
        self._way = self._core.way_out(self._target, directly=stays)
        self._early.clear()
        self._challenges = 0
        self._invite_target()

    # --- requests within an early dialog ---

    def dialog_of(self, request: Request) -> Dialog | None:
        found = super().dialog_of(request)
        if found is not None or self.dialog is not None or request.call_id != self.call_id:
            return found
        early = self._early.get(request.sender.tag)
        return None if early is None else early.dialog

    def receive_bye(self, key: TransactionKey, request: Request) -> None:
        if self.dialog is None:
            # One of several phones stops ringing, although a BYE is not meant for this (section
            # 15.1.2). The INVITE continues.
            self._core.respond(key, self._core.response(request, 200))
            self._early.forget(request.sender.tag)
        else:
            super().receive_bye(key, request)
