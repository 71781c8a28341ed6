"""Base class of calls: state of dialog and session, and the effects that report its changes."""

from __future__ import annotations

from collections.abc import Callable

from telephony.events import EndCause, Side
from telephony.sip.core import Core
from telephony.sip.dialogs.dialog import Dialog, Exchange
from telephony.sip.effects import (
    CallEstablished,
    CallTerminated,
    CommandFailed,
    HoldChanged,
    MediaAgreed,
)
from telephony.sip.offer_answer import AgreedMedia, Negotiation
from telephony.sip.sdp import SdpError, SessionDescription, parse_sdp
from telephony.sip.syntax.message import Headers, Request, Response
from telephony.sip.transactions import TransactionKey

RING_LIMIT = "ring_limit"


class DialogUsage:
    """State of one call.

    ``call_id`` is the name of the call for the upper layers, ``local_tag`` its local dialog tag.
    """

    def __init__(self, core: Core, call_id: str, local_tag: str) -> None:
        self._core = core
        self.call_id = call_id
        self.local_tag = local_tag
        self.dialog: Dialog | None = None
        self.ended = False
        self.established = False
        self.on_end: Callable[[EndCause], EndCause] | None = None
        """Returns the cause to report at the end, for a call that continues elsewhere."""
        self._negotiation: Negotiation | None = None
        self._media: AgreedMedia | None = None
        self._holding = False
        self._far_holds = False

    @property
    def holding(self) -> bool:
        """Whether this side holds the call, and the remote party has agreed."""
        return self._holding

    def dialog_of(self, request: Request) -> Dialog | None:
        """Returns the dialog of a request with this side's tag; None if it belongs to none."""
        dialog = self.dialog
        if (
            dialog is not None
            and request.call_id == dialog.call_id
            and request.sender.tag == dialog.remote.tag
        ):
            return dialog
        return None

    def on_timer(self, name: str) -> None:
        """Handles a timer of this call that has expired."""

    # --- requests and responses to the remote party ---

    def _put_off(self, key: TransactionKey, request: Request) -> None:
        """Refuses temporarily: an INVITE of the remote party is not finished yet (section 14.2)."""
        wait_s = int(self._core.identifiers.fraction() * 10)
        self._core.refuse(key, request, 500, (("Retry-After", str(wait_s)),))

    def _send_bye(self, *reasons: tuple[str, str]) -> None:
        if self.dialog is not None:
            send_bye(self._core, self.dialog, *reasons)

    # --- effects ---

    def _use(self, media: AgreedMedia) -> None:
        if media != self._media and not self.ended:
            self._media = media
            self._core.emit(MediaAgreed(self.call_id, media))
        self._tell_far_hold()

    def _establish(self) -> None:
        media = self._media
        if media is not None and not self.established and not self.ended:
            self.established = True
            encrypted = media.srtp is not None
            self._core.emit(CallEstablished(self.call_id, media.codec, encrypted))
            self._tell_far_hold()

    def _tell_far_hold(self) -> None:
        far_holds = self._negotiation is not None and self._negotiation.far_holds
        if self.established and not self.ended and far_holds != self._far_holds:
            self._far_holds = far_holds
            self._core.emit(HoldChanged(self.call_id, Side.FAR, far_holds))

    def _fail(self, command: str, code: str) -> None:
        self._core.emit(CommandFailed(self.call_id, command, code))

    def _end(self, cause: EndCause, status_code: int | None = None) -> None:
        if not self.ended:
            self.ended = True
            self._core.cancel(self, RING_LIMIT)
            if self.on_end is not None:
                cause = self.on_end(cause)
            self._core.emit(CallTerminated(self.call_id, cause, status_code))


def read_description(body: bytes) -> SessionDescription | None:
    """Parses the session description of a body; returns None if it is invalid."""
    try:
        return parse_sdp(body)
    except SdpError:
        return None


def send_bye(core: Core, dialog: Dialog, *headers: tuple[str, str]) -> None:
    """Ends a dialog; the response is ignored, because it changes nothing."""

    def ignore(response: Response | None) -> None:
        pass

    exchange = Exchange.within(core, dialog, ignore)
    fields: Headers = tuple(headers)
    exchange.start(dialog.request("BYE", dialog.next_sequence(), fields))
