"""Call transfers by REFER: requested by the remote party, and requested by this phone.

RFC 3515, RFC 4488, RFC 5589.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from telephony.events import EndCause, TransferState
from telephony.sip.calls.call import Call
from telephony.sip.calls.replaces import Replaces, replaces_of
from telephony.sip.core import Core
from telephony.sip.dialogs.bodies import (
    REFER_EVENT,
    SIPFRAG_TYPE,
    Notification,
    read_notification,
    refuse_notify,
    write_sipfrag,
)
from telephony.sip.dialogs.dialog import Dialog, Exchange
from telephony.sip.effects import (
    CallEstablished,
    CallProgressing,
    CallReferred,
    CallTerminated,
    CommandFailed,
    Effect,
    TransferUpdated,
)
from telephony.sip.syntax.address import GrammarError, NameAddress, Parameters, Uri, parameter
from telephony.sip.syntax.framing import addresses, shown, shown_number, values_of
from telephony.sip.syntax.message import Headers, Request, Response
from telephony.sip.transactions import TransactionKey

_EXPIRES_S = 180
_NO_MEDIA_STATUS = 503


@dataclass(frozen=True, slots=True)
class Reference:
    """Request of a REFER: the target, and the header fields that its INVITE copies."""

    target: Uri
    headers: Headers


class Referral:
    """One accepted REFER: its sender is notified of the progress of the new call."""

    def __init__(
        self, core: Core, call: Call, reference: Reference, event_id: int, *, silent: bool
    ) -> None:
        self.reference = reference
        self.over = False
        self._core = core
        self.call = call
        self._event_id = event_id
        self._silent = silent

    def notify(self, status_code: int) -> None:
        """Sends a status of the new call; a final status ends the subscription."""
        self.over = status_code >= 200
        dialog = self.call.dialog
        if self._silent or dialog is None or self.call.ended:
            return
        state = "terminated;reason=noresource" if self.over else f"active;expires={_EXPIRES_S}"
        headers = (
            ("Event", f"{REFER_EVENT};id={self._event_id}"),
            ("Subscription-State", state),
            self._core.contact_header,
            ("Content-Type", f"{SIPFRAG_TYPE};version=2.0"),
        )
        request = dialog.request("NOTIFY", dialog.next_sequence(), headers)
        exchange = Exchange.within(self._core, dialog, self._on_answer)
        exchange.start(replace(request, body=write_sipfrag(status_code)))

    def _on_answer(self, response: Response | None) -> None:
        if response is None or response.status_code >= 300:
            # A peer that refuses a NOTIFY must not be sent more (RFC 6665, section 4.2.2).
            self._silent = True


class Referrals:
    """Accepted REFERs by the id of the call that each requested."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._running: dict[str, Referral] = {}

    def receive(self, call: Call, key: TransactionKey, request: Request) -> None:
        """Handles a REFER within the dialog of ``call``."""
        if not call.established:
            self._core.refuse(key, request, 603)
            return
        if any(referral.call is call for referral in self._running.values()):
            self._core.refuse(key, request, 491)
            return
        try:
            reference = self._read(request)
        except GrammarError as error:
            self._core.refuse(key, request, 416 if error.code == "scheme" else 400)
            return
        silent = (request.first("Refer-Sub") or "").strip(" \t").lower() == "false"
        headers: Headers = (self._core.contact_header,)
        if silent:
            headers = (*headers, ("Refer-Sub", "false"))
        self._core.respond(key, self._core.response(request, 202, headers=headers))
        sequence = request.sequence.number
        referral = Referral(self._core, call, reference, sequence, silent=silent)
        new_call_id = self._core.identifiers.call_id()
        self._running[new_call_id] = referral
        referral.notify(100)
        target = shown_number(reference.target) or shown(str(reference.target))
        referrers = addresses(request, "Referred-By")
        referred_by = shown_number(referrers[0].uri) if referrers else ""
        self._core.emit(CallReferred(call.call_id, new_call_id, target, referred_by))

    def _read(self, request: Request) -> Reference:
        """Raises GrammarError without one usable Refer-To; code "scheme" for an unknown scheme."""
        values = values_of(request, "Refer-To")
        if len(values) != 1:
            raise GrammarError("refer_to")
        uri = NameAddress.parse(values[0]).uri
        if parameter(uri.parameters, "method") not in (None, "INVITE"):
            raise GrammarError("refer_to")
        headers: list[tuple[str, str]] = []
        replaces = replaces_of(uri)
        if replaces is not None:
            headers.append(("Replaces", str(replaces)))
        headers += [("Referred-By", value) for value in values_of(request, "Referred-By")[:1]]
        return Reference(self._callable(uri), tuple(headers))

    def _callable(self, uri: Uri) -> Uri:
        server = self._core.identity.server_uri
        if uri.scheme == "tel" and server is not None and shown_number(uri):
            user = quote(shown_number(uri), safe="+*")
            return Uri(server.scheme, server.host, user, server.port)
        if uri.scheme not in ("sip", "sips"):
            raise GrammarError("scheme")
        kept: Parameters = tuple(item for item in uri.parameters if item[0] != "method")
        return replace(uri, headers="", parameters=kept)

    def reference_of(self, new_call_id: str) -> Reference | None:
        """Returns the request of the REFER that CallReferred reported with this id."""
        referral = self._running.get(new_call_id)
        return None if referral is None else referral.reference

    def decline(self, new_call_id: str) -> None:
        """Notifies the remote party that the requested call cannot be made."""
        referral = self._running.pop(new_call_id, None)
        if referral is not None:
            referral.notify(_NO_MEDIA_STATUS)

    def observe(self, effects: Sequence[Effect]) -> None:
        """Reports the progress of the requested calls to the senders of their REFERs."""
        for effect in effects:
            match effect:
                case CallProgressing(call_id, status_code):
                    self._notify(call_id, status_code)
                case CallEstablished(call_id):
                    self._notify(call_id, 200)
                case CallTerminated(call_id, _, status_code):
                    self._notify(call_id, status_code or 487)
                case _:
                    pass

    def _notify(self, call_id: str, status_code: int) -> None:
        referral = self._running.get(call_id)
        if referral is not None:
            referral.notify(status_code)
            if referral.over:
                del self._running[call_id]


_NEWS_LIMIT = "news_limit"
# Assumed and maximum duration of a subscription, in seconds.
_EXPIRES_DEFAULT_S = 180
_EXPIRES_LIMIT_S = 600


class Transfer:
    """One transfer of ``call`` to ``target``, or to the remote party of ``consultation``.

    The call is held first. It ends only if the remote party reports that the target has answered,
    or hangs up after it accepted the REFER. In all other cases, including failure, the call
    continues.
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
        """Continues when no session change is pending: holds the call, then sends the REFER."""
        if self.over or self._referred or self.call.busy:
            return
        if not self.call.holding and not self._asked_to_hold:
            self._asked_to_hold = True
            self.call.hold()
        if not self.over and not self.call.busy:
            # A remote party that refuses hold is transferred anyway.
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

    # --- responses and notifications ---

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
                # Even without a subscription (RFC 4488) its BYE would indicate the success.
                self._core.arm(self, _NEWS_LIMIT, self._core.values.timeout_s)

    def receive_notify(self, key: TransactionKey, request: Request) -> None:
        """Handles a NOTIFY within the call's dialog."""
        news = read_notification(request)
        waits = self._referred and news is not None and news.event == REFER_EVENT
        if news is None or not waits or not self._concerns(news):
            refuse_notify(self._core, key, request)
        else:
            self._core.respond(key, self._core.response(request, 200))
            self._accepted = self._notified = True
            self._take(news)

    def _concerns(self, news: Notification) -> bool:
        """Whether it belongs to this REFER, whose CSeq increased if it was challenged."""
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
        """Fails the transfer: no NOTIFY arrived in time, or the subscription expired."""
        self._fail(408)

    # --- outcome ---

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
        """Handles the end of the call before the final NOTIFY.

        A BYE of the remote party after it accepted the REFER means success.
        """
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
        """The remote party hangs up this call after the caller has replaced it (Replaces)."""
        taken = self._accepted and cause is EndCause.FAR_END
        return EndCause.TRANSFERRED if taken else cause

    def _tell(self, state: TransferState, status_code: int | None = None) -> None:
        target = shown_number(self._target) or shown(str(self._target))
        self._core.emit(TransferUpdated(self.call.call_id, state, target, status_code))


def _transferred(cause: EndCause) -> EndCause:
    return EndCause.TRANSFERRED


class Transfers:
    """Transfers in progress."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._running: list[Transfer] = []

    def start(self, call: Call | None, call_id: str, target: Uri) -> None:
        """Transfers the remote party of ``call`` to ``target``."""
        ready = self._ready(call, call_id, "transfer")
        if ready is not None:
            self._running.append(Transfer(self._core, ready, replace(target, headers="")))

    def start_attended(self, call: Call | None, call_id: str, consultation: Call | None) -> None:
        """Transfers the remote party of ``call`` to the remote party of ``consultation``."""
        command = "complete"
        ready = self._ready(call, call_id, command)
        if ready is None:
            return
        if consultation is None or consultation.ended or consultation is call:
            self._fail(call_id, command, "no_consultation")
        elif not consultation.established or consultation.dialog is None:
            # An unanswered consultation cannot be taken over: only the caller of an early dialog
            # may replace it (RFC 3891, section 3).
            self._fail(call_id, command, "wrong_state")
        elif consultation.transfer is not None:
            self._fail(call_id, command, "busy")
        else:
            target = self._address_of(consultation.dialog)
            self._running.append(Transfer(self._core, ready, target, consultation))

    def _ready(self, call: Call | None, call_id: str, command: str) -> Call | None:
        """The call if its remote party can be transferred; otherwise None, after CommandFailed."""
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
        """Address at which the caller reaches the remote party of the consultation.

        Its address of record, because the server can find it in any network. Its contact if there
        is no server or the address of record has no user.
        """
        name = dialog.remote.uri
        named = self._core.identity.server is not None and name.user
        return replace(name if named else dialog.remote_target, headers="")

    def _fail(self, call_id: str, command: str, code: str) -> None:
        self._core.emit(CommandFailed(call_id, command, code))

    def advance(self) -> None:
        """Continues all transfers; call it after everything that may have changed a call."""
        for transfer in self._running:
            transfer.advance()
        self._running = [transfer for transfer in self._running if not transfer.over]
