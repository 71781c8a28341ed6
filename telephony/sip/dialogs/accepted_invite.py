"""A 200 to an INVITE, repeated until its ACK comes (RFC 3261 section 13.3.1.4)."""

from __future__ import annotations

from collections.abc import Callable

from telephony.sip.core import Core
from telephony.sip.syntax.message import Request, Response
from telephony.sip.transactions.transaction import TransactionKey

_REPEAT = "repeat"
_LIMIT = "limit"


class AcceptedInvite:
    """Repeats ``response`` over every transport: a proxy may lose it between two of them.

    ``on_missing`` is called once, after 64*T1 without an ACK. ``offered_by_us`` tells that the
    200 has the offer, so that the ACK brings the answer.
    """

    def __init__(
        self,
        core: Core,
        key: TransactionKey,
        response: Response,
        on_missing: Callable[[], None],
        *,
        offered_by_us: bool,
    ) -> None:
        self.offered_by_us = offered_by_us
        self._core = core
        self._key = key
        self._response = response
        self._on_missing = on_missing
        self._interval_s = core.values.t1_s

    def start(self) -> None:
        """Send it."""
        self._core.respond(self._key, self._response)
        self._core.arm(self, _REPEAT, self._interval_s)
        self._core.arm(self, _LIMIT, self._core.values.timeout_s)

    def stop(self) -> None:
        """The ACK came, or nobody waits for it any more."""
        self._core.cancel(self, _REPEAT, _LIMIT)

    def is_acknowledged_by(self, ack: Request) -> bool:
        """Whether the ACK belongs to this INVITE."""
        return ack.sequence.number == self._response.sequence.number

    def on_timer(self, name: str) -> None:
        if name == _LIMIT:
            self.stop()
            self._on_missing()
            return
        self._core.respond(self._key, self._response)
        self._interval_s = min(2 * self._interval_s, self._core.values.t2_s)
        self._core.arm(self, _REPEAT, self._interval_s)
