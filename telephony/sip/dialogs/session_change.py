"""Our own re-INVITE or UPDATE within a dialog (RFC 3261 section 14, RFC 3311)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from telephony.sip.core import Core
from telephony.sip.dialogs.dialog import Dialog
from telephony.sip.dialogs.exchange import CHALLENGES_LIMIT, renewed
from telephony.sip.syntax.message import Headers, Request, Response
from telephony.sip.transactions.transaction import TransactionKey

ChangeMethod = Literal["INVITE", "UPDATE"]
_AGAIN = "again"
_ANSWER_LIMIT = "answer_limit"
_GLARES_LIMIT = 5
_RETRY_AFTER_LIMIT_S = 10
_CREDENTIALS = ("Authorization", "Proxy-Authorization")
# A Call-ID's owner waits longer, so that the two sides do not meet again (section 14.1).
_OWNER_WAIT_S = (2.1, 4.0)
_OTHER_WAIT_S = (0.0, 2.0)
_WAIT_UNIT_S = 0.01


class SessionChange:
    """One change at a time; sent again after 491, and with credentials when challenged.

    ``compose`` gives header fields and body anew at every try, since the far side may have
    changed the session in between. ``on_done`` gets the final answer, None when there was none.
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
        """Whether it waits for its final answer; between two tries it does not."""
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
        """Send it."""
        headers, body = self._compose()
        self.has_offer = bool(body)
        request = self._dialog.request(self.method, self._dialog.next_sequence(), headers)
        self._send(replace(request, body=body))

    def stop(self) -> None:
        """Nobody waits for it any more; a 2xx that comes yet is still acknowledged."""
        self._over = True
        self._core.cancel(self, _AGAIN, _ANSWER_LIMIT)
        if self.on_the_wire:
            # A far side that has answered provisionally may never answer finally.
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
        # A provisional answer came, but no final one: the call must not stay locked for ever.
        if self._key is not None:
            self._core.layer.abandon(self._key)
        self.on_the_wire = False
        self._finish(None)

    def _finish(self, response: Response | None) -> None:
        if not self._over:
            self.stop()
            self._on_done(response)

    def _acknowledge(self, request: Request) -> None:
        """ACK of a 2xx; the same again when the far side repeats it."""
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
            # A change of the far side's is not finished yet (RFC 3311 section 5.2).
            return float(retry_after)
        return None
