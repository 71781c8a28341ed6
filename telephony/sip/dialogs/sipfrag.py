"""How a referred call goes, as NOTIFY tells it: message/sipfrag (RFC 3420, RFC 3515)."""

from __future__ import annotations

from dataclasses import dataclass

from telephony.sip.core import Core
from telephony.sip.syntax.header_text import unquoted
from telephony.sip.syntax.message import VERSION, Request
from telephony.sip.syntax.reasons import REASONS
from telephony.sip.syntax.uri import GrammarError, parameter, parse_parameters
from telephony.sip.transactions.transaction import TransactionKey

SIPFRAG_TYPE = "message/sipfrag"
REFER_EVENT = "refer"


def write_sipfrag(status_code: int) -> bytes:
    """The body that tells this status of the referred call."""
    return f"{VERSION} {status_code} {REASONS.get(status_code, '')}".rstrip().encode() + b"\r\n"


def read_sipfrag(body: bytes) -> int | None:
    """The status in the first line of a body; None when there is none."""
    line = body.lstrip(b"\r\n \t").partition(b"\n")[0].decode("ascii", "replace")
    pieces = line.split(maxsplit=2)
    if len(pieces) < 2 or pieces[0].upper() != VERSION:
        return None
    digits = pieces[1]
    usable = digits.isascii() and digits.isdigit() and len(digits) == 3
    return int(digits) if usable and 100 <= int(digits) <= 699 else None


@dataclass(frozen=True, slots=True)
class Notification:
    """One NOTIFY of a subscription (RFC 6665 section 4.1.3)."""

    event: str
    event_id: int | None
    terminated: bool
    expires_s: int | None
    status_code: int | None
    """What the body says of the referred call."""


def read_notification(request: Request) -> Notification | None:
    """What a NOTIFY tells; None when it names no event."""
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
    """Answer a NOTIFY that nobody waits for (RFC 6665 section 4.1.3, section 7.2.4)."""
    news = read_notification(request)
    if news is not None and news.event == REFER_EVENT:
        core.refuse(key, request, 481)
    else:
        core.refuse(key, request, 489, (("Allow-Events", REFER_EVENT),))


def _number(text: str | None) -> int | None:
    digits = unquoted(text)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 10 else None
