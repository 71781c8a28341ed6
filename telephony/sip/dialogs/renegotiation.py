"""What this side changes about a session: hold, address, session timer (RFC 3261 section 14)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from telephony.events import EndCause, Side
from telephony.sip.capabilities import session_headers
from telephony.sip.core import Core
from telephony.sip.description.offer_answer import AgreedMedia
from telephony.sip.description.sdp import MEDIA_TYPE, serialise_sdp
from telephony.sip.dialogs.accepted_invite import AcceptedInvite
from telephony.sip.dialogs.dialog import Dialog
from telephony.sip.dialogs.dialog_usage import DialogUsage, read_description
from telephony.sip.dialogs.session_change import ChangeMethod, SessionChange
from telephony.sip.dialogs.session_timer import SessionTimer
from telephony.sip.effects import HoldChanged
from telephony.sip.facts.cause import reason_header
from telephony.sip.limits import AgentLimits
from telephony.sip.syntax.message import Headers, Request, Response

CONTENT_TYPE = ("Content-Type", MEDIA_TYPE)


class Renegotiation(DialogUsage):
    """Begins re-INVITE and UPDATE, one at a time."""

    owns_call_id = False
    """Whether this side chose the Call-ID; it decides who waits longer after glare."""

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
        """Whether a change of the session is under way, so that none can be begun."""
        return self._change is not None or self._accepted is not None

    # Commands.

    def hold(self) -> None:
        """Ask the far side to hear nothing and send nothing of use; told when it agrees."""
        self._set_hold("hold", holding=True)

    def resume(self) -> None:
        """Take the call up again; told when the far side agrees."""
        self._set_hold("resume", holding=False)

    def rebind(self) -> None:
        """Tell the far side this phone's new address, as soon as nothing else is under way."""
        negotiation = self._negotiation
        if negotiation is None:
            return  # It only rings here: the answer will have the new address.
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
        """Show that this side is still there: by UPDATE, else by the same offer once more."""
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

    def _end(self, cause: EndCause, status_code: int | None = None) -> None:
        if self._change is not None:
            self._change.stop()
            self._change = None
        self._session_timer.stop()
        super()._end(cause, status_code)
