"""Keys of the telephone sent in INFO (RFC 6086, the bodies of the field)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from telephony.sip.core import Core
from telephony.sip.dialogs.dialog import Dialog
from telephony.sip.dialogs.exchange import Exchange
from telephony.sip.syntax.message import Headers, Request, Response

_RELAY = "application/dtmf-relay"
_PLAIN = "application/dtmf"
_DURATION_MS = 160
_DIGITS = frozenset("0123456789*#ABCD")
# Some gateways write the event codes of RFC 4733 in place of the signs.
_EVENT_CODES = {"10": "*", "11": "#", "12": "A", "13": "B", "14": "C", "15": "D"}


def refusal_of_info(request: Request) -> tuple[int, Headers] | None:
    """The answer to an INFO whose body this phone does not understand; None when it does.

    One without a body says only that the far side is there (RFC 2976).
    """
    if request.first("Info-Package") is not None:
        return 469, (("Recv-Info", ""),)
    if not request.body or request.content_type in (_RELAY, _PLAIN):
        return None
    return 415, (("Accept", f"{_RELAY}, {_PLAIN}"),)


def read_digit(request: Request) -> str | None:
    """The key of an INFO, one of 0-9, *, #, A-D; None when it has none of these."""
    text = request.body.decode("ascii", "replace").strip()
    if request.content_type == _RELAY:
        lines = (line.partition("=") for line in text.replace("\r", "\n").split("\n"))
        signals = [value for name, _, value in lines if name.strip().lower() == "signal"]
        text = signals[0] if signals else ""
    sign = text.strip().upper()
    sign = _EVENT_CODES.get(sign, sign)
    return sign if sign in _DIGITS else None


class DigitSender:
    """Sends keys one after another: each waits for the answer to the one before."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._waiting: deque[Callable[[], None]] = deque()

    def send(self, dialog: Dialog, digit: str, on_refused: Callable[[], None]) -> None:
        """Send ``digit``; ``on_refused`` tells that the far side did not take it."""

        def on_final(response: Response | None) -> None:
            self._waiting.popleft()
            if response is None or response.status_code >= 300:
                on_refused()
            if self._waiting:
                self._waiting[0]()

        def start() -> None:
            exchange = Exchange.within(self._core, dialog, on_final)
            content_type = (("Content-Type", _RELAY),)
            request = dialog.request("INFO", dialog.next_sequence(), content_type)
            body = f"Signal={digit}\r\nDuration={_DURATION_MS}\r\n".encode("ascii")
            exchange.start(replace(request, body=body))

        self._waiting.append(start)
        if len(self._waiting) == 1:
            start()
