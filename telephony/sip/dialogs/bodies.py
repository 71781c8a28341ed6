"""DTMF digits in INFO requests, and NOTIFY requests of a REFER subscription.

INFO bodies follow common practice (RFC 6086); NOTIFY bodies are message/sipfrag (RFC 6665).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from telephony.sip.core import Core
from telephony.sip.dialogs.dialog import Dialog, Exchange
from telephony.sip.syntax.address import GrammarError, parameter, parse_parameters
from telephony.sip.syntax.framing import unquoted
from telephony.sip.syntax.message import REASONS, VERSION, Headers, Request, Response
from telephony.sip.transactions import TransactionKey

_RELAY = "application/dtmf-relay"
_PLAIN = "application/dtmf"
_DURATION_MS = 160
_DIGITS = frozenset("0123456789*#ABCD")
# Some gateways send the event codes of RFC 4733 instead of the characters.
_EVENT_CODES = {"10": "*", "11": "#", "12": "A", "13": "B", "14": "C", "15": "D"}


def refusal_of_info(request: Request) -> tuple[int, Headers] | None:
    """Returns the refusal of an INFO with an unsupported body; None if it is supported.

    An INFO without a body only shows that the remote party is alive (RFC 2976).
    """
    if request.first("Info-Package") is not None:
        return 469, (("Recv-Info", ""),)
    if not request.body or request.content_type in (_RELAY, _PLAIN):
        return None
    return 415, (("Accept", f"{_RELAY}, {_PLAIN}"),)


def read_digit(request: Request) -> str | None:
    """Returns the digit of an INFO, one of 0-9, *, #, A-D; None if there is none."""
    text = request.body.decode("ascii", "replace").strip()
    if request.content_type == _RELAY:
        lines = (line.partition("=") for line in text.replace("\r", "\n").split("\n"))
        signals = [value for name, _, value in lines if name.strip().lower() == "signal"]
        text = signals[0] if signals else ""
    sign = text.strip().upper()
    sign = _EVENT_CODES.get(sign, sign)
    return sign if sign in _DIGITS else None


class DigitSender:
    """Sends digits in sequence: each one after the response to the previous one."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._waiting: deque[Callable[[], None]] = deque()

    def send(self, dialog: Dialog, digit: str, on_refused: Callable[[], None]) -> None:
        """Sends ``digit``; ``on_refused`` is called if the remote party did not accept it."""

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


SIPFRAG_TYPE = "message/sipfrag"
REFER_EVENT = "refer"


def write_sipfrag(status_code: int) -> bytes:
    """Builds the NOTIFY body with this status of the referred call."""
    return f"{VERSION} {status_code} {REASONS.get(status_code, '')}".rstrip().encode() + b"\r\n"


def read_sipfrag(body: bytes) -> int | None:
    """Returns the status in the first line of a body; None if there is none."""
    line = body.lstrip(b"\r\n \t").partition(b"\n")[0].decode("ascii", "replace")
    pieces = line.split(maxsplit=2)
    if len(pieces) < 2 or pieces[0].upper() != VERSION:
        return None
    digits = pieces[1]
    usable = digits.isascii() and digits.isdigit() and len(digits) == 3
    return int(digits) if usable and 100 <= int(digits) <= 699 else None


@dataclass(frozen=True, slots=True)
class Notification:
    """One NOTIFY of a subscription (RFC 6665, section 4.1.3)."""

    event: str
    event_id: int | None
    terminated: bool
    expires_s: int | None
    status_code: int | None
    """Status of the referred call in the body."""


def read_notification(request: Request) -> Notification | None:
    """Parses a NOTIFY; returns None if it names no event."""
    try:
        event, _, rest = (request.first("Event") or "").partition(";")
        state, _, tail = (request.first("Subscription-State") or "").partition(";")
        event_id = _number(parameter(parse_parameters(rest), "id"))
        expires_s = _number(parameter(parse_parameters(tail), "expires"))
    except GrammarError:
        return None
    name = event.strip(" \t").lower()
    if not name:
        return None
    terminated = state.strip(" \t").lower() == "terminated"
    return Notification(name, event_id, terminated, expires_s, read_sipfrag(request.body))


def refuse_notify(core: Core, key: TransactionKey, request: Request) -> None:
    """Refuses a NOTIFY without a subscription (RFC 6665, sections 4.1.3 and 7.2.4)."""
    news = read_notification(request)
    if news is not None and news.event == REFER_EVENT:
        core.refuse(key, request, 481)
    else:
        core.refuse(key, request, 489, (("Allow-Events", REFER_EVENT),))


def _number(text: str | None) -> int | None:
    digits = unquoted(text)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 10 else None
