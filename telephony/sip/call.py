"""What incoming and outgoing calls share once there is a dialog: ACK, re-INVITE, BYE, the end."""

from __future__ import annotations

from dataclasses import dataclass

from telephony.events import EndCause
from telephony.sip.cause import cause_of_bye, reason_header
from telephony.sip.core import Core
from telephony.sip.dialog import Dialog
from telephony.sip.effects import CallEstablished, CallTerminated, MediaAgreed
from telephony.sip.exchange import Exchange
from telephony.sip.message import Headers, Request, Response
from telephony.sip.offer_answer import AgreedMedia, Negotiation
from telephony.sip.sdp import MEDIA_TYPE, SdpError, SessionDescription, parse_sdp, serialise_sdp
from telephony.sip.transaction import TransactionKey

_REPEAT_OK = "repeat_ok"
_ACK_LIMIT = "ack_limit"
RING_LIMIT = "ring_limit"


@dataclass(slots=True)
class _PendingOk:
    """A 200 to an INVITE that waits for its ACK (RFC 3261 section 13.3.1.4)."""

    key: TransactionKey
    response: Response
    sequence: int
    interval_s: float
    offered_by_us: bool


class Call:
    """One call. ``call_id`` names it upwards; ``local_tag`` is this side's dialog tag."""

    def __init__(self, core: Core, call_id: str, local_tag: str) -> None:
        self._core = core
        self.call_id = call_id
        self.local_tag = local_tag
        self.dialog: Dialog | None = None
        self.ended = False
        self.established = False
        self._negotiation: Negotiation | None = None
        self._media: AgreedMedia | None = None
        self._pending_ok: _PendingOk | None = None
        self._bye_after_ack = False

    @property
    def finished(self) -> bool:
        """Whether no request within the dialog can concern this call any more."""
        return self.ended and self._pending_ok is None

    def matches(self, request: Request) -> bool:
        """Whether a request with a To tag belongs to this call's dialog."""
        dialog = self.dialog
        return (
            dialog is not None
            and request.call_id == dialog.call_id
            and request.recipient.tag == self.local_tag
            and request.sender.tag == dialog.remote.tag
        )

    def hang_up(self) -> None:
        """End the call from this side, whatever its state."""
        raise NotImplementedError

    # Requests within the dialog.

    def receive_ack(self, request: Request) -> None:
        """Take the ACK of a 200."""
        pending = self._pending_ok
        if pending is None or request.sequence.number != pending.sequence:
            return
        self._forget_pending_ok()
        if self._bye_after_ack:
            self._send_bye()
        elif pending.offered_by_us:
            self._take_answer(request)

    def receive_bye(self, key: TransactionKey, request: Request) -> None:
        """The far side hangs up."""
        self._core.respond(key, self._core.response(request, 200))
        self._forget_pending_ok()
        self._end(*cause_of_bye(request))

    def receive_invite(self, key: TransactionKey, request: Request) -> None:
        """A re-INVITE: new media, a new target or both."""
        dialog, negotiation = self.dialog, self._negotiation
        if self.ended:
            self._core.refuse(key, request, 481)
        elif dialog is None or negotiation is None or self._pending_ok is not None:
            # An INVITE of the far side is not finished yet (section 14.2).
            wait_s = int(self._core.identifiers.fraction() * 10)
            self._core.refuse(key, request, 500, (("Retry-After", str(wait_s)),))
        else:
            dialog.refresh_target(request)
            self._renegotiate(key, request, negotiation)

    def _renegotiate(self, key: TransactionKey, request: Request, negotiation: Negotiation) -> None:
        if not request.body:
            self._send_ok(key, request, negotiation.offer(), offered_by_us=True)
            return
        offer = read_description(request.body)
        answered = None if offer is None else negotiation.answer(offer)
        if answered is None:
            self._core.refuse(key, request, 488)
            return
        description, media = answered
        self._send_ok(key, request, description, offered_by_us=False)
        self._use(media)

    # The 200 and its ACK.

    def _send_ok(
        self,
        key: TransactionKey,
        request: Request,
        description: SessionDescription,
        *,
        offered_by_us: bool,
    ) -> None:
        core = self._core
        headers: Headers = (
            *(("Record-Route", value) for value in request.values("Record-Route")),
            core.contact_header,
            core.allow_header,
            ("Content-Type", MEDIA_TYPE),
        )
        body = serialise_sdp(description)
        response = core.response(request, 200, tag=self.local_tag, headers=headers, body=body)
        t1_s = core.values.t1_s
        self._pending_ok = _PendingOk(key, response, request.sequence.number, t1_s, offered_by_us)
        core.respond(key, response)
        core.arm(self, _REPEAT_OK, t1_s)
        core.arm(self, _ACK_LIMIT, core.values.timeout_s)

    def _forget_pending_ok(self) -> None:
        self._pending_ok = None
        self._core.cancel(self, _REPEAT_OK, _ACK_LIMIT)

    def on_timer(self, name: str) -> None:
        pending = self._pending_ok
        if pending is None:
            return
        if name == _REPEAT_OK:
            self._core.respond(pending.key, pending.response)
            pending.interval_s = min(2 * pending.interval_s, self._core.values.t2_s)
            self._core.arm(self, _REPEAT_OK, pending.interval_s)
        elif name == _ACK_LIMIT:
            self._forget_pending_ok()
            self._send_bye(reason_header(408, "No ACK"))
            self._end(EndCause.FAILED, 408)

    def _take_answer(self, message: Request | Response) -> None:
        """The far side's answer to our offer; without a usable one there is no call."""
        description = read_description(message.body)
        media = None
        if self._negotiation is not None and description is not None:
            media = self._negotiation.accept(description)
        if media is None:
            self._send_bye(reason_header(488, "No usable answer"))
            self._end(EndCause.FAILED, 488)
            return
        self._use(media)
        self._establish()

    # Upwards.

    def _use(self, media: AgreedMedia) -> None:
        if media != self._media and not self.ended:
            self._media = media
            self._core.emit(MediaAgreed(self.call_id, media))

    def _establish(self) -> None:
        if self._media is not None and not self.established and not self.ended:
            self.established = True
            self._core.emit(CallEstablished(self.call_id, self._media.codec))

    def _end(self, cause: EndCause, status_code: int | None = None) -> None:
        if not self.ended:
            self.ended = True
            self._core.cancel(self, RING_LIMIT)
            self._core.emit(CallTerminated(self.call_id, cause, status_code))

    def _hang_up_dialog(self) -> None:
        """BYE, but not before the ACK of our 200 (section 15)."""
        if self._pending_ok is not None:
            self._bye_after_ack = True
        else:
            self._send_bye()
        self._end(EndCause.NEAR_END)

    def _send_bye(self, *reasons: tuple[str, str]) -> None:
        if self.dialog is not None:
            send_bye(self._core, self.dialog, *reasons)


def read_description(body: bytes) -> SessionDescription | None:
    """The session description of a body; None when it is none."""
    try:
        return parse_sdp(body)
    except SdpError:
        return None


def send_bye(core: Core, dialog: Dialog, *reasons: tuple[str, str]) -> None:
    """End a dialog; its answer changes nothing, so nobody waits for it.

    ``reasons`` are Reason header fields for the far side.
    """

    def ignore(response: Response | None) -> None:
        pass

    exchange = Exchange(core, dialog.destination, dialog.next_sequence, ignore)
    exchange.start(dialog.request("BYE", dialog.next_sequence(), reasons))
