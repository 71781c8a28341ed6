"""What incoming and outgoing calls share once there is a dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from telephony.events import EndCause, Side
from telephony.sip.accepted_invite import AcceptedInvite
from telephony.sip.capabilities import answer_options, session_headers
from telephony.sip.cause import cause_of_bye, reason_header
from telephony.sip.core import Core
from telephony.sip.dialog import Dialog
from telephony.sip.dialog_usage import DialogUsage, read_description
from telephony.sip.effects import DigitArrived, HoldChanged
from telephony.sip.info_digits import DigitSender, read_digit, refusal_of_info
from telephony.sip.media_choice import find_mismatch
from telephony.sip.message import Headers, Request, Response
from telephony.sip.offer_answer import AgreedMedia, Negotiation
from telephony.sip.refusal import warning_header
from telephony.sip.sdp import MEDIA_TYPE, SessionDescription, serialise_sdp
from telephony.sip.session_change import ChangeMethod, SessionChange
from telephony.sip.sipfrag import refuse_notify
from telephony.sip.transaction import TransactionKey

_CONTENT_TYPE = ("Content-Type", MEDIA_TYPE)


class Subscription(Protocol):
    """Who waits for NOTIFYs within a call's dialog."""

    def receive_notify(self, key: TransactionKey, request: Request) -> None:
        """Take one, and answer it."""


class Call(DialogUsage):
    """Takes every request within the dialog, and changes the session from this side."""

    owns_call_id = False
    """Whether this side chose the Call-ID; it decides who waits longer after glare."""

    def __init__(self, core: Core, call_id: str, local_tag: str) -> None:
        super().__init__(core, call_id, local_tag)
        self.transfer: Subscription | None = None
        """The hand-over of the far side that is under way."""
        self.on_refer: Callable[[Call, TransactionKey, Request], None] | None = None
        """Takes the far side's REFER; without it that is refused."""
        self._accepted: AcceptedInvite | None = None
        self._bye_after_ack = False
        self._change: SessionChange | None = None
        self._moved = False
        self._digits = DigitSender(core)

    @property
    def finished(self) -> bool:
        """Whether no request within the dialog can concern this call any more."""
        return self.ended and self._accepted is None

    @property
    def busy(self) -> bool:
        """Whether a change of the session is under way, so that none can be begun."""
        return self._change is not None or self._accepted is not None

    # Commands.

    def hang_up(self) -> None:
        """End the call from this side, whatever its state."""
        raise NotImplementedError

    def hold(self) -> None:
        """Ask the far side to hear nothing and send nothing of use; told when it agrees."""
        self._set_hold("hold", holding=True)

    def resume(self) -> None:
        """Take the call up again; told when the far side agrees."""
        self._set_hold("resume", holding=False)

    def send_digit(self, digit: str) -> None:
        """Send one key by INFO, after those before it."""
        if self.established and not self.ended and self.dialog is not None:
            self._digits.send(self.dialog, digit, self._on_digit_refused)
        else:
            self._fail("send_digits", "wrong_state")

    def _on_digit_refused(self) -> None:
        if not self.ended:
            self._fail("send_digits", "refused")

    def rebind(self) -> None:
        """Tell the far side this phone's new address, as soon as nothing else is under way."""
        negotiation = self._negotiation
        if negotiation is not None:
            host = self._core.identity.contact.host
            negotiation.local = replace(negotiation.local, host=host)
        self._moved = True
        self._go_on()

    def _set_hold(self, command: str, *, holding: bool) -> None:
        if self.ended or not self.established or self._holding == holding:
            self._fail(command, "wrong_state")
        elif self.busy:
            self._fail(command, "busy")
        else:
            self._begin_change("INVITE", command, holding=holding)

    # Our own change of the session.

    def _begin_change(self, method: ChangeMethod, command: str | None, *, holding: bool) -> None:
        dialog, negotiation = self.dialog, self._negotiation
        if dialog is None or negotiation is None:
            raise AssertionError("an established call has its dialog and its media")

        def compose() -> tuple[Headers, bytes]:
            body = serialise_sdp(negotiation.offer(holding=holding))
            return (*session_headers(self._core), _CONTENT_TYPE), body

        def on_done(response: Response | None) -> None:
            self._change = None
            self._take_change(response, command, holding=holding)

        self._send_change(dialog, method, compose, on_done)

    def _send_change(
        self,
        dialog: Dialog,
        method: ChangeMethod,
        compose: Callable[[], tuple[Headers, bytes]],
        on_done: Callable[[Response | None], None],
    ) -> None:
        self._change = SessionChange(
            self._core, dialog, method, compose, on_done, owns_call_id=self.owns_call_id
        )
        self._change.start()

    def _take_change(
        self, response: Response | None, command: str | None, *, holding: bool
    ) -> None:
        if self._lost_by(response):
            return
        media = None
        if response is not None and response.status_code < 300 and self.dialog is not None:
            self.dialog.refresh_target(response)
            media = self._accept(response.body, holding=holding)
        if media is not None:
            changed = holding != self._holding
            self._holding = holding
            self._use(media)
            if changed:
                self._core.emit(HoldChanged(self.call_id, Side.NEAR, holding))
        elif command is not None:
            self._fail(command, "refused")
        self._go_on()

    def _lost_by(self, response: Response | None) -> bool:
        """End the call when the far side does not know or answer it (section 12.2.1.2)."""
        if response is not None and response.status_code not in (408, 481):
            return False
        self._send_bye()
        self._end(EndCause.FAILED, 408 if response is None else response.status_code)
        return True

    def _accept(self, body: bytes, *, holding: bool) -> AgreedMedia | None:
        description = read_description(body)
        if description is None or self._negotiation is None:
            return None
        return self._negotiation.accept(description, holding=holding)

    def _go_on(self) -> None:
        """Begin the change that has waited for the last one's end."""
        if self._moved and self.established and not self.ended and not self.busy:
            self._moved = False
            self._begin_change("INVITE", None, holding=self._holding)

    # Requests within the dialog.

    def receive(self, key: TransactionKey, request: Request, dialog: Dialog) -> None:
        """Take a request within ``dialog``; its CSeq is checked here."""
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
        """Take the ACK of a 200."""
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
        """The far side hangs up."""
        self._core.respond(key, self._core.response(request, 200))
        self._forget_accepted()
        self._end(*cause_of_bye(request))

    def receive_invite(self, key: TransactionKey, request: Request) -> None:
        """A re-INVITE: new media, a new target or both."""
        dialog, negotiation = self.dialog, self._negotiation
        if dialog is None or negotiation is None or not self._is_answered:
            self._put_off(key, request)
        elif self._offer_is_open or (self._change is not None and self._change.on_the_wire):
            self._core.refuse(key, request, 491)
        else:
            # Who sends the next INVITE has had our 200, although its ACK was lost (RFC 5407
            # section 3.1.4).
            self._forget_accepted()
            self._renegotiate(key, request, dialog, negotiation)

    def receive_update(self, key: TransactionKey, request: Request, dialog: Dialog) -> None:
        """Change the session or its target without an INVITE (RFC 3311)."""
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
        """A key the far side pressed; other packages are not taken (RFC 6086)."""
        refusal = refusal_of_info(request)
        if refusal is not None:
            self._core.refuse(key, request, *refusal)
            return
        self._core.respond(key, self._core.response(request, 200))
        digit = read_digit(request)
        if digit is not None:
            self._core.emit(DigitArrived(self.call_id, digit))

    def receive_prack(self, key: TransactionKey, request: Request) -> None:
        """Nothing of this call waits for a PRACK (RFC 3262 section 3)."""
        self._core.refuse(key, request, 481)

    def receive_refer(self, key: TransactionKey, request: Request) -> None:
        """The far side asks for a call to somebody else."""
        if self.on_refer is None:
            # Whoever could move our calls could also have this phone dial for money.
            self._core.refuse(key, request, 603)
        else:
            self.on_refer(self, key, request)

    def receive_notify(self, key: TransactionKey, request: Request) -> None:
        """News of what was subscribed (RFC 6665 section 4.1.3)."""
        if self.transfer is None:
            refuse_notify(self._core, key, request)
        else:
            self.transfer.receive_notify(key, request)

    # Answers to offers.

    @property
    def _is_answered(self) -> bool:
        """Whether the INVITE that made this call has its final answer."""
        return self.established or self._accepted is not None

    @property
    def _offer_is_open(self) -> bool:
        """Whether an offer of ours waits for its answer (RFC 6337 section 3)."""
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
        """The answer, or None after the refusal of an offer that fits nothing."""
        offer = read_description(request.body)
        answered = None if offer is None else negotiation.answer(offer, holding=self._holding)
        if answered is None:
            self._core.refuse(key, request, 488, self._warning(offer, negotiation))
        return answered

    def _warning(self, offer: SessionDescription | None, negotiation: Negotiation) -> Headers:
        local = negotiation.local
        code = None if offer is None else find_mismatch(offer, local.formats, local.srtp)
        return () if code is None else (warning_header(self._core.identity.contact, code),)

    def _answer_update(
        self, key: TransactionKey, request: Request, description: SessionDescription | None
    ) -> None:
        headers: Headers = session_headers(self._core)
        body = b""
        if description is not None:
            headers, body = (*headers, _CONTENT_TYPE), serialise_sdp(description)
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
            *session_headers(self._core),
            _CONTENT_TYPE,
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
        """The far side's answer to our offer; without a usable one there is no call."""
        media = self._accept(message.body, holding=self._holding)
        if media is not None:
            self._use(media)
            self._establish()
        elif not self.established:
            self._send_bye(reason_header(488, "No usable answer"))
            self._end(EndCause.FAILED, 488)

    def _hang_up_dialog(self) -> None:
        """BYE, but not before the ACK of our 200 (section 15)."""
        if self._accepted is not None:
            self._bye_after_ack = True
        else:
            self._send_bye()
        self._end(EndCause.NEAR_END)

    def _end(self, cause: EndCause, status_code: int | None = None) -> None:
        if self._change is not None:
            self._change.stop()
            self._change = None
        super()._end(cause, status_code)
