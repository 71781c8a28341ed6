"""Handing a far side over by REFER, followed to its end (RFC 3515, RFC 5589)."""

from __future__ import annotations

from dataclasses import replace

from telephony.events import EndCause, TransferState
from telephony.sip.calls.call import Call
from telephony.sip.calls.replaces import Replaces
from telephony.sip.core import Core
from telephony.sip.dialogs.dialog import Dialog
from telephony.sip.dialogs.exchange import Exchange
from telephony.sip.dialogs.sipfrag import (
    REFER_EVENT,
    Notification,
    read_notification,
    refuse_notify,
)
from telephony.sip.effects import CommandFailed, TransferUpdated
from telephony.sip.syntax.header_text import shown, shown_number
from telephony.sip.syntax.message import Request, Response
from telephony.sip.syntax.uri import Uri
from telephony.sip.transactions.transaction import TransactionKey

_NEWS_LIMIT = "news_limit"
# How long a subscription is believed that names no time, and at most, in seconds.
_EXPIRES_DEFAULT_S = 180
_EXPIRES_LIMIT_S = 600


class Transfer:
    """One hand-over of ``call`` to ``target``; with a consultation, to its far side.

    The call is held first. It ends only when the far side tells that the target has answered,
    or hangs up by itself after it took the REFER: until then it stays, and after a failure too.
    """

    def __init__(
        self, core: Core, call: Call, target: Uri, consultation: Call | None = None
    ) -> None:
        self.call = call
        self.over = False
        self._core = core
        self._target = target
        self._consultation = consultation
        self._first_sequence = 0
        self._asked_to_hold = False
        self._referred = False
        self._accepted = False
        self._notified = False
        self._told_status: int | None = None
        call.transfer = self
        call.on_end = self._on_call_end
        if consultation is not None:
            consultation.on_end = self._on_consultation_end

    def advance(self) -> None:
        """Go on as soon as no change of the session is under way: hold, then REFER."""
        if self.over or self._referred or self.call.busy:
            return
        if not self.call.holding and not self._asked_to_hold:
            self._asked_to_hold = True
            self.call.hold()
        if not self.over and not self.call.busy:
            # A far side that cannot be held is handed over all the same.
            self._refer()

    def _refer(self) -> None:
        dialog = self.call.dialog
        if dialog is None:
            raise AssertionError("an established call has its dialog")
        if self._consultation is not None and self._consultation.ended:
            self._fail(481)
            return
        self._referred = True
        target = self._referred_target()
        headers = (
            ("Refer-To", f"<{target}>"),
            ("Referred-By", f"<{self._core.identity.address_of_record.uri}>"),
            self._core.contact_header,
            self._core.allow_header,
            self._core.supported_header,
        )
        self._first_sequence = dialog.next_sequence()
        exchange = Exchange.within(self._core, dialog, self._on_answer)
        exchange.start(dialog.request("REFER", self._first_sequence, headers))
        self._tell(TransferState.REQUESTED)

    def _referred_target(self) -> str:
        dialog = None if self._consultation is None else self._consultation.dialog
        if dialog is None:
            return str(self._target)
        return Replaces.of_far_side(dialog).added_to(self._target)

    # What the far side says.

    def _on_answer(self, response: Response | None) -> None:
        if self.over:
            return
        if response is None:
            self._fail(408)
        elif response.status_code >= 300:
            self._fail(response.status_code)
        else:
            self._accepted = True
            if not self._notified:
                # Even without a subscription (RFC 4488) its BYE would tell of the success.
                self._core.arm(self, _NEWS_LIMIT, self._core.values.timeout_s)

    def receive_notify(self, key: TransactionKey, request: Request) -> None:
        """Take a NOTIFY within the call's dialog."""
        news = read_notification(request)
        waits = self._referred and news is not None and news.event == REFER_EVENT
        if news is None or not waits or not self._concerns(news):
            refuse_notify(self._core, key, request)
        else:
            self._core.respond(key, self._core.response(request, 200))
            self._accepted = self._notified = True
            self._take(news)

    def _concerns(self, news: Notification) -> bool:
        """Whether it is about this REFER, whose CSeq grew when it was challenged."""
        return news.event_id is None or news.event_id >= self._first_sequence

    def _take(self, news: Notification) -> None:
        status_code = news.status_code
        if status_code is not None and status_code >= 300:
            self._fail(status_code)
        elif status_code is not None and status_code >= 200:
            self._succeed(status_code)
        elif news.terminated:
            self._fail(None)
        else:
            expires_s = _EXPIRES_DEFAULT_S if news.expires_s is None else news.expires_s
            self._core.arm(self, _NEWS_LIMIT, float(min(expires_s, _EXPIRES_LIMIT_S)))
            if status_code is not None and status_code != self._told_status:
                self._told_status = status_code
                self._tell(TransferState.PROCEEDING, status_code)

    def on_timer(self, name: str) -> None:
        """The far side has told nothing in time, or its subscription has run out."""
        self._fail(408)

    # The end.

    def _succeed(self, status_code: int | None) -> None:
        self._stop()
        self._tell(TransferState.SUCCEEDED, status_code)
        for call in (self.call, self._consultation):
            if call is not None:
                call.on_end = _transferred
                call.hang_up()

    def _fail(self, status_code: int | None) -> None:
        self._stop()
        for call in (self.call, self._consultation):
            if call is not None:
                call.on_end = None
        self._tell(TransferState.FAILED, status_code)

    def _stop(self) -> None:
        self.over = True
        self.call.transfer = None
        self._core.cancel(self, _NEWS_LIMIT)

    def _on_call_end(self, cause: EndCause) -> EndCause:
        """The call ends before the outcome was told; a BYE of the far side tells it as well."""
        self._stop()
        if self._consultation is not None:
            self._consultation.on_end = None
        if not self._accepted or cause is not EndCause.FAR_END:
            return cause
        self._tell(TransferState.SUCCEEDED)
        if self._consultation is not None:
            self._consultation.on_end = _transferred
            self._consultation.hang_up()
        return EndCause.TRANSFERRED

    def _on_consultation_end(self, cause: EndCause) -> EndCause:
        """Its far side hangs up on us once the caller has taken our place there."""
        taken = self._accepted and cause is EndCause.FAR_END
        return EndCause.TRANSFERRED if taken else cause

    def _tell(self, state: TransferState, status_code: int | None = None) -> None:
        target = shown_number(self._target) or shown(str(self._target))
        self._core.emit(TransferUpdated(self.call.call_id, state, target, status_code))


def _transferred(cause: EndCause) -> EndCause:
    return EndCause.TRANSFERRED


class Transfers:
    """The hand-overs that are under way."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._running: list[Transfer] = []

    def start(self, call: Call | None, call_id: str, target: Uri) -> None:
        """Hand the far side of ``call`` over to ``target``."""
        ready = self._ready(call, call_id, "transfer")
        if ready is not None:
            self._running.append(Transfer(self._core, ready, replace(target, headers="")))

    def start_attended(self, call: Call | None, call_id: str, consultation: Call | None) -> None:
        """Hand the far side of ``call`` over to the far side of ``consultation``."""
        command = "complete"
        ready = self._ready(call, call_id, command)
        if ready is None:
            return
        if consultation is None or consultation.ended or consultation is call:
            self._fail(call_id, command, "no_consultation")
        elif not consultation.established or consultation.dialog is None:
            # Who has not answered yet could not be taken over: only the caller of an early
            # dialog may replace it (RFC 3891 section 3).
            self._fail(call_id, command, "wrong_state")
        elif consultation.transfer is not None:
            self._fail(call_id, command, "busy")
        else:
            target = self._address_of(consultation.dialog)
            self._running.append(Transfer(self._core, ready, target, consultation))

    def _ready(self, call: Call | None, call_id: str, command: str) -> Call | None:
        """The call, where its far side can be handed over; otherwise the command has failed."""
        if call is None:
            self._fail(call_id, command, "unknown_call")
        elif call.ended or not call.established:
            self._fail(call_id, command, "wrong_state")
        elif call.transfer is not None:
            self._fail(call_id, command, "busy")
        else:
            return call
        return None

    def _address_of(self, dialog: Dialog) -> Uri:
        """Where the caller reaches the consultation's far side.

        By its name through the server, which finds it behind any network; its own address
        where there is no server, or where the name is none to call.
        """
        name = dialog.remote.uri
        named = self._core.identity.server is not None and name.user
        return replace(name if named else dialog.remote_target, headers="")

    def _fail(self, call_id: str, command: str, code: str) -> None:
        self._core.emit(CommandFailed(call_id, command, code))

    def advance(self) -> None:
        """Let each hand-over go on; to be called after everything that may have changed a call."""
        for transfer in self._running:
            transfer.advance()
        self._running = [transfer for transfer in self._running if not transfer.over]
