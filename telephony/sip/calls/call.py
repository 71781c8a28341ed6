"""Base class of calls: answers the remote party's requests within the dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from telephony.events import EndCause
from telephony.sip.call_facts import cause_of_bye, cause_of_mismatch, reason_header
from telephony.sip.capabilities import answer_options, session_headers
from telephony.sip.core import Core
from telephony.sip.dialogs.bodies import DigitSender, read_digit, refusal_of_info, refuse_notify
from telephony.sip.dialogs.dialog import Dialog
from telephony.sip.dialogs.dialog_usage import read_description
from telephony.sip.dialogs.invites import AcceptedInvite
from telephony.sip.dialogs.renegotiation import CONTENT_TYPE, Renegotiation
from telephony.sip.effects import DigitArrived
from telephony.sip.offer_answer import AgreedMedia, Negotiation
from telephony.sip.primitives import AgentLimits
from telephony.sip.refusal import warning_header
from telephony.sip.sdp import SessionDescription, find_mismatch, serialise_sdp
from telephony.sip.syntax.message import Headers, Request, Response
from telephony.sip.transactions import TransactionKey


class Subscription(Protocol):
    """Receiver of NOTIFY requests within a call's dialog."""

    def receive_notify(self, key: TransactionKey, request: Request) -> None:
        """Handles and answers a NOTIFY."""


class Call(Renegotiation):
    """A call; handles every request within its dialog."""

    def __init__(self, core: Core, limits: AgentLimits, call_id: str, local_tag: str) -> None:
        super().__init__(core, limits, call_id, local_tag)
        self.transfer: Subscription | None = None
        """The transfer of the remote party that is in progress."""
        self.on_refer: Callable[[Call, TransactionKey, Request], None] | None = None
        """Handles the remote party's REFER; if None, a REFER is refused."""
        self._bye_after_ack = False
        self._digits = DigitSender(core)

    @property
    def finished(self) -> bool:
        """Whether no further request within the dialog can belong to this call."""
        return self.ended and self._accepted is None

    @property
    def invite(self) -> Request | None:
        """The INVITE that started the call, as sent or received; None before it is sent."""
        raise NotImplementedError

    # --- commands ---

    def hang_up(self) -> None:
        """Ends the call from this side, in any state."""
        raise NotImplementedError

    def send_digit(self, digit: str) -> None:
        """Sends one digit by INFO, after the digits before it."""
        if self.established and not self.ended and self.dialog is not None:
            self._digits.send(self.dialog, digit, self._on_digit_refused)
        else:
            self._fail("send_digits", "wrong_state")

    def _on_digit_refused(self) -> None:
        if not self.ended:
            self._fail("send_digits", "refused")

    # --- requests within the dialog ---

    def receive(self, key: TransactionKey, request: Request, dialog: Dialog) -> None:
        """Handles a request within ``dialog`` and checks its CSeq."""
        if not dialog.accepts(request):
            self._core.refuse(key, request, 500)
        elif self.ended and request.method != "BYE":
            self._core.refuse(key, request, 481)
        else:
            self._dispatch(key, request, dialog)

    def _dispatch(self, key: TransactionKey, request: Request, dialog: Dialog) -> None:
        match request.method:
            case "INVITE":
                self.receive_invite(key, request)
            case "UPDATE":
                self.receive_update(key, request, dialog)
            case "BYE":
                self.receive_bye(key, request)
            case "INFO":
                self.receive_info(key, request)
            case "PRACK":
                self.receive_prack(key, request)
            case "REFER":
                self.receive_refer(key, request)
            case "NOTIFY":
                self.receive_notify(key, request)
            case "OPTIONS":
                answer_options(self._core, key, request)
            case _:
                self._core.refuse(key, request, 405, (self._core.allow_header,))

    def receive_ack(self, request: Request) -> None:
        """Handles the ACK of a 200."""
        accepted = self._accepted
        if accepted is None or not accepted.is_acknowledged_by(request):
            return
        self._forget_accepted()
        if self._bye_after_ack:
            self._send_bye()
        elif accepted.offered_by_us:
            self._take_answer(request)
        self._go_on()

    def receive_bye(self, key: TransactionKey, request: Request) -> None:
        """Ends the call because the remote party hung up."""
        self._core.respond(key, self._core.response(request, 200))
        self._forget_accepted()
        self._end(*cause_of_bye(request))

    def receive_invite(self, key: TransactionKey, request: Request) -> None:
        """Handles a re-INVITE: new media, a new target or both."""
        dialog, negotiation = self.dialog, self._negotiation
        if dialog is None or negotiation is None or not self._is_answered:
            self._put_off(key, request)
        elif self._offer_is_open or self._sends_invite:
            self._core.refuse(key, request, 491)
        else:
            # The sender of a new INVITE has received our 200, although its ACK was lost (RFC 5407,
            # section 3.1.4).
            self._forget_accepted()
            self._renegotiate(key, request, dialog, negotiation)

    def receive_update(self, key: TransactionKey, request: Request, dialog: Dialog) -> None:
        """Changes the session or its target without an INVITE (RFC 3311)."""
        if not request.body:
            dialog.refresh_target(request)
            self._answer_update(key, request, None)
        elif self._negotiation is None:
            self._put_off(key, request)
        elif self._offer_is_open:
            self._core.refuse(key, request, 491)
        else:
            answered = self._answer_offer(key, request, self._negotiation)
            if answered is not None:
                dialog.refresh_target(request)
                self._answer_update(key, request, answered[0])
                self._use(answered[1])

    def receive_info(self, key: TransactionKey, request: Request) -> None:
        """Handles a digit of the remote party; other INFO packages are refused (RFC 6086)."""
        refusal = refusal_of_info(request)
        if refusal is not None:
            self._core.refuse(key, request, *refusal)
            return
        self._core.respond(key, self._core.response(request, 200))
        digit = read_digit(request)
        if digit is not None:
            self._core.emit(DigitArrived(self.call_id, digit))

    def receive_prack(self, key: TransactionKey, request: Request) -> None:
        """Refuses the PRACK: this call has no unacknowledged response (RFC 3262, section 3)."""
        self._core.refuse(key, request, 481)

    def receive_refer(self, key: TransactionKey, request: Request) -> None:
        """Handles the remote party's request for a call to another party."""
        if self.on_refer is None:
            # A REFER could make this phone dial chargeable numbers.
            self._core.refuse(key, request, 603)
        else:
            self.on_refer(self, key, request)

    def receive_notify(self, key: TransactionKey, request: Request) -> None:
        """Handles a notification of a subscription (RFC 6665, section 4.1.3)."""
        if self.transfer is None:
            refuse_notify(self._core, key, request)
        else:
            self.transfer.receive_notify(key, request)

    # --- answers to offers ---

    @property
    def _is_answered(self) -> bool:
        """Whether the INVITE of this call has its final response."""
        return self.established or self._accepted is not None

    @property
    def _sends_invite(self) -> bool:
        """Whether an own re-INVITE waits for its final response (section 14.2)."""
        change = self._change
        return change is not None and change.on_the_wire and change.method == "INVITE"

    @property
    def _offer_is_open(self) -> bool:
        """Whether an own offer waits for its answer (RFC 6337, section 3)."""
        change, accepted = self._change, self._accepted
        if change is not None and change.on_the_wire and change.has_offer:
            return True
        return self._media is None or (accepted is not None and accepted.offered_by_us)

    def _renegotiate(
        self, key: TransactionKey, request: Request, dialog: Dialog, negotiation: Negotiation
    ) -> None:
        if not request.body:
            dialog.refresh_target(request)
            description = negotiation.offer(holding=self._holding)
            self._send_ok(key, request, description, offered_by_us=True)
            return
        answered = self._answer_offer(key, request, negotiation)
        if answered is not None:
            dialog.refresh_target(request)
            self._send_ok(key, request, answered[0], offered_by_us=False)
            self._use(answered[1])

    def _answer_offer(
        self, key: TransactionKey, request: Request, negotiation: Negotiation
    ) -> tuple[SessionDescription, AgreedMedia] | None:
        """The answer, or None after the refusal of an unusable offer."""
        offer = read_description(request.body)
        answered = None if offer is None else negotiation.answer(offer, holding=self._holding)
        if answered is None:
            self._core.refuse(key, request, 488, self._warning(offer, negotiation))
        return answered

    def _warning(self, offer: SessionDescription | None, negotiation: Negotiation) -> Headers:
        code = self._mismatch(offer, negotiation)
        return () if code is None else (warning_header(self._core.identity.contact, code),)

    def _cause_of_refusal(
        self, offer: SessionDescription | None, negotiation: Negotiation | None
    ) -> EndCause:
        """Why the remote party's description is unusable; FAILED if it cannot be parsed."""
        code = None if negotiation is None else self._mismatch(offer, negotiation)
        return EndCause.FAILED if code is None else cause_of_mismatch(code)

    def _mismatch(self, offer: SessionDescription | None, negotiation: Negotiation) -> int | None:
        local = negotiation.local
        return None if offer is None else find_mismatch(offer, local.formats, local.srtp)

    def _answer_update(
        self, key: TransactionKey, request: Request, description: SessionDescription | None
    ) -> None:
        if self._is_answered:
            headers = self._answer_headers(request)
        else:
            # There is no session yet that could be refreshed (RFC 4028, section 9).
            self._session_timer.note(request)
            headers = session_headers(self._core)
        body = b""
        if description is not None:
            headers, body = (*headers, CONTENT_TYPE), serialise_sdp(description)
        response = self._core.response(request, 200, headers=headers, body=body)
        self._core.respond(key, response)

    def _send_ok(
        self,
        key: TransactionKey,
        request: Request,
        description: SessionDescription,
        *,
        offered_by_us: bool,
    ) -> None:
        headers: Headers = (
            *(("Record-Route", value) for value in request.values("Record-Route")),
            *self._answer_headers(request),
            CONTENT_TYPE,
        )
        body = serialise_sdp(description)
        response = self._core.response(request, 200, tag=self.local_tag, headers=headers, body=body)
        self._accepted = AcceptedInvite(
            self._core, key, response, self._on_ack_missing, offered_by_us=offered_by_us
        )
        self._accepted.start()

    def _forget_accepted(self) -> None:
        if self._accepted is not None:
            self._accepted.stop()
            self._accepted = None

    def _on_ack_missing(self) -> None:
        self._accepted = None
        self._send_bye(reason_header(408, "No ACK"))
        self._end(EndCause.FAILED, 408)

    def _take_answer(self, message: Request | Response) -> None:
        """Uses the remote party's answer to our offer; ends the call if it is unusable."""
        media = self._accept(message.body, holding=self._holding)
        if media is not None:
            self._use(media)
            self._establish()
        elif not self.established:
            self._send_bye(reason_header(488, "No usable answer"))
            answer = read_description(message.body) if message.body else None
            self._end(self._cause_of_refusal(answer, self._negotiation), 488)

    def _hang_up_dialog(self) -> None:
        """Sends BYE, but not before the ACK of our 200 (section 15)."""
        if self._accepted is not None:
            self._bye_after_ack = True
        else:
            self._send_bye()
        self._end(EndCause.NEAR_END)
