"""Retransmits the 200 and the reliable provisional responses of an INVITE until acknowledged.

RFC 3261, section 13.3.1.4 for the ACK, RFC 3262 for the PRACK.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from telephony.sip.core import Core
from telephony.sip.syntax.message import Message, Request, Response
from telephony.sip.transactions import TransactionKey

_REPEAT = "repeat"
_LIMIT = "limit"


class AcceptedInvite:
    """Retransmits the final ``response`` to an INVITE until its ACK arrives.

    It is retransmitted over every transport, because a proxy may lose it between two transports.
    ``on_missing`` is called once, after 64*T1 without an ACK. ``offered_by_us`` means that the 200
    contains the offer and the ACK the answer.
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
        """Sends the response and starts the retransmission."""
        self._core.respond(self._key, self._response)
        self._core.arm(self, _REPEAT, self._interval_s)
        self._core.arm(self, _LIMIT, self._core.values.timeout_s)

    def stop(self) -> None:
        """Stops the retransmission."""
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


EXTENSION = "100rel"


# The first number is any below 2**31 (section 3).
_FIRST_LIMIT = 2**31 - 1


class ReliableProvisional:
    """Reliable provisional responses to one INVITE, in sequence.

    ``on_missing`` is called if no PRACK arrives within 64*T1.
    """

    def __init__(self, core: Core, key: TransactionKey, on_missing: Callable[[], None]) -> None:
        self._core = core
        self._key = key
        self._on_missing = on_missing
        self._number = int(core.identifiers.fraction() * _FIRST_LIMIT)
        self._waiting: Response | None = None
        self._last: Response | None = None
        self._interval_s = 0.0

    def send(self, response: Response) -> None:
        """Sends ``response`` reliably; does nothing while the previous one waits for its PRACK."""
        if self._waiting is not None:
            return
        self._number += 1
        headers = (*response.headers, ("Require", EXTENSION), ("RSeq", str(self._number)))
        self._waiting = self._last = replace(response, headers=headers)
        self._interval_s = self._core.values.t1_s
        self._core.respond(self._key, self._waiting)
        self._core.arm(self, _REPEAT, self._interval_s)
        self._core.arm(self, _LIMIT, self._core.values.timeout_s)

    def takes(self, prack: Request) -> bool:
        """Whether a PRACK acknowledges the last response; stops its retransmission if so."""
        last = self._last
        if last is None:
            return False
        expected = (str(self._number), *str(last.sequence).split())
        if tuple((prack.first("RAck") or "").split()) != expected:
            return False
        self.stop()
        self._last = None
        return True

    def stop(self) -> None:
        """Stops the retransmission, after the PRACK or the final response."""
        self._waiting = None
        self._core.cancel(self, _REPEAT, _LIMIT)

    def on_timer(self, name: str) -> None:
        if name == _LIMIT:
            self.stop()
            self._on_missing()
        elif self._waiting is not None:
            self._core.respond(self._key, self._waiting)
            self._interval_s *= 2
            self._core.arm(self, _REPEAT, self._interval_s)


def reliable_number(response: Response) -> int | None:
    """Returns the RSeq of a provisional response that requires a PRACK, otherwise None."""
    if not requires(response) or not 100 < response.status_code < 200:
        return None
    digits = (response.first("RSeq") or "").strip(" \t")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 10 else None


def requires(message: Message) -> bool:
    """Whether the message requires reliable provisional responses."""
    return EXTENSION in message.values("Require")
