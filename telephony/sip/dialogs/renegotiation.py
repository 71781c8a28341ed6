"""Own re-INVITE and UPDATE: hold, resume, new contact address, session refresh.

RFC 3261 section 14, RFC 3311. ``SessionChange`` repeats a request after 491 and challenges.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from telephony.events import EndCause, Side
from telephony.sip.call_facts import reason_header
from telephony.sip.capabilities import session_headers
from telephony.sip.core import Core
from telephony.sip.dialogs.dialog import CHALLENGES_LIMIT, Dialog, renewed
from telephony.sip.dialogs.dialog_usage import DialogUsage, read_description
from telephony.sip.dialogs.invites import AcceptedInvite
from telephony.sip.dialogs.session_timer import SessionTimer
from telephony.sip.effects import HoldChanged
from telephony.sip.offer_answer import AgreedMedia
from telephony.sip.primitives import AgentLimits
from telephony.sip.sdp import MEDIA_TYPE, serialise_sdp
from telephony.sip.syntax.message import Headers, Request, Response
from telephony.sip.transactions import TransactionKey

ChangeMethod = Literal["INVITE", "UPDATE"]
_AGAIN = "again"
_ANSWER_LIMIT = "answer_limit"
_GLARES_LIMIT = 5
_RETRY_AFTER_LIMIT_S = 10
_CREDENTIALS = ("Authorization", "Proxy-Authorization")
# The owner of the Call-ID waits longer, which avoids another collision (section 14.1).
_OWNER_WAIT_S = (2.1, 4.0)
_OTHER_WAIT_S = (0.0, 2.0)
_WAIT_UNIT_S = 0.01


class SessionChange:
    """One change of the session; repeated after 491, and with credentials after a challenge.

    ``compose`` returns header fields and body again at every attempt, because the remote party may
    have changed the session in between. ``on_done`` gets the final response, None after a timeout.
    """

    def __init__(
        self,
        core: Core,
        dialog: Dialog,
        method: ChangeMethod,
        compose: Callable[[], tuple[Headers, bytes]],
        on_done: Callable[[Response | None], None],
        *,
        owns_call_id: bool,
    ) -> None:
        self.method = method
        self.on_the_wire = False
        """Whether it waits for its final response; False between two attempts."""
        self.has_offer = False
        self._core = core
        self._dialog = dialog
        self._compose = compose
        self._on_done = on_done
        self._wait_s = _OWNER_WAIT_S if owns_call_id else _OTHER_WAIT_S
        self._challenges = 0
        self._glares = 0
        self._key: TransactionKey | None = None
        self._acks: dict[int, Request] = {}
        self._over = False

    def start(self) -> None:
        """Sends the request."""
        headers, body = self._compose()
        self.has_offer = bool(body)
        request = self._dialog.request(self.method, self._dialog.next_sequence(), headers)
        self._send(replace(request, body=body))

    def stop(self) -> None:
        """Ignores the outcome; a late 2xx is still acknowledged."""
        self._over = True
        self._core.cancel(self, _AGAIN, _ANSWER_LIMIT)
        if self.on_the_wire:
            # A remote party that responded provisionally may never send a final response.
            self.on_the_wire = False
            self._core.arm(self, _ANSWER_LIMIT, self._core.values.timeout_s)

    def _send(self, request: Request) -> None:
        self.on_the_wire = True
        self._core.arm(self, _ANSWER_LIMIT, 2 * self._core.values.timeout_s)
        self._key, _ = self._core.send_request(request, self._dialog.destination, self)

    def on_response(self, request: Request, response: Response) -> None:
        status_code = response.status_code
        if status_code < 200:
            return
        if status_code < 300:
            self._dialog.refresh_target(response)
            if self.method == "INVITE":
                self._acknowledge(request)
        if not self.on_the_wire:
            return
        self.on_the_wire = False
        self._core.cancel(self, _ANSWER_LIMIT)
        if not self._tries_again(request, response):
            self._finish(response)

    def on_timeout(self, request: Request) -> None:
        if self.on_the_wire:
            self.on_the_wire = False
            self._finish(None)

    def on_timer(self, name: str) -> None:
        if name == _AGAIN:
            self.start()
            return
        # Only a provisional response arrived: the call must not remain locked forever.
        if self._key is not None:
            self._core.layer.abandon(self._key)
        self.on_the_wire = False
        self._finish(None)

    def _finish(self, response: Response | None) -> None:
        if not self._over:
            self.stop()
            self._on_done(response)

    def _acknowledge(self, request: Request) -> None:
        """ACK of a 2xx; sent again if the remote party retransmits the 2xx."""
        number, destination = request.sequence.number, self._dialog.destination
        if number not in self._acks:
            credentials = tuple(item for item in request.headers if item[0] in _CREDENTIALS)
            ack = self._dialog.request("ACK", number, credentials)
            self._acks[number] = self._core.with_via(ack, destination)
        self._core.send(self._acks[number], destination)

    def _tries_again(self, request: Request, response: Response) -> bool:
        status_code = response.status_code
        challenged = status_code in (401, 407) and self._dialog.trusted
        if challenged and self._challenges < CHALLENGES_LIMIT:
            self._challenges += 1
            again = renewed(self._core, request, response, self._dialog.next_sequence)
            if again is not None:
                self._send(again)
            return again is not None
        wait_s = self._glare_wait_s(response)
        if wait_s is None or self._glares >= _GLARES_LIMIT:
            return False
        self._glares += 1
        self._core.arm(self, _AGAIN, wait_s)
        return True

    def _glare_wait_s(self, response: Response) -> float | None:
        if response.status_code == 491:
            low_s, high_s = self._wait_s
            units = int((high_s - low_s) / _WAIT_UNIT_S * self._core.identifiers.fraction())
            return low_s + units * _WAIT_UNIT_S
        retry_after = (response.first("Retry-After") or "").partition(";")[0].strip()
        is_short = retry_after.isascii() and retry_after.isdigit() and len(retry_after) <= 2
        if response.status_code == 500 and is_short and int(retry_after) <= _RETRY_AFTER_LIMIT_S:
            # A change by the remote party is not finished yet (RFC 3311, section 5.2).
            return float(retry_after)
        return None


CONTENT_TYPE = ("Content-Type", MEDIA_TYPE)


class Renegotiation(DialogUsage):
    """Sends re-INVITE and UPDATE, one at a time."""

    owns_call_id = False
    """Whether this side chose the Call-ID; it decides which side waits longer after glare."""

    def __init__(self, core: Core, limits: AgentLimits, call_id: str, local_tag: str) -> None:
        super().__init__(core, call_id, local_tag)
        self._limits = limits
        self._session_timer = SessionTimer(
            core, limits.session_expires_s, self._refresh, self._on_session_expired
        )
        self._accepted: AcceptedInvite | None = None
        self._change: SessionChange | None = None
        self._moved = False

    @property
    def busy(self) -> bool:
        """Whether a change of the session is in progress, which blocks another one."""
        return self._change is not None or self._accepted is not None

    # --- commands ---

    def hold(self) -> None:
        """Puts the call on hold; HoldChanged is emitted when the remote party agrees."""
        self._set_hold("hold", holding=True)

    def resume(self) -> None:
        """Resumes the call; HoldChanged is emitted when the remote party agrees."""
        self._set_hold("resume", holding=False)

    def rebind(self) -> None:
        """Sends this phone's new address to the remote party, after any change in progress."""
        negotiation = self._negotiation
        if negotiation is None:
            return  # It only rings; the answer will have the new address.
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

    # --- own change of the session ---

    def _begin_change(self, method: ChangeMethod, command: str | None, *, holding: bool) -> None:
        dialog, negotiation = self.dialog, self._negotiation
        if dialog is None or negotiation is None:
            raise AssertionError("an established call has its dialog and its media")

        def compose() -> tuple[Headers, bytes]:
            body = serialise_sdp(negotiation.offer(holding=holding))
            return (*self._request_headers(), CONTENT_TYPE), body

        def on_done(response: Response | None) -> None:
            self._change = None
            if response is not None and self._session_timer.take_refusal(response):
                self._begin_change(method, command, holding=holding)
            else:
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
        if response is not None and response.status_code < 300:
            self._session_timer.take_answer(response)
            media = self._accept(response.body, holding=holding)
        if media is not None:
            changed = holding != self._holding
            self._holding = holding
            self._use(media)
            if changed:
                self._core.emit(HoldChanged(self.call_id, Side.NEAR, holding))
        elif command is not None:
            self._fail(command, "refused")
        else:
            self._session_timer.refresh_failed()
        self._go_on()

    def _request_headers(self) -> Headers:
        return (*session_headers(self._core), *self._session_timer.request_headers())

    def _answer_headers(self, request: Request) -> Headers:
        return (*session_headers(self._core), *self._session_timer.answer_headers(request))

    def _refresh(self) -> bool:
        """Refreshes the session by UPDATE, or by a re-INVITE with the same offer."""
        dialog = self.dialog
        if self.busy or dialog is None:
            return False
        if self._session_timer.far_allows_update:
            self._send_change(
                dialog, "UPDATE", lambda: (self._request_headers(), b""), self._take_refresh
            )
        else:
            self._begin_change("INVITE", None, holding=self._holding)
        return True

    def _take_refresh(self, response: Response | None) -> None:
        self._change = None
        if self._lost_by(response) or response is None:
            return
        timer = self._session_timer
        if response.status_code < 300:
            timer.take_answer(response)
        elif timer.take_refusal(response):
            self._refresh()
        elif response.status_code in (405, 501):
            timer.far_allows_update = False
            self._refresh()
        else:
            timer.refresh_failed()
        self._go_on()

    def _on_session_expired(self) -> None:
        self._send_bye(reason_header(408, "Session expired"))
        self._end(EndCause.FAILED, 408)

    def _lost_by(self, response: Response | None) -> bool:
        """Ends the call if the remote party does not know or answer it (section 12.2.1.2)."""
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
        """Starts the change that was postponed until the end of the previous one."""
        if self._moved and self.established and not self.ended and not self.busy:
            self._moved = False
            self._begin_change("INVITE", None, holding=self._holding)

    def _end(self, cause: EndCause, status_code: int | None = None) -> None:
        if self._change is not None:
            self._change.stop()
            self._change = None
        self._session_timer.stop()
        super()._end(cause, status_code)
