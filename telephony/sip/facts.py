"""What an INVITE says about a call beside who calls whom, for the register."""

from __future__ import annotations

from telephony.events import CallFacts
from telephony.sip.caller import line_header, read_caller, text_or_address
from telephony.sip.diversion import read_diversions
from telephony.sip.header_text import addresses, shown, shown_number, unquoted, values_of
from telephony.sip.message import Request, canonical_name
from telephony.sip.uri import GrammarError, parameter, parse_parameters

_QUEUE_HEADERS = (
    "X-Queue-Name",
    "X-Queue",
    "X-Asterisk-Queue",
    "X-Queue-ID",
    "X-Line",
    "X-Line-Name",
)
_AUTO_ANSWER_WORDS = ("alert-autoanswer", "auto answer", "auto-answer", "ring answer")


def read_facts(invite: Request, *, trusted: bool, replaces: str | None = None) -> CallFacts:
    """The facts of a call; ``replaces`` is the call whose place it takes.

    ``trusted`` tells that the INVITE came from the registrar or another named address. What a
    stranger says of the call's way here is as good as his From; but nobody vouches for his
    number, and he cannot have a call answered by itself.
    """
    referrers = addresses(invite, "Referred-By")
    referred_by = ""
    if referrers:
        referred_by = shown_number(referrers[0].uri) or shown(str(referrers[0].uri))
    return CallFacts(
        asserted=read_caller(invite, trusted=trusted).asserted,
        diversions=read_diversions(invite),
        queue=_queue(invite),
        referred_by=referred_by,
        replaces=replaces,
        auto_answer=trusted and asks_auto_answer(invite),
    )


def _queue(invite: Request) -> str:
    for name in _QUEUE_HEADERS:
        text = text_or_address(invite.first(canonical_name(name)) or "")
        if text:
            return text
    return line_header(invite)


def asks_auto_answer(invite: Request) -> bool:
    """Whether the call is to be answered without ringing.

    By Call-Info ``answer-after``, by the words of Alert-Info that telephone systems use, or by
    Answer-Mode (RFC 5373).
    """
    if any(_has_answer_after(value) for value in values_of(invite, "Call-Info")):
        return True
    alerts = " ".join(values_of(invite, "Alert-Info")).lower()
    if any(words in alerts for words in _AUTO_ANSWER_WORDS):
        return True
    modes = (*values_of(invite, "Answer-Mode"), *values_of(invite, "Priv-Answer-Mode"))
    return any(mode.partition(";")[0].strip(" \t").lower() == "auto" for mode in modes)


def _has_answer_after(value: str) -> bool:
    """``<sip:pbx>;answer-after=0``, also in quotes or without an address."""
    try:
        parameters = parse_parameters(value)
    except GrammarError:
        return False
    delay = unquoted(parameter(parameters, "answer-after"))
    return delay.isascii() and delay.isdigit()
